"""`muster ritual`: the rituals by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import typer

from core.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from bot.app import Application
    from core.message import Message
    from rituals.planning import Plan
    from rituals.ritual import Slot
    from rituals.wiring import Rituals

app = typer.Typer(help="See, run and pause the rituals.", no_args_is_help=True)
NAME = "A ritual's name, as `muster ritual list` shows it."
LONGEST_SHOWN = 2_000


@app.command("list")
def list_rituals() -> None:
    """List the rituals with their next run, and those that can't be read."""
    from bot.app import build
    from bot.ritual_tables import print_rituals
    from core.settings import load_settings
    from rituals.schedule import coming_slots

    with build(load_settings()) as application:
        plan = _rituals(application).planning.plan()
        now = application.clock.now()
        coming = {one.name: next(iter(coming_slots(now, one, limit=1)), None) for one in plan.planned}
        print_rituals(plan, coming, application.settings.zone)


@app.command("next")
def next_runs(
    name: str = typer.Argument("", help="Only this ritual."),
    limit: int = typer.Option(5, min=1, max=50, help="How many."),
) -> None:
    """Show what falls due next, in the team's time zone."""
    from bot.app import build
    from bot.ritual_tables import print_slots
    from core.settings import load_settings
    from rituals.schedule import coming_slots

    with build(load_settings()) as application:
        plan, now = _rituals(application).planning.plan(), application.clock.now()
        chosen = [plan.get(name)] if name else [one for one in plan.planned if one.name not in plan.paused]
        coming = sorted(
            (slot for one in chosen for slot in coming_slots(now, one, limit=limit)),
            key=lambda slot: (slot.due, slot.key),
        )
        print_slots(coming[:limit], application.settings.zone)


@app.command("run")
def run(
    name: str = typer.Argument(help=NAME),
    at: str = typer.Option("", "--at", help="A day or a moment: 2026-11-24, or 2026-11-24T15:00."),
    phase: str = typer.Option("", help="Only this phase, such as close."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Print what would be said, and say nothing."),
) -> None:
    """Run what is due on a day up to a moment (now); what has run already is not repeated."""
    from bot.app import build
    from core.settings import load_settings

    with build(load_settings()) as application:
        rituals = _rituals(application)
        plan = rituals.planning.plan()
        moment = _moment(at, application)
        slots = _slots_of_day(plan, name, phase, moment, whole_day=dry_run)
        if not slots:
            raise NotFoundError(
                f"Nothing of {name!r} is due on {moment:%d %b %Y} up to {moment:%H:%M}.",
                cure=f"See: muster ritual next {name!r}",
            )
        if dry_run:
            _rehearse(rituals, slots)
            return
        known = rituals.runs.known_since(slots[0].due - timedelta(days=1))
        fresh = [slot for slot in slots if slot.key not in known]
        _enqueue(application, fresh)
        typer.echo(f"{len(fresh)} run(s) started, {len(slots) - len(fresh)} had run already.")


@app.command("pause")
def pause(name: str = typer.Argument(help=NAME)) -> None:
    """Let a ritual rest until it is resumed; what falls due meanwhile never happens."""
    from bot.app import build
    from core.settings import load_settings

    with build(load_settings()) as application:
        rituals = _rituals(application)
        planned = rituals.planning.plan().get(name)
        rituals.runs.pause(planned.name, "terminal")
    typer.echo(f"{planned.name} is paused.")


@app.command("resume")
def resume(name: str = typer.Argument(help=NAME)) -> None:
    """Let a paused ritual go on from now."""
    from bot.app import build
    from core.settings import load_settings

    with build(load_settings()) as application:
        rituals = _rituals(application)
        planned = rituals.planning.plan().get(name)
        rituals.runs.resume(planned.name)
    typer.echo(f"{planned.name} goes on.")


@app.command("history")
def history(
    name: str = typer.Argument("", help="Only this ritual."),
    limit: int = typer.Option(20, min=1, max=1000, help="How many runs."),
) -> None:
    """Show what each run did, the latest first."""
    from bot.app import build
    from bot.ritual_tables import print_runs
    from core.settings import load_settings

    with build(load_settings()) as application:
        rituals = _rituals(application)
        team = rituals.planning.plan().team
        print_runs(rituals.runs.history(name, limit=limit), team, application.settings.zone)


def _rituals(application: Application) -> Rituals:
    """Returns the rituals as far as a terminal knows them: it says nothing and starts nothing by itself."""
    from rituals.mute import Mute
    from rituals.wiring import make_rituals

    return make_rituals(
        engine=application.engine,
        clock=application.clock,
        workspace_id=application.workspace_id,
        zone=application.settings.timezone,
        starter=Mute(),
        speaker=Mute(),
    )


def _moment(text: str, application: Application) -> datetime:
    zone: ZoneInfo = application.settings.zone
    if not text:
        return application.clock.now().astimezone(zone)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InputError(
            f"{text!r} is neither a day nor a moment.", cure="Write 2026-11-24 or 2026-11-24T15:00."
        ) from None
    if len(text) <= len("2026-11-24"):
        moment = moment.replace(hour=23, minute=59)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _slots_of_day(plan: Plan, name: str, phase: str, moment: datetime, *, whole_day: bool) -> list[Slot]:
    from dataclasses import replace

    from rituals.schedule import due_slots

    planned = replace(plan.get(name), active_since=None)
    until = moment + timedelta(days=2) if whole_day else moment
    found = [
        slot
        for slot in due_slots(moment - timedelta(days=2), until, [planned])
        if slot.day == moment.date() and phase in {"", slot.phase}
    ]
    if phase and phase not in {one.name for one in planned.phases}:
        known = ", ".join(one.name for one in planned.phases)
        raise NotFoundError(f"{name} has no phase {phase!r}.", cure=f"It has: {known}.")
    return found


def _rehearse(rituals: Rituals, slots: list[Slot]) -> None:
    for slot in slots:
        messages = rituals.runner.rehearse(slot)
        who = f" {slot.person}" if slot.person else ""
        typer.echo(f"{slot.due:%Y-%m-%d %H:%M} UTC  {slot.ritual} / {slot.phase}{who}")
        if not messages:
            typer.echo("    says nothing")
        for message in messages:
            _print_message(message)


def _print_message(message: Message) -> None:
    from bot.plain import plain_lines
    from bot.views.said import render

    to = getattr(message.to, "name", "") or getattr(message.to, "key", "") or message.to
    typer.echo(f"    to {to}:")
    for line in plain_lines(render(message.content)):
        typer.echo(f"        {line}")


def _enqueue(application: Application, slots: list[Slot]) -> None:
    from sqlalchemy.exc import OperationalError, ProgrammingError

    from core.durable import DurableClient
    from rituals.running import start_slot

    settings = application.settings
    client = DurableClient(home=settings.home, database_url=settings.records_url)
    try:
        for slot in slots:
            start_slot(client, slot)
    except (OperationalError, ProgrammingError) as error:
        raise NotFoundError(
            "No bot has run on this workspace yet, so nobody would do it.",
            cure="Start `muster serve` first; --dry-run shows what it would say.",
        ) from error
    finally:
        client.close()
