"""The people of Slack brought into the register: whoever is in both is one person with both names.

Slack tells the id, and whatever the register does not know yet: e-mail, time zone, that an account was
closed, roles by user groups that bear a role's name. What the register says itself stays.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import available_timezones

from bot.persistence import insisted
from bot.slack_calls import Json, SlackCalls
from core.clock import Clock
from core.errors import MusterError, NotFoundError
from knowledge.registers.people import Person
from knowledge.registers.permissions import Editor
from knowledge.registers.registers import Registers
from knowledge.registers.registrar import Registrar
from knowledge.registers.team import Team
from knowledge.registers.team_file.naming import slug

logger = logging.getLogger(__name__)

WORKFLOW = "roster"
EDITOR = Editor(who="slack", via="slack", admin=True)
WHY = "as Slack knows them"
PAGE = 1_000
NO_ZONE = "UTC"


@dataclass(frozen=True, kw_only=True)
class Account:
    """A person of the workspace as Slack knows them; `gone` is one whose account was closed."""

    id: str
    name: str
    handle: str = ""
    email: str = ""
    zone: str = NO_ZONE
    gone: bool = False


class Roster:
    """Keeps the register of people in step with Slack, and knows who else could be named."""

    def __init__(
        self,
        calls: SlackCalls,
        registers: Registers,
        registrar: Registrar,
        clock: Clock,
        *,
        team_id: str,
        pause: Callable[[float], None],
    ) -> None:
        self._calls = calls
        self._registers = registers
        self._registrar = registrar
        self._clock = clock
        self._team_id = team_id
        self._pause = pause
        self._lock = threading.Lock()
        self._accounts: dict[str, Account] = {}

    @property
    def accounts(self) -> Sequence[Account]:
        """Returns the people of the workspace who are there, as far as they have been read."""
        with self._lock:
            return [account for account in self._accounts.values() if not account.gone]

    def synchronise(self, _argument: Json) -> None:
        """Runs as a workflow when Muster starts: reads everybody, and the user groups."""
        members = insisted(lambda: list(self._calls.pages("users.list", "members", limit=PAGE)), self._pause)
        found = [account for user in members if (account := account_of(user, self._team_id))]
        with self._lock:
            self._accounts = {account.id: account for account in found}
        listed = insisted(lambda: self._calls.read("usergroups.list", include_users=True), self._pause)
        self._keep(found, listed.get("usergroups", []))

    def note(self, user: Json) -> None:
        """Takes in somebody who has changed or joined."""
        account = account_of(user, self._team_id)
        if account is not None:
            with self._lock:
                self._accounts[account.id] = account
            self._keep([account], ())

    def admit(self, slack_user: str) -> Person:
        """Returns the person of an account, and writes one who is not in the register yet into it."""
        person = self._registers.team().person(slack_user)
        if person is not None:
            return person
        account = self._accounts.get(slack_user) or account_of(
            self._calls.read("users.info", user=slack_user)["user"], self._team_id
        )
        if account is None:
            raise NotFoundError(
                "Only people of this workspace can be named.", cure="Name a person, not a bot."
            )
        team = self._registers.team()
        known = matched([account], team, self._clock.now().date())
        newcomer = known[0] if known else _newcomer(account, team)
        self._registrar.save(newcomer, EDITOR, why=WHY)
        return newcomer

    def _keep(self, accounts: Sequence[Account], groups: Sequence[Json]) -> None:
        team, today = self._registers.team(), self._clock.now().date()
        with self._lock:
            names = Counter(one.name.casefold() for one in self._accounts.values())
        clear = [one for one in accounts if names[one.name.casefold()] <= 1 or one.email]
        changed = with_group_roles(matched(clear, team, today), groups, team)
        if not changed:
            return
        try:
            self._registrar.save_all(changed, EDITOR, why=WHY)
        except MusterError as error:
            logger.warning("could not bring people up to date error=%s", error)


def account_of(user: Mapping[str, object], team_id: str) -> Account | None:
    """Returns the account in Slack's dictionary of a user; None for bots and people of other workspaces."""
    is_other = user.get("team_id", team_id) != team_id or bool(user.get("is_stranger"))
    if user.get("is_bot") or user.get("id") == "USLACKBOT" or is_other:
        return None
    found = user.get("profile")
    profile: Mapping[str, object] = found if isinstance(found, Mapping) else {}
    name = user.get("real_name") or profile.get("real_name") or profile.get("display_name")
    return Account(
        id=str(user["id"]),
        name=str(name or user.get("name") or user["id"]),
        handle=str(user.get("name") or ""),
        email=str(profile.get("email") or ""),
        zone=str(user.get("tz") or NO_ZONE),
        gone=bool(user.get("deleted")),
    )


def matched(accounts: Iterable[Account], team: Team, today: date) -> list[Person]:
    """Returns the people of the register whom accounts tell something new about, as they are now."""
    pairs = ((account, person) for account in accounts if (person := _person(account, team)))
    return [after for account, person in pairs if (after := _told(person, account, today)) != person]


def with_group_roles(people: Sequence[Person], groups: Iterable[Json], team: Team) -> list[Person]:
    """Returns those people, and whoever else gets a role by a user group that bears a role's name."""
    known = {**team.people, **{person.id: person for person in people}}
    by_account = {person.slack_user: person.id for person in known.values() if person.slack_user}
    changed = {person.id for person in people}
    for role, members in _roles_of(groups, team):
        for person_id in filter(None, map(by_account.get, members)):
            person = known[person_id]
            if role not in {team.role(one) or one for one in person.roles}:
                known[person_id] = replace(person, roles=(*person.roles, role))
                changed.add(person_id)
    return [known[person_id] for person_id in sorted(changed)]


def _roles_of(groups: Iterable[Json], team: Team) -> Iterator[tuple[str, list[str]]]:
    for group in groups:
        for name in (str(group.get("handle", "")).replace("-", " "), str(group.get("name", ""))):
            role = team.role(name) or team.role(name.removesuffix("s"))
            if role and not group.get("date_delete"):
                yield role, list(group.get("users", []))
                break


def _person(account: Account, team: Team) -> Person | None:
    """Returns whom an account is: by id, else e-mail, else full name, and nobody where that is unclear."""
    for name in (account.id, account.email, account.name):
        found = (
            [one for one in team.people_called(name) if one.slack_user in {"", account.id}] if name else []
        )
        if len(found) == 1:
            return found[0]
    return None


def _told(person: Person, account: Account, today: date) -> Person:
    zone = account.zone if account.zone in available_timezones() else NO_ZONE
    return replace(
        person,
        slack_user=account.id,
        email=person.email or account.email,
        time_zone=zone if person.time_zone == NO_ZONE else person.time_zone,
        left=today if account.gone and person.left is None else person.left,
    )


def _newcomer(account: Account, team: Team) -> Person:
    wanted = slug(account.name) or account.id.lower()
    name = wanted if wanted not in team.people else f"{wanted}-{account.id.lower()}"
    zone = account.zone if account.zone in available_timezones() else NO_ZONE
    return Person(id=name, name=account.name, email=account.email, slack_user=account.id, time_zone=zone)
