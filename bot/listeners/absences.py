"""When I am away and who stands in for me, set on the Home tab."""

from __future__ import annotations

from datetime import date
from typing import Any

from slack_bolt import Ack, App

from bot.listeners.home import publish
from bot.listeners.raci_options import holder_meant
from bot.listeners.services import Services
from bot.views.absences import ADD, DEPUTY, END, FORM, PEOPLE_MENU, REMOVE, START, absence_modal
from core.errors import InputError, MusterError
from knowledge.registers.people import Absence, Person

Json = dict[str, Any]


def register(app: App, services: Services) -> None:
    """Registers the form and the buttons."""

    @app.action(ADD)
    def on_add(ack: Ack, body: Json) -> None:
        person = services.team.person(body["user"]["id"])
        last = person.absences[-1].deputy if person and person.absences else ""
        view = absence_modal(services.today, services.team, deputy=last)
        services.calls.write("views.open", trigger_id=body["trigger_id"], view=view)
        ack()

    @app.action(REMOVE)
    def on_remove(ack: Ack, body: Json, action: Json) -> None:
        user = body["user"]["id"]
        start, end = map(date.fromisoformat, str(action["value"]).split())
        person = services.roster.admit(user)
        left = [one for one in person.absences if (one.start, one.end) != (start, end)]
        services.registrar.set_absences(person.id, left, services.editor(user))
        publish(user, services)
        ack()

    @app.view(FORM)
    def on_form(ack: Ack, body: Json, view: Json) -> None:
        services.metrics.stimuli.labels("absence").inc()
        user = body["user"]["id"]
        try:
            person = services.roster.admit(user)
            absence = entered(view["state"]["values"], person, services)
            services.registrar.set_absences(person.id, [*person.absences, absence], services.editor(user))
        except InputError as error:
            ack(response_action="errors", errors={_field(error): error.sentence})
            return
        except MusterError as error:
            ack(response_action="errors", errors={START: error.sentence})
            return
        publish(user, services)
        ack()


class FieldError(InputError):
    """What was entered in `field` can't be."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


def entered(values: Json, person: Person, services: Services) -> Absence:
    """Returns the absence that was entered; raises `FieldError` for one that can't be."""
    start = date.fromisoformat(values[START][START]["selected_date"])
    end = date.fromisoformat(values[END][END]["selected_date"])
    chosen = values[DEPUTY][PEOPLE_MENU].get("selected_option")
    deputy = holder_meant(chosen["value"], services).name if chosen else ""
    if end < start:
        raise FieldError(END, "The last day lies before the first.")
    if end < services.today:
        raise FieldError(END, "That is over already.")
    if deputy == person.id:
        raise FieldError(DEPUTY, "You can't stand in for yourself.")
    other = services.team.people.get(deputy)
    away = (
        next((one for one in other.absences if one.start <= end and start <= one.end), None)
        if other
        else None
    )
    if other is not None and away is not None:
        words = f"{other.name} is away from {away.start} to {away.end}; name somebody who is there."
        raise FieldError(DEPUTY, words)
    return Absence(start=start, end=end, deputy=deputy)


def _field(error: InputError) -> str:
    return error.field if isinstance(error, FieldError) else START
