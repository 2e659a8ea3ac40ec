"""What Slack's side does with the registers, wired: reading, changing, proposing, people, files."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine

from bot.delivery import Delivery
from bot.delivery_log import DeliveryLog
from bot.directory import Directory
from bot.register_files import File, register_file
from bot.roster import WORKFLOW as ROSTER
from bot.roster import Roster
from bot.slack_calls import SlackCalls
from bot.uploads import WORKFLOW as UPLOAD
from bot.uploads import Uploads
from core.clock import Clock
from core.durable import Durable, Json
from knowledge.registers.proposing import Proposing
from knowledge.registers.reading import Reader
from knowledge.registers.registers import Registers
from knowledge.registers.registrar import Registrar
from knowledge.registers.responsibilities import Subject


@dataclass(frozen=True, kw_only=True)
class RegisterServices:
    """The registers for listeners; `changes` reads the history."""

    registers: Registers
    changes: Reader
    registrar: Registrar
    proposing: Proposing
    roster: Roster
    uploads: Uploads


def build_registers(
    *,
    engine: Engine,
    workspace_id: str,
    clock: Clock,
    durable: Durable,
    calls: SlackCalls,
    directory: Directory,
    delivery: Delivery,
    log: DeliveryLog,
    team_id: str,
) -> RegisterServices:
    """Makes them and registers their workflows; `durable` is launched after it."""
    registers = Registers(engine, clock, workspace_id=workspace_id)
    registrar = Registrar(engine, clock, workspace_id=workspace_id)
    roster = Roster(calls, registers, registrar, clock, team_id=team_id, pause=durable.pause)

    def make(asked: Json) -> File:
        subject = Subject.read(asked["subject"]) if asked["subject"] else None
        return register_file(asked["what"], subject, registers.team(), clock.now().date())

    uploads = Uploads(
        starter=durable,
        calls=calls,
        directory=directory,
        delivery=delivery,
        log=log,
        pause=durable.pause,
        make=make,
    )
    durable.workflow(ROSTER, roster.synchronise)
    durable.workflow(UPLOAD, uploads.run)
    return RegisterServices(
        registers=registers,
        changes=Reader(engine, workspace_id=workspace_id),
        registrar=registrar,
        proposing=Proposing(engine, clock, workspace_id=workspace_id),
        roster=roster,
        uploads=uploads,
    )
