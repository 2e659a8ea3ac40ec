"""What menus offer while somebody types: people and roles, subjects, activities, initiatives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from rapidfuzz import fuzz, process, utils
from slack_bolt import Ack, App

from bot.listeners.services import Services
from bot.views.blocks import Element, meant, option
from bot.views.raci_form import ACTIVITY_INPUT, COLUMN, SUBJECT_INPUT
from bot.views.raci_people import PERSON, SLACK, holder_option
from knowledge.registers.responsibilities import TEAM, Holder, Responsibility, Subject
from knowledge.registers.team import Team

PEOPLE_MENU = "register_person"
INITIATIVES_MENU = "register_initiatives"
MOST = 30
ALIKE = 72
LONGEST_ACTIVITY = 150
Key = TypeVar("Key")


def register(app: App, services: Services) -> None:
    """Registers the loads of options."""

    @app.options(re.compile(f"^{COLUMN}"))
    def on_holder(ack: Ack, payload: dict[str, Any]) -> None:
        ack(options=holder_options(payload.get("value", ""), services, roles=True))

    @app.options(PEOPLE_MENU)
    def on_person(ack: Ack, payload: dict[str, Any]) -> None:
        ack(options=holder_options(payload.get("value", ""), services, roles=False))

    @app.options(SUBJECT_INPUT)
    def on_subject(ack: Ack, payload: dict[str, Any]) -> None:
        ack(options=subject_options(payload.get("value", ""), services.team))

    @app.options(ACTIVITY_INPUT)
    def on_activity(ack: Ack, payload: dict[str, Any], body: dict[str, Any]) -> None:
        chosen = subject_chosen(body.get("view", {}), services.team)
        ack(options=activity_options(payload.get("value", ""), services.team, chosen))

    @app.options(INITIATIVES_MENU)
    def on_initiatives(ack: Ack, payload: dict[str, Any]) -> None:
        names = ranked(payload.get("value", ""), {name: name for name in services.team.initiatives})
        ack(options=[option(name, name) for name in names])


def holder_options(typed: str, services: Services, *, roles: bool) -> list[Element]:
    """Offers people of the register, roles, and people of Slack who are not in the register yet."""
    team, today = services.team, services.today
    here = [person for person in team.people.values() if not person.has_left(today)]
    names = {
        Holder(kind="person", name=person.id): " ".join((person.name, *person.aliases)) for person in here
    }
    if roles:
        names |= {
            Holder(kind="role", name=one.name): " ".join((one.name, *one.aliases))
            for one in team.roles.values()
        }
    found = [holder_option(holder, team) for holder in ranked(typed, names)]
    known = {person.slack_user for person in team.people.values()}
    others = {one.id: one.name for one in services.roster.accounts if one.id not in known}
    newcomers = [
        option(others[one], f"{SLACK}{one}", "In Slack, new to the register") for one in ranked(typed, others)
    ]
    return [*found, *newcomers][:MOST]


def subject_options(typed: str, team: Team) -> list[Element]:
    """Offers every initiative, model and dataset, and the whole team; a dataset may be a new one."""
    names = {subject: f"{subject.label} {' '.join(aliases)}" for subject, aliases in _subjects(team)}
    found = [option(_headed(subject), str(subject)) for subject in ranked(typed, names)]
    new = Subject.read(typed) if typed.startswith("dataset ") else None
    if new is not None and new not in names and new.name:
        found.append(option(_headed(new), str(new), "New"))
    return found[:MOST]


def activity_options(typed: str, team: Team, subject: Subject | None) -> list[Element]:
    """Offers activities that the register knows, those the subject lacks first, and what was typed."""
    taken = {row.activity for row in team.responsibilities.values() if row.about == subject}
    known = dict.fromkeys(row.activity for row in team.responsibilities.values())
    names = {activity: activity for activity in sorted(known, key=lambda one: one in taken)}
    found = ranked(typed, names)
    words = " ".join(typed.split())[:LONGEST_ACTIVITY]
    options = [option(one, one, "Is there: choose it to change it" if one in taken else "") for one in found]
    if words and words not in found:
        options.insert(0 if not options else 1, option(words, words, "A new activity"))
    return options[:MOST]


def subject_chosen(view: dict[str, Any], team: Team) -> Subject | None:
    """Returns the subject that is chosen in a form, None before one is."""
    values = view.get("state", {}).get("values", {}).get("subject", {})
    chosen = (values.get(SUBJECT_INPUT) or {}).get("selected_option")
    if not chosen:
        return None
    return Subject.read(meant(chosen["value"], (str(subject) for subject, _ in _subjects(team))))


def activity_meant(chosen: str, rows: Iterable[Responsibility]) -> str:
    """Returns the activity that a choice stands for."""
    return meant(chosen, (row.activity for row in rows))


def holder_meant(chosen: str, services: Services) -> Holder:
    """Returns the holder that a choice stands for; somebody who is new is written into the register."""
    if chosen.startswith(SLACK):
        return Holder(kind="person", name=services.roster.admit(chosen.removeprefix(SLACK)).id)
    if chosen.startswith(PERSON):
        return Holder(kind="person", name=chosen.removeprefix(PERSON))
    value = meant(chosen, (f"role:{name}" for name in _role_names(services.team)))
    return Holder(kind="role", name=value.removeprefix("role:"))


def ranked(typed: str, names: dict[Key, str]) -> Sequence[Key]:
    """Returns what fits what was typed: beginnings first, then parts, then slips; all before anything is."""
    wanted = " ".join(typed.split()).casefold()
    if not wanted:
        return list(names)[:MOST]
    folded = {key: name.casefold() for key, name in names.items()}
    begins = [key for key, name in folded.items() if f" {wanted}" in f" {name}"]
    holds = [key for key, name in folded.items() if wanted in name]
    alike = process.extract(
        wanted,
        folded,
        scorer=fuzz.partial_ratio,
        processor=utils.default_process,
        score_cutoff=ALIKE,
        limit=MOST,
    )
    return list(dict.fromkeys([*begins, *holds, *(key for _, _, key in alike)]))[:MOST]


def _subjects(team: Team) -> Iterator[tuple[Subject, tuple[str, ...]]]:
    yield TEAM, ("everybody",)
    for initiative in team.initiatives.values():
        yield Subject(kind="initiative", name=initiative.name), initiative.aliases
    for model in team.models.values():
        yield Subject(kind="model", name=model.name), model.aliases
    for dataset in team.datasets:
        yield Subject(kind="dataset", name=dataset), ()


def _headed(subject: Subject) -> str:
    return "The whole team" if subject.kind == "team" else f"{subject.name} ({subject.kind})"


def _role_names(team: Team) -> Iterator[str]:
    yield from team.roles
    for row in team.responsibilities.values():
        yield from (holder.name for _, holder in row.holders() if holder.kind == "role")
