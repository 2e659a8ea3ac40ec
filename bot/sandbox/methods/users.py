"""users.*, bots.info, team.info, usergroups.*."""

from __future__ import annotations

from bot.sandbox.errors import SlackError
from bot.sandbox.methods.call import Call, ok
from bot.sandbox.methods.paging import page
from bot.sandbox.workspace.records import Json
from bot.sandbox.workspace.shapes import bot_profile
from bot.sandbox.workspace.user_shape import group_shape, profile_shape, user_shape


def info(call: Call) -> Json:
    """Tells about one user."""
    user = call.workspace.directory.user(call.args.need("user"))
    shape = user_shape(user, call.workspace.identity, call.workspace.now())
    return ok(user=shape | ({"locale": "en-US"} if call.args.flag("include_locale") else {}))


def list_all(call: Call) -> Json:
    """Lists everybody, deactivated people and bots too."""
    shown, cursor = page(list(call.workspace.directory.users.values()), call.args)
    now = call.workspace.now()
    members = [user_shape(user, call.workspace.identity, now) for user in shown]
    return ok(members=members, cache_ts=call.workspace.epoch(), response_metadata=cursor)


def by_email(call: Call) -> Json:
    """Finds an active user by address."""
    email = call.args.need("email").lower()
    user = next(
        (
            u
            for u in call.workspace.directory.users.values()
            if u.email.lower() == email and not u.deactivated
        ),
        None,
    )
    if user is None:
        raise SlackError("users_not_found")
    return ok(user=user_shape(user, call.workspace.identity, call.workspace.now()))


def profile(call: Call) -> Json:
    """Returns a user's profile, by default the app's."""
    user = call.workspace.directory.user(call.args.text("user") or call.app_user)
    return ok(profile={k: v for k, v in profile_shape(user, call.workspace.identity).items() if k != "team"})


def presence(call: Call) -> Json:
    """Says that everybody is there."""
    call.workspace.directory.user(call.args.text("user") or call.app_user)
    return ok(presence="active")


def bot_info(call: Call) -> Json:
    """Tells about a bot, by default the app's."""
    wanted = call.args.text("bot") or call.workspace.identity.bot_id
    if wanted == call.workspace.identity.bot_id:
        profile = {k: v for k, v in bot_profile(call.workspace).items() if k != "team_id"}
        return ok(bot=profile | {"user_id": call.app_user})
    user = next((u for u in call.workspace.directory.users.values() if u.bot_id == wanted), None)
    if user is None:
        raise SlackError("bot_not_found")
    bot = {"id": wanted, "app_id": user.app_id, "user_id": user.id, "name": user.name, "deleted": False}
    return ok(bot=bot)


def team_info(call: Call) -> Json:
    """Tells about the workspace."""
    identity = call.workspace.identity
    return ok(
        team={
            "id": identity.team_id,
            "name": identity.team_name,
            "domain": identity.domain,
            "url": f"{call.workspace.base_url}/",
            "email_domain": "",
            "icon": {"image_default": True},
        }
    )


def groups(call: Call) -> Json:
    """Lists the user groups."""
    with_users, disabled = call.args.flag("include_users"), call.args.flag("include_disabled")
    found = [g for g in call.workspace.directory.groups.values() if disabled or not g.disabled]
    return ok(usergroups=[group_shape(g, call.workspace.identity, with_users=with_users) for g in found])


def group_users(call: Call) -> Json:
    """Lists who is in a user group."""
    return ok(users=list(call.workspace.directory.group(call.args.need("usergroup")).members))
