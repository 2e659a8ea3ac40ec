"""Users and user groups as Slack writes them."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.sandbox.workspace.identity import Identity
from bot.sandbox.workspace.records import Group, Json, User

_COLORS = ("9f69e7", "4bbe2e", "e7392d", "3c989f", "674b1b", "e96699", "e0a729", "684b6c", "5b89d5", "2b6836")


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def color_of(user: User) -> str:
    """Returns a user's color, always the same."""
    return _COLORS[sum(user.id.encode()) % len(_COLORS)]


def user_shape(user: User, identity: Identity, now: datetime) -> Json:
    """Returns a user as `users.info` shows it."""
    local = now.astimezone(_zone(user.tz))
    offset = local.utcoffset()
    shape: Json = {
        "id": user.id,
        "team_id": identity.team_id,
        "name": user.name,
        "deleted": user.deactivated,
        "color": color_of(user),
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": local.tzname() or user.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": profile_shape(user, identity),
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": user.updated,
    }
    if user.deactivated:
        return {k: v for k, v in shape.items() if not k.startswith("tz")}
    return shape | {
        "is_admin": user.admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": bool(user.guest),
        "is_ultra_restricted": user.guest == "single_channel",
        "is_email_confirmed": bool(user.email),
        "who_can_share_contact_card": "EVERYONE",
    }


def profile_shape(user: User, identity: Identity) -> Json:
    """Returns a user's profile."""
    first, _, last = user.real_name.partition(" ")
    profile: Json = {
        "title": user.title,
        "phone": "",
        "skype": "",
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.name,
        "display_name_normalized": user.name,
        "first_name": first,
        "last_name": last,
        "status_text": "",
        "status_text_canonical": "",
        "status_emoji": "",
        "status_emoji_display_info": [],
        "status_expiration": 0,
        "avatar_hash": f"g{user.id.lower()}",
        "team": identity.team_id,
    }
    for size in (24, 32, 48, 72, 192, 512):
        profile[f"image_{size}"] = f"{identity.base_url}/avatars/{user.id}-{size}.svg"
    if user.email:
        profile["email"] = user.email
    if user.is_bot:
        profile |= {"bot_id": user.bot_id, "api_app_id": user.app_id, "always_active": True}
    return profile


def group_shape(group: Group, identity: Identity, *, with_users: bool = False) -> Json:
    """Returns a user group as `usergroups.list` shows it."""
    shape: Json = {
        "id": group.id,
        "team_id": identity.team_id,
        "is_usergroup": True,
        "is_subteam": True,
        "name": group.name,
        "description": "",
        "handle": group.handle,
        "is_external": False,
        "date_create": group.created,
        "date_update": group.updated,
        "date_delete": group.updated if group.disabled else 0,
        "auto_provision": False,
        "created_by": "USLACKBOT",
        "updated_by": "USLACKBOT",
        "user_count": len(group.members),
    }
    return shape | ({"users": list(group.members)} if with_users else {})
