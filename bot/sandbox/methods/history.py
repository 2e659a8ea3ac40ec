"""conversations.history and conversations.replies."""

from __future__ import annotations

from itertools import islice

from bot.sandbox.errors import SlackError
from bot.sandbox.methods.call import Arguments, Call, ok
from bot.sandbox.methods.paging import limit, next_cursor, read_cursor
from bot.sandbox.workspace.ids import normal_ts
from bot.sandbox.workspace.messages import Span
from bot.sandbox.workspace.records import Json, Message
from bot.sandbox.workspace.shapes import message_shape

DEFAULT, MOST = 100, 999


def history(call: Call) -> Json:
    """Returns what stands in a channel, newest first."""
    channel = call.joined_channel()
    size = limit(call.args, default=DEFAULT, most=MOST)
    span = span_of(call.args)
    before = read_cursor(call.args, "next_ts")
    if before:
        span = Span(oldest=span.oldest, latest=before, inclusive=span.inclusive)
    found = list(islice(call.workspace.messages.newest_first(channel.id, span), size + 1))
    shown, more = found[:size], len(found) > size
    return ok(
        messages=_shapes(call, shown),
        has_more=more,
        pin_count=len(call.workspace.extras.pins.get(channel.id, [])),
        channel_actions_count=0,
    ) | _after(found[size].ts if more else "", inclusive=span.inclusive, last=shown[-1].ts if shown else "")


def replies(call: Call) -> Json:
    """Returns a thread, oldest first, with its first message at the head of every page."""
    channel = call.joined_channel()
    wanted = call.workspace.messages.find(channel.id, call.args.need("ts"))
    if wanted is None:
        raise SlackError("thread_not_found")
    parent = call.workspace.messages.find(channel.id, wanted.thread_ts) if wanted.is_reply else wanted
    size = limit(call.args, default=1000, most=1000)
    span = span_of(call.args)
    after = read_cursor(call.args, "next_ts")
    if after:
        span = Span(oldest=after, latest=span.latest)
    thread = call.workspace.messages.replies(channel.id, wanted.thread_ts or wanted.ts, span)
    shown, more = thread[: max(size - 1, 1)], len(thread) > max(size - 1, 1)
    messages = [parent, *shown] if parent else shown
    cursor = {"response_metadata": next_cursor("next_ts", shown[-1].ts)} if more else {}
    return ok(messages=_shapes(call, messages), has_more=more) | cursor


def span_of(args: Arguments) -> Span:
    """Returns the stretch of time that a call asks about.

    Raises:
        SlackError: `invalid_ts_oldest`, `invalid_ts_latest`.
    """
    bounds = {}
    for name in ("oldest", "latest"):
        text = args.text(name)
        ts = normal_ts(text) if text and text != "now" else ""
        if ts is None:
            raise SlackError(f"invalid_ts_{name}")
        bounds[name] = "" if text == "0" else ts
    return Span(oldest=bounds["oldest"], latest=bounds["latest"], inclusive=args.flag("inclusive"))


def _after(first_left: str, *, inclusive: bool, last: str) -> Json:
    if not first_left:
        return {}
    return {"response_metadata": next_cursor("next_ts", first_left if inclusive else last)}


def _shapes(call: Call, messages: list[Message]) -> list[Json]:
    with_metadata = call.args.flag("include_all_metadata")
    return [message_shape(m, call.workspace, with_metadata=with_metadata) for m in messages]
