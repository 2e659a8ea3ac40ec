"""views.*: modals and Home tabs."""

from __future__ import annotations

from bot.sandbox.errors import SlackError, invalid_arguments
from bot.sandbox.limits.payloads import refuse_view
from bot.sandbox.methods.call import Call, ok
from bot.sandbox.methods.content import with_ids
from bot.sandbox.workspace.changes import Change
from bot.sandbox.workspace.initial import initial_values, kept_values
from bot.sandbox.workspace.records import Json, View
from bot.sandbox.workspace.state import Workspace
from bot.sandbox.workspace.view_shape import view_shape


def open_view(call: Call) -> Json:
    """Shows a modal to the person whose trigger it is."""
    payload = _view(call, "modal")
    trigger = call.workspace.tickets.exchange(_trigger_id(call), call.workspace.now())
    view = call.workspace.views.open(trigger.user, payload, channel=trigger.channel)
    return _shown(call.workspace, view)


def push_view(call: Call) -> Json:
    """Shows a modal on top of the one in which the trigger was made."""
    payload = _view(call, "modal")
    trigger = call.workspace.tickets.exchange(_trigger_id(call), call.workspace.now())
    if not trigger.view:
        raise SlackError("not_found")
    return _shown(call.workspace, call.workspace.views.push(trigger.user, payload, channel=trigger.channel))


def update_view(call: Call) -> Json:
    """Changes an open modal; what people entered in blocks that stay is kept."""
    view_id, external_id = call.args.text("view_id"), call.args.text("external_id")
    if not view_id and not external_id:
        raise invalid_arguments("missing required field: view_id")
    payload = _view(call, "")
    view = call.workspace.views.find(view_id=view_id, external_id=external_id)
    if payload["type"] != view.payload["type"]:
        raise invalid_arguments("the type of a view can't be changed [json-pointer:/view/type]")
    _refuse_stale(call, view)
    return _shown(call.workspace, call.workspace.views.update(view, payload))


def publish_view(call: Call) -> Json:
    """Shows a person's Home tab."""
    user = call.workspace.directory.user(call.args.need("user_id"))
    payload = _view(call, "home")
    known = call.workspace.views.home(user.id)
    if known is not None:
        _refuse_stale(call, known)
    return _shown(call.workspace, call.workspace.views.publish(user.id, payload))


def prepared(view: Json) -> Json:
    """Returns a view that was checked, with every id filled in."""
    view = dict(view)
    view["blocks"] = with_ids(view.get("blocks", []))
    return view


def _view(call: Call, kind: str) -> Json:
    view = call.args.structure("view")
    refuse_view(view)
    if kind and view["type"] != kind:
        raise invalid_arguments(f"must be a {kind} [json-pointer:/view/type]")
    return prepared(view)


def _trigger_id(call: Call) -> str:
    return call.args.text("trigger_id") or call.args.need("interactivity_pointer")


def _refuse_stale(call: Call, view: View) -> None:
    given = call.args.text("hash")
    if given and given != view.hash:
        raise SlackError("hash_conflict")


def _shown(workspace: Workspace, view: View) -> Json:
    tell_view(workspace, view)
    return ok(view=view_shape(view, workspace.identity))


def tell_view(workspace: Workspace, view: View) -> None:
    """Fills in what a view starts with, and tells that it changed."""
    view.values = kept_values(view.values, view.payload["blocks"]) | {
        block: values
        for block, values in initial_values(view.payload["blocks"]).items()
        if block not in view.values
    }
    workspace.announce(
        Change(
            kind="home.changed" if view.is_home else "view.changed", user=view.user, detail={"view": view.id}
        )
    )
