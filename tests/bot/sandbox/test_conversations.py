"""conversations.*, users.* and usergroups.*, as the official client sees them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from slack_sdk import WebClient

from bot.sandbox.person import Person
from bot.sandbox.server import SandboxServer
from tests.bot.sandbox.conftest import SEED, refusal, web_client


def test_the_app_knows_public_channels_and_the_private_ones_it_is_in(web: WebClient) -> None:
    listed = web.conversations_list(types="public_channel,private_channel")["channels"]
    assert {c["name"] for c in listed} == {"general", "ml-platform", "outside", "old"}
    active = web.conversations_list(exclude_archived=True)["channels"]
    assert {c["name"] for c in active} == {"general", "outside"}
    assert refusal(web.conversations_info, channel="C0BOARD") == "channel_not_found"
    assert refusal(web.conversations_list, types="rooms") == "invalid_types"


def test_pages_lead_through_everything_once(web: WebClient) -> None:
    pages = [[u["name"] for u in page["members"]] for page in web.users_list(limit=2)]
    assert len(pages) == 4
    names = sorted(name for page in pages for name in page)
    assert names == sorted(["ana", "bo", "cy", "gus", "zoe", "robot", "muster", "slackbot"])
    assert refusal(web.users_list, cursor="nonsense!") == "invalid_cursor"


def test_history_pages_by_cursor_and_by_time(web: WebClient) -> None:
    room: Any = {"channel": "C0MLPLATFORM"}
    stamps = [web.chat_postMessage(**room, text=str(n))["ts"] for n in range(7)]
    pages = [[m["text"] for m in page["messages"]] for page in web.conversations_history(**room, limit=3)]
    assert pages == [["6", "5", "4"], ["3", "2", "1"], ["0"]]
    bounds = room | {"oldest": stamps[1], "latest": stamps[4]}
    between = web.conversations_history(**bounds)
    assert [m["text"] for m in between["messages"]] == ["3", "2"]
    around = web.conversations_history(**bounds, inclusive=True)
    assert [m["text"] for m in around["messages"]] == ["4", "3", "2", "1"]
    inclusive = web.conversations_history(**room, limit=3, inclusive=True)
    assert sum(len(page["messages"]) for page in inclusive) == 7
    assert refusal(web.conversations_history, **room, oldest="soon") == "invalid_ts_oldest"
    assert refusal(web.conversations_history, channel="C0OUTSIDE") == "not_in_channel"


def test_replies_page_with_the_first_message_at_the_head(web: WebClient) -> None:
    first = web.chat_postMessage(channel="C0GENERAL", text="first")["ts"]
    for n in range(5):
        web.chat_postMessage(channel="C0GENERAL", text=str(n), thread_ts=first)
    thread = web.conversations_replies(channel="C0GENERAL", ts=first, limit=3)
    assert [[m["text"] for m in page["messages"]] for page in thread] == [
        ["first", "0", "1"],
        ["first", "2", "3"],
        ["first", "4"],
    ]
    assert refusal(web.conversations_replies, channel="C0GENERAL", ts="1.000001") == "thread_not_found"


def test_channels_are_made_filled_renamed_and_archived(web: WebClient) -> None:
    made = web.conversations_create(name="war-room")["channel"]
    assert made["is_member"] is True
    assert refusal(web.conversations_create, name="war-room") == "name_taken"
    assert refusal(web.conversations_create, name="War Room") == "invalid_name_specials"
    web.conversations_invite(channel=made["id"], users="U0ANA,U0BO")
    assert web.conversations_members(channel=made["id"])["members"] == ["U0MUSTER", "U0ANA", "U0BO"]
    assert refusal(web.conversations_invite, channel=made["id"], users="U0ANA") == "already_in_channel"
    web.conversations_kick(channel=made["id"], user="U0BO")
    renamed = web.conversations_rename(channel=made["id"], name="peace-room")["channel"]
    assert (renamed["name"], renamed["previous_names"]) == ("peace-room", ["war-room"])
    web.conversations_archive(channel=made["id"])
    assert refusal(web.chat_postMessage, channel=made["id"], text="x") == "is_archived"
    assert refusal(web.conversations_archive, channel=made["id"]) == "already_archived"


def test_joining_lets_the_app_read(web: WebClient) -> None:
    web.conversations_join(channel="C0OUTSIDE")
    assert web.conversations_history(channel="C0OUTSIDE")["messages"][0]["subtype"] == "channel_join"
    assert web.conversations_join(channel="C0OUTSIDE")["warning"] == "already_in_channel"
    assert refusal(web.conversations_join, channel="C0OLD") == "is_archived"


def test_direct_messages_open_once(web: WebClient) -> None:
    first = web.conversations_open(users="U0ANA", return_im=True)
    again = web.conversations_open(users="U0ANA")
    assert first["channel"]["user"] == "U0ANA"
    assert (again["already_open"], again["channel"]["id"]) == (True, first["channel"]["id"])
    group = web.conversations_open(users="U0ANA,U0BO")["channel"]["id"]
    assert web.conversations_info(channel=group)["channel"]["is_mpim"] is True
    assert refusal(web.conversations_open, users="U0ROBOT") == "cannot_dm_bot"
    assert refusal(web.conversations_open, users="U0ZOE") == "user_disabled"
    assert refusal(web.conversations_open, users="U0NOBODY") == "user_not_found"


def test_users_have_time_zones_guests_bots_and_leavers(web: WebClient, sandbox: SandboxServer) -> None:
    by_name = {u["name"]: u for u in web.users_list()["members"]}
    assert by_name["cy"]["tz_offset"] == 19_800
    assert by_name["ana"]["is_admin"] is True
    assert by_name["gus"]["is_ultra_restricted"] is True
    assert by_name["robot"]["is_bot"] is True
    assert by_name["zoe"]["deleted"] is True
    assert web.users_lookupByEmail(email="bo@churn.example")["user"]["id"] == "U0BO"
    assert refusal(web.users_lookupByEmail, email="zoe@churn.example") == "users_not_found"
    assert refusal(web.users_info, user="U0NOBODY") == "user_not_found"
    sandbox.patch("/users/bo", tz="Asia/Tokyo")
    assert web.users_info(user="U0BO")["user"]["tz_offset"] == 32_400


def test_users_conversations_are_those_that_the_app_may_know(web: WebClient) -> None:
    listed = web.users_conversations(user="U0ANA", types="public_channel,private_channel")["channels"]
    assert {c["name"] for c in listed} == {"general", "ml-platform", "outside", "old"}


def test_groups_list_their_members(web: WebClient, sandbox: SandboxServer) -> None:
    group = web.usergroups_list(include_users=True)["usergroups"][0]
    assert (group["handle"], group["users"]) == ("ml-team", ["U0ANA", "U0BO"])
    sandbox.patch("/usergroups/ml-team", members=["cy"], handle="ml-people")
    assert web.usergroups_users_list(usergroup=group["id"])["users"] == ["U0CY"]
    assert refusal(web.usergroups_users_list, usergroup="S0NONE") == "no_such_subteam"


def test_reactions_pins_and_bookmarks(web: WebClient, ana: Person) -> None:
    said = ana.say("#general", "done?")
    web.reactions_add(channel=said.channel, timestamp=said.ts, name="eyes")
    ana.react(said, "eyes")
    found = web.reactions_get(channel=said.channel, timestamp=said.ts)["message"]["reactions"]
    assert found == [{"name": "eyes", "users": ["U0MUSTER", "U0ANA"], "count": 2}]
    again = {"channel": said.channel, "timestamp": said.ts, "name": "eyes"}
    assert refusal(web.reactions_add, **again) == "already_reacted"
    web.reactions_remove(**again)
    assert refusal(web.reactions_remove, **again) == "no_reaction"
    assert refusal(web.reactions_add, **(again | {"name": "NO!"})) == "invalid_name"
    web.pins_add(channel=said.channel, timestamp=said.ts)
    assert web.pins_list(channel=said.channel)["items"][0]["message"]["ts"] == said.ts
    added = web.bookmarks_add(channel_id=said.channel, title="Docs", type="link", link="https://d.example")
    assert web.bookmarks_list(channel_id=said.channel)["bookmarks"] == [added["bookmark"]]


def test_a_missing_scope_is_named() -> None:
    app = replace(SEED.app, scopes=frozenset({"chat:write"}))
    with SandboxServer(replace(SEED, app=app)) as sandbox:
        client = web_client(sandbox)
        assert refusal(client.users_info, user="U0ANA") == "missing_scope"
        posted = client.chat_postMessage(channel="C0GENERAL", text="x")
        assert posted.headers["x-oauth-scopes"] == "chat:write"
