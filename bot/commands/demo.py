"""`muster demo`: a whole workspace on this machine, with Muster at work in it."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
import threading
import webbrowser
from functools import partial
from typing import TYPE_CHECKING

import typer

from core.errors import InputError

if TYPE_CHECKING:
    from bot.app import Application
    from bot.sandbox.server import SandboxServer
    from core.settings import Settings

FIRST_QUESTIONS = (
    ("chloe", "#fraud", "@muster who signs off a model before release?"),
    ("ana", "#churn", "@muster when do we roll a model back?"),
    ("hugo", "#general", "@muster what is our parental leave policy?"),
)
SHOWN_FIRST = ("ana", "#general", "Who owns data quality?")


def demo(
    reset: bool = typer.Option(False, "--reset", help="Forget what was said in the demo, and begin anew."),
    no_browser: bool = typer.Option(False, "--no-browser", help="Print the address only."),
    terminal: bool = typer.Option(False, "--terminal", help="Show it in the terminal, without a workspace."),
) -> None:
    """Show Muster at work: a local workspace in the browser, the starter pack, the bot running."""
    from bot.app import build
    from bot.commands.demo_terminal import show_in_terminal
    from core.settings import load_settings

    # What is set for a real workspace stays out of it: its tokens, its database, its model's index.
    settings = load_settings(database_url=None, chroma_url="")
    if reset:
        shutil.rmtree(settings.home / "sandbox", ignore_errors=True)
    if terminal:
        with build(settings) as application:
            apply_starter_team(application)
            index_starter_pack(application)
            show_in_terminal(application)
        return
    _run_workspace(settings, no_browser=no_browser)


def index_starter_pack(application: Application) -> None:
    """Indexes the starter pack and says so; what is indexed already costs nothing."""
    from bot.progress import print_report, shown_progress
    from knowledge.starter_pack import starter_path

    _tell("Loading the embedding (a few seconds the first time) …")
    application.embedding.embed(["warm"])
    _tell("Indexing the starter pack …")
    with shown_progress() as progress:
        report = application.ingest([starter_path()], progress=progress)
    print_report(report, as_json=False)


def apply_starter_team(application: Application) -> None:
    """Brings the sample team into registers that are still empty; those that somebody edited stay."""
    from knowledge.registers.permissions import Editor
    from knowledge.registers.team_file.applying import TeamFile
    from knowledge.starter_pack import STARTER

    if any(True for _ in application.registers.team().entries()):
        return
    _tell("Applying the sample team …")
    text = (STARTER / "team.yaml").read_text(encoding="utf-8")
    file = TeamFile(application.engine, application.clock, workspace_id=application.workspace_id)
    file.apply(text, Editor(who="demo", via="yaml", admin=True))


def _run_workspace(settings: Settings, *, no_browser: bool) -> None:
    from bot.app import build
    from bot.serve import Server
    from bot.serving import build_serving
    from core.logs import set_up_logs
    from core.settings import load_settings

    set_up_logs("WARNING")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # told to end, it ends as by Ctrl-C
    is_new = not (settings.home / "sandbox").exists()
    with _open_sandbox(settings) as sandbox:
        bot_settings = load_settings(
            database_url=None,
            chroma_url="",
            slack_bot_token=sandbox.bot_token,
            slack_app_token=sandbox.app_token,
            slack_signing_secret=None,
            slack_api_url=sandbox.api_url,
            port=0,
        )
        with build(bot_settings, clock=sandbox.clock) as application:
            apply_starter_team(application)
            index_starter_pack(application)
            _tell("Starting the bot …")
            server = Server(build_serving(application, bind=False))
            server.start()
            try:
                if is_new:
                    _seed_conversations(sandbox)
                _show(sandbox, no_browser=no_browser)
                threading.Event().wait()
            except KeyboardInterrupt:
                _tell("\nStopping …")
            finally:
                server.close()


def _open_sandbox(settings: Settings) -> SandboxServer:
    """Takes MUSTER_PORT; where it is taken and was not asked for, another one."""
    from bot.sandbox.page.desk import Welcome
    from bot.sandbox.page.mount import mount_page
    from bot.sandbox.sample import SAMPLE
    from bot.sandbox.server import SandboxServer

    person, place, question = SHOWN_FIRST
    open_at = partial(
        SandboxServer,
        SAMPLE,
        folder=settings.home / "sandbox",
        extend=partial(mount_page, welcome=Welcome(person=person, place=place, question=question)),
    )
    try:
        return open_at(port=settings.port)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        if "port" in settings.model_fields_set:
            raise InputError(
                f"Port {settings.port} is taken.",
                cure="Stop what listens there, or set MUSTER_PORT to another.",
            ) from None
        return open_at(port=0)


def _seed_conversations(sandbox: SandboxServer) -> None:
    """Lets a few people ask, so that a newcomer sees answers at once."""
    for person, channel, text in FIRST_QUESTIONS:
        sandbox.person(person).say(channel, text)
    sandbox.settle()


def _show(sandbox: SandboxServer, *, no_browser: bool) -> None:
    _tell(f"\nMuster is at work: {sandbox.base_url}")
    _tell("You are a member of a sample team there; ask, or press Ctrl-C here to end it.")
    has_screen = sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if has_screen and not no_browser:
        webbrowser.open(sandbox.base_url)


def _tell(line: str) -> None:
    typer.echo(line)
    sys.stdout.flush()
