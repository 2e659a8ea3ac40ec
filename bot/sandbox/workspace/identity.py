"""Who the workspace and its app are, and the secrets that prove it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sandbox.seed import Seed
from bot.sandbox.workspace.ids import derived_id


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """The app's secrets. They open nothing but a server on loopback, so plain defaults are good enough."""

    bot_token: str = "xoxb-sandbox"  # noqa: S105  # as said above
    app_token: str = "xapp-sandbox"  # noqa: S105  # as said above
    signing_secret: str = "sandbox-signing-secret"  # noqa: S105  # as said above
    verification_token: str = "sandbox-verification-token"  # noqa: S105  # as said above


@dataclass(frozen=True, kw_only=True)
class Identity:
    """The ids of the workspace and of the app in it."""

    team_id: str
    team_name: str
    domain: str
    app_id: str
    bot_id: str
    bot_user: str
    base_url: str = ""


def identity_of(seed: Seed, base_url: str = "") -> Identity:
    """Returns the ids that this seed's workspace has at each start."""
    return Identity(
        team_id=derived_id("T", seed.domain, ()),
        team_name=seed.team,
        domain=seed.domain,
        app_id=derived_id("A", seed.app.name, ()),
        bot_id=derived_id("B", seed.app.name, ()),
        bot_user=derived_id("U", seed.app.name, ()),
        base_url=base_url,
    )
