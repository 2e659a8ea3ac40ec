"""api.test, auth.test, apps.connections.open, blocks.validate, emoji.list."""

from __future__ import annotations

from bot.sandbox.errors import SlackError, invalid_arguments
from bot.sandbox.limits.payloads import block_findings, view_findings
from bot.sandbox.limits.rules import Finding
from bot.sandbox.methods.call import Call, ok
from bot.sandbox.workspace.records import Json


def api_test(call: Call) -> Json:
    """Says yes, and repeats what it was told."""
    if call.args.has("error"):
        raise SlackError(call.args.text("error"), args=call.args.values)
    return ok(args=call.args.values)


def auth_test(call: Call) -> Json:
    """Says whose token it is."""
    identity = call.workspace.identity
    return ok(
        url=f"{call.workspace.base_url}/",
        team=identity.team_name,
        user=call.workspace.app_user.name,
        team_id=identity.team_id,
        user_id=identity.bot_user,
        bot_id=identity.bot_id,
        is_enterprise_install=False,
    )


def validate_blocks(call: Call) -> Json:
    """Says what is wrong with blocks, a message or a view."""
    given = [name for name in ("blocks", "message", "view") if call.args.has(name)]
    if len(given) != 1:
        raise invalid_arguments("must provide exactly one of `blocks`, `view`, or `message`")
    value = call.args.structure(given[0], "invalid_json")
    if given[0] == "view":
        _refuse(view_findings(value, pointer=""))
    else:
        blocks = value.get("blocks", []) if given[0] == "message" and isinstance(value, dict) else value
        _refuse(block_findings(blocks, pointer="/blocks" if given[0] == "message" else ""))
    return ok()


def _refuse(found: list[Finding]) -> None:
    if found:
        errors = [
            {
                "code": "failed_constraint",
                "message": f.message,
                "pointer": f.pointer,
                "constraint": f.constraint,
            }
            for f in found
        ]
        raise SlackError("invalid_blocks", errors=errors)


def emoji(call: Call) -> Json:  # noqa: ARG001 -- every handler takes the call
    """Lists the workspace's own emoji: none."""
    return ok(emoji={})
