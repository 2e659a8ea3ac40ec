"""Visits every Web API method of the sandbox once with the official client, and lists what came of it.

`python -m tests.bot.sandbox.tour FILE` writes the list as JSON, for a check against Slack's published types:
`{"response": method, "value": answer}` and `{"event": inner event}`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import httpx
from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.sandbox.person import Person
from bot.sandbox.seen import Seen
from bot.sandbox.server import SandboxServer
from tests.bot.sandbox.conftest import SEED, Receiver, bolt_app, through_bolt, web_client

HERE = "C0GENERAL"
DIVIDER: list[dict[str, Any]] = [{"type": "divider"}]
MODAL: dict[str, Any] = {
    "type": "modal",
    "callback_id": "tour",
    "title": {"type": "plain_text", "text": "Tour"},
    "blocks": DIVIDER,
}


def visit(sandbox: SandboxServer) -> None:
    """Calls everything once."""
    app = bolt_app(sandbox)
    with Receiver(through_bolt(app)) as receiver:
        sandbox.post("/app", request_url=receiver.url)
        ana, web = sandbox.person("ana"), web_client(sandbox)
        asked, private = ana.say("#general", "@muster why? https://x.example"), ana.say("@muster", "hi")
        _about(web, sandbox)
        _messages(web, asked)
        _streams(web, asked)
        _reading(web, asked)
        _channels(web)
        _marks(web, asked)
        _assistant(web, asked, private)
        _files(web)
        _views(app, web, ana)
        _others(sandbox, asked)


def recorded(sandbox: SandboxServer) -> list[dict[str, Any]]:
    """Returns what was answered and sent."""
    answers = [{"response": e["name"], "value": json.loads(e["response"])} for e in sandbox.calls()]
    told = [e for e in sandbox.deliveries() if e["attempt"] == 0 and "event" in e["request"]]
    return [*answers, *({"event": e["request"]["event"]} for e in told)]


def _about(web: WebClient, sandbox: SandboxServer) -> None:
    web.api_test()
    web.auth_test()
    web.apps_connections_open(app_token=sandbox.app_token)
    web.blocks_validate(blocks=DIVIDER)
    web.emoji_list()
    web.team_info()
    web.bots_info()


def _messages(web: WebClient, asked: Seen) -> None:
    posted = web.chat_postMessage(channel=HERE, text="x", blocks=DIVIDER)["ts"]
    web.chat_postEphemeral(channel=HERE, user="U0ANA", text="x")
    web.chat_update(channel=HERE, ts=posted, text="y")
    web.chat_getPermalink(channel=HERE, message_ts=posted)
    web.chat_delete(channel=HERE, ts=posted)
    web.chat_unfurl(channel=HERE, ts=asked.ts, unfurls={"https://x.example": {"text": "preview"}})
    at = int(float(asked.ts)) + 600
    later = web.chat_scheduleMessage(channel=HERE, text="later", post_at=at)["scheduled_message_id"]
    web.chat_scheduledMessages_list()
    web.chat_deleteScheduledMessage(channel=HERE, scheduled_message_id=later)


def _streams(web: WebClient, asked: Seen) -> None:
    to = {"recipient_user_id": "U0ANA", "recipient_team_id": "T0CHURN"}
    stream = web.chat_stream(channel=HERE, thread_ts=asked.ts, buffer_size=1, **to)
    stream.append(markdown_text="Because")
    stream.append(markdown_text=" of drift.")
    stream.stop()


def _reading(web: WebClient, asked: Seen) -> None:
    web.conversations_list(types="public_channel,private_channel,im,mpim")
    web.conversations_info(channel=HERE, include_num_members=True)
    web.conversations_members(channel=HERE)
    web.conversations_history(channel=HERE, include_all_metadata=True)
    web.conversations_replies(channel=HERE, ts=asked.ts)
    web.users_info(user="U0ANA", include_locale=True)
    web.users_list()
    web.users_conversations(user="U0ANA")
    web.users_lookupByEmail(email="ana@churn.example")
    web.users_profile_get(user="U0ANA")
    web.users_getPresence(user="U0ANA")
    web.usergroups_list(include_users=True)
    web.usergroups_users_list(usergroup="S0MLTEAM")


def _channels(web: WebClient) -> None:
    direct = web.conversations_open(users="U0ANA", return_im=True)["channel"]["id"]
    web.conversations_close(channel=direct)
    made = web.conversations_create(name="tour")["channel"]["id"]
    web.conversations_invite(channel=made, users="U0ANA")
    web.conversations_kick(channel=made, user="U0ANA")
    web.conversations_rename(channel=made, name="grand-tour")
    web.conversations_setTopic(channel=made, topic="t")
    web.conversations_setPurpose(channel=made, purpose="p")
    web.conversations_archive(channel=made)
    web.conversations_unarchive(channel=made)
    web.conversations_join(channel="C0OUTSIDE")
    web.conversations_leave(channel="C0OUTSIDE")


def _marks(web: WebClient, asked: Seen) -> None:
    on: dict[str, str] = {"channel": HERE, "timestamp": asked.ts}
    web.reactions_add(name="eyes", **on)
    web.reactions_get(channel=HERE, timestamp=asked.ts)
    web.reactions_remove(name="eyes", **on)
    web.pins_add(**on)
    web.pins_list(channel=HERE)
    web.pins_remove(channel=HERE, timestamp=asked.ts)
    added = web.bookmarks_add(channel_id=HERE, title="t", type="link", link="https://x.example")
    bookmark = added["bookmark"]["id"]
    web.bookmarks_edit(channel_id=HERE, bookmark_id=bookmark, title="u")
    web.bookmarks_list(channel_id=HERE)
    web.bookmarks_remove(channel_id=HERE, bookmark_id=bookmark)


def _assistant(web: WebClient, asked: Seen, private: Seen) -> None:
    web.assistant_threads_setStatus(channel_id=HERE, thread_ts=asked.ts, status="Thinking")
    prompts = [{"title": "Why?", "message": "Why did it drift?"}]
    web.assistant_threads_setSuggestedPrompts(channel_id=private.channel, prompts=prompts)
    web.assistant_threads_setTitle(channel_id=private.channel, thread_ts=private.ts, title="Drift")


def _files(web: WebClient) -> None:
    given = web.files_getUploadURLExternal(filename="a.txt", length=1)
    httpx.post(given["upload_url"], content=b"x")
    files: list[dict[str, str | None]] = [{"id": given["file_id"], "title": "a"}]
    web.files_completeUploadExternal(files=files, channel_id=HERE)
    web.files_info(file=given["file_id"])
    web.files_list()
    web.files_delete(file=given["file_id"])


def _views(app: App, web: WebClient, ana: Person) -> None:
    @app.command("/muster")
    def show(ack: Ack, command: dict[str, Any], client: WebClient) -> None:
        ack()
        view = client.views_open(trigger_id=command["trigger_id"], view=MODAL)["view"]
        client.views_update(view_id=view["id"], view=MODAL)

    @app.view("tour")
    def push(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        client.views_push(trigger_id=body["trigger_id"], view=MODAL)
        ack(response_action="clear")

    ana.command("/muster")
    ana.gets_view("Tour")
    ana.submit()
    web.views_publish(user_id="U0ANA", view={"type": "home", "blocks": DIVIDER})


def _others(sandbox: SandboxServer, asked: Seen) -> None:
    """What makes the events that no call of the app's makes."""
    ana, bo = sandbox.person("ana"), sandbox.person("bo")
    bo.react(asked, "eyes")
    bo.react(asked, "eyes", remove=True)
    ana.say("#general", "for all", thread=asked, broadcast=True)
    ana.edit(asked, "@muster why not?")
    ana.upload("#general", "notes.txt", "hello")
    ana.delete(ana.say("#general", "oops"))
    ana.open_home()
    ana.open_home("messages")
    ana.look_at("#general")
    sandbox.patch("/users/bo", tz="Asia/Tokyo")
    sandbox.patch("/usergroups/ml-team", handle="ml-people")
    sandbox.post("/users", name="di", channels=["#general"])
    bo.leave("#general")


def main() -> None:
    """Writes the list to the file that was named."""
    with SandboxServer(SEED, rate_limits=False) as sandbox:
        visit(sandbox)
        Path(sys.argv[1]).write_text(json.dumps(recorded(sandbox)))


if __name__ == "__main__":
    main()
