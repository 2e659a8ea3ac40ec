"""The doctor's look at Slack: are the tokens right, and may the app do what it needs?"""

from __future__ import annotations

from collections.abc import Iterator

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.findings import Finding
from core.settings import Settings

TIMEOUT_S = 5


def examine_slack(settings: Settings) -> Iterator[Finding]:
    """Looks at the bot's token with its scopes, and at the way events come in."""
    if settings.slack_bot_token is None:
        detail = "no SLACK_BOT_TOKEN: Muster answers at the terminal only"
        yield Finding(name="slack", state="unused", detail=detail)
        return
    try:
        yield _bot_token(settings, settings.slack_bot_token.get_secret_value())
        yield _way_in(settings)
    except SlackApiError as error:
        reason = error.response.get("error", "unknown")
        yield Finding(
            name="slack",
            state="failure",
            detail=f"Slack refuses the token: {reason}",
            cure="Install the app anew and copy its tokens to SLACK_BOT_TOKEN and SLACK_APP_TOKEN.",
        )
    except (SlackClientError, OSError) as error:
        yield Finding(
            name="slack",
            state="failure",
            detail=f"{settings.slack_api_url} does not answer ({type(error).__name__})",
            cure="Check SLACK_API_URL and this machine's way to the network.",
        )


def _bot_token(settings: Settings, token: str) -> Finding:
    from bot.manifest import BOT_SCOPES  # noqa: PLC0415  # the manifest is read only where there is a token

    response = WebClient(token=token, base_url=settings.slack_api_url, timeout=TIMEOUT_S).auth_test()
    granted = _scopes(response.headers)
    missing = sorted(set(BOT_SCOPES) - granted) if granted else []
    if missing:
        return Finding(
            name="slack",
            state="failure",
            detail=f"the app lacks the scopes {', '.join(missing)}",
            cure="Paste `muster manifest` into the app's manifest and install the app again.",
        )
    return Finding(name="slack", state="ok", detail=f"{response['user']} in {response['team']}")


def _scopes(headers: dict[str, str]) -> set[str]:
    found = next((value for name, value in headers.items() if name.lower() == "x-oauth-scopes"), "")
    return {scope.strip() for scope in found.split(",") if scope.strip()}


def _way_in(settings: Settings) -> Finding:
    if settings.slack_app_token is not None:
        token = settings.slack_app_token.get_secret_value()
        WebClient(base_url=settings.slack_api_url, timeout=TIMEOUT_S).apps_connections_open(app_token=token)
        return Finding(name="events", state="ok", detail="by Socket Mode")
    if settings.slack_signing_secret is not None:
        return Finding(name="events", state="ok", detail="by HTTP, signatures are checked")
    return Finding(
        name="events",
        state="failure",
        detail="neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set: no event can come in",
        cure="Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP.",
    )
