"""A workspace that is kept: restarted, killed, torn."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from datetime import timedelta
from pathlib import Path

import httpx

from bot.sandbox.driver import Driver
from bot.sandbox.person import Person
from bot.sandbox.server import SandboxServer
from bot.sandbox.workspace.log import AppendLog
from tests.bot.sandbox.conftest import SEED, web_client

HOME = {"type": "home", "blocks": [{"type": "divider"}]}


def test_a_restart_brings_everything_back(tmp_path: Path) -> None:
    with SandboxServer(SEED, folder=tmp_path, rate_limits=False) as sandbox:
        web, ana = web_client(sandbox), sandbox.person("ana")
        asked = ana.say("#general", "@muster why?")
        web.chat_postMessage(
            channel=asked.channel,
            thread_ts=asked.ts,
            text="Because.",
            metadata={"event_type": "m", "event_payload": {"key": "1"}},
        )
        gone = web.chat_postMessage(channel=asked.channel, text="never mind")
        web.chat_delete(channel=asked.channel, ts=gone["ts"])
        web.chat_postEphemeral(channel=asked.channel, user="U0ANA", text="psst")
        web.views_publish(user_id="U0ANA", view=HOME)
        ana.react(asked, "eyes")
        ana.upload("#general", "a.txt", "bytes")
        direct = ana.say("@muster", "hi").channel
        sandbox.person("cy").leave("#general")
        sandbox.patch("/users/bo", tz="Asia/Tokyo")
        before = ana.history("#general")
    with SandboxServer(SEED, folder=tmp_path, rate_limits=False) as sandbox:
        web, ana = web_client(sandbox), sandbox.person("ana")
        after = ana.history("#general")
        assert [(m.ts, m.text) for m in after] == [(m.ts, m.text) for m in before]
        assert [m.text for m in ana.thread(asked)] == ["<@U0MUSTER> why?", "Because."]
        thread = web.conversations_replies(channel=asked.channel, ts=asked.ts, include_all_metadata=True)
        assert thread["messages"][1]["metadata"]["event_payload"] == {"key": "1"}
        assert ana.download(after[-2].shape["files"][0]["id"]) == b"bytes"
        assert ana.home() is not None
        assert [m.text for m in ana.ephemerals()] == ["psst"]
        assert ana.say("@muster", "again").channel == direct
        assert "U0CY" not in web.conversations_members(channel="C0GENERAL")["members"]
        assert web.users_info(user="U0BO")["user"]["tz"] == "Asia/Tokyo"


def test_the_clock_stays_where_it_was_moved(tmp_path: Path) -> None:
    with SandboxServer(SEED, folder=tmp_path) as sandbox:
        sandbox.advance(timedelta(days=3))
        moved = sandbox.now()
    with SandboxServer(SEED, folder=tmp_path) as sandbox:
        assert sandbox.now() >= moved


def test_what_was_answered_survives_kill_minus_9(tmp_path: Path) -> None:
    script = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from bot.sandbox.server import serve
        from tests.bot.sandbox.conftest import SEED
        serve(SEED, folder=Path(sys.argv[1]), announce=lambda url: print(url, flush=True))
        """
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  # our own
        assert process.stdout is not None
        driver = Driver(process.stdout.readline().strip())
        ana = driver.person("ana")
        said = [_say_when_up(ana, str(n)) for n in range(50)]
        process.kill()
        driver.close()
    with SandboxServer(SEED, folder=tmp_path) as sandbox:
        kept = [m.ts for m in sandbox.person("ana").history("#general", limit=100)]
        assert kept[-50:] == said


def _say_when_up(ana: Person, text: str) -> str:
    for _ in range(200):
        try:
            return ana.say("#general", text).ts
        except httpx.ConnectError:
            continue
    raise AssertionError("the sandbox did not come up")


def test_a_torn_last_line_is_dropped_and_replaced_lines_go(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    log = AppendLog(path)
    for n in range(3):
        log.append("message", "a", {"n": n})
    log.append("message", "b", {"n": 9})
    log.append("message", "b", None)
    log.close()
    with path.open("ab") as file:
        file.write(b'["message","c",{"n"')
    again = AppendLog(path)
    assert list(again.entries()) == [("message", "a", {"n": 2})]
    again.close()
    assert path.read_text() == '["message","a",{"n":2}]\n'
