"""A register of 2,000 rows for the benchmark: initiatives, models, datasets and people with nicknames."""

from __future__ import annotations

import random
from datetime import date, timedelta

from knowledge.registers.initiatives import Initiative, Kpi
from knowledge.registers.models import Model
from knowledge.registers.people import Person
from knowledge.registers.responsibilities import Holder, Responsibility
from knowledge.registers.team import Team

TODAY = date(2026, 11, 23)
ROWS = 2_000

PEOPLE = """
Abigail Frost: Abby, Abs; Benjamin Okoro: Benny, Ben O; Catherine Doyle: Cat, Cathy; Dmitri Volkov: Dima;
Eleanor Marsh: Nell, Ellie; Francisco Vega: Paco; Guadalupe Ortiz: Lupe; Henrietta Shaw: Hetty; Ignatius
Kelly: Iggy; Josephine Laurent: Jo, Josie; Konstantin Weiss: Kostya; Leopold Brandt: Leo, Poldi; Margaret
Osei: Maggie, Peg; Nathaniel Brooks: Nate; Octavia Silva: Tavi; Penelope Hartley: Penny; Quentin Moreau:
Q, Quent; Rosalind Achebe: Roz; Sebastian Lund: Seb, Basti; Theodora Pappas: Thea; Ulrich Steiner: Uli;
Valentina Rossi: Vale, Tina; William Achterberg: Bill; Xiomara Reyes: Xio; Yevgenia Orlova: Zhenya;
Zachary Whitfield: Zach; Anastasia Morozova: Nastya; Bartholomew Quinn: Bart; Cornelius Vance: Neil;
Desdemona Clarke: Desi; Emmanuel Adeyemi: Manny; Florence Whitaker: Flo; Gerald Pemberton: Gerry; Harriet
Lindqvist: Hattie; Isabella Conti: Bella; Jeremiah Stone: Jem; Katarzyna Nowak: Kasia; Lawrence Tan:
Larry; Mikhail Sokolov: Misha; Nicholas Papadakis: Nico; Ophelia Grant: Lia; Patricia Nwosu: Trish;
Rafael Monteiro: Rafa; Siobhan Murphy: Shiv; Timothy Ashworth: Tim; Ursula Hoffmann: Uschi; Vincent
Leclerc: Vin; Winifred Chan: Winnie
"""

INITIATIVES = """
prepaid churn; business churn; card fraud; returns abuse; invoice matching; demand forecast; warehouse
slotting; courier routing; price elasticity; basket recommendations; search ranking; email subject lines;
lead scoring; credit limit review; claims triage; contract review; document intake; call summaries; chat
deflection; churn winback; shelf images; defect detection; predictive maintenance; energy load; spare
parts; shift planning; cv screening; onboarding nudges; payment reminders; address cleansing; duplicate
customers; loyalty offers; store traffic; delivery promise; fleet telematics; voice biometrics; spam
filter; review moderation; translation memory; site chat
"""

MODELS = """
Kestrel; Osprey; Heron; Magpie; Plover; Curlew; Bittern; Avocet; Dunlin; Gannet; Goshawk; Jackdaw;
Lapwing; Linnet; Merlin; Nightjar; Nuthatch; Oriole; Petrel; Pintail; Puffin; Redstart; Sandpiper;
Shrike; Siskin; Skylark; Snipe; Starling; Swift; Teal; Tern; Thrush; Turnstone; Twite; Wagtail; Waxwing;
Wheatear; Whimbrel; Wigeon; Yaffle
"""

DATASETS = """
prepaid_usage; tariff_history; card_transactions; return_orders; supplier_invoices; daily_sales;
bin_locations; gps_pings; price_changes; basket_lines; click_stream; mail_opens; crm_leads;
credit_bureau; claim_forms; contract_pdfs; scanned_letters; call_transcripts; chat_logs; winback_calls;
shelf_photos; line_camera; sensor_readings; meter_values; part_numbers; time_sheets; applications;
login_events; dunning_runs; address_book; customer_master; coupon_redemptions; door_counters;
parcel_scans; vehicle_bus; voice_samples; mail_reports; review_texts; phrase_pairs; site_sessions
"""

ACTIVITIES = (
    "approve release",
    "own data quality",
    "monitor drift",
    "respond to drift",
    "roll back model",
    "promote model to production",
    "rate model risk",
    "set KPI target",
    "define KPI measurement",
    "report to sponsor",
    "fund initiative",
    "resolve escalation",
    "approve architecture",
    "own serving latency",
    "own model performance",
    "define features",
    "define labels",
    "approve retraining",
    "design A/B test",
    "maintain model card",
    "set alert thresholds",
    "choose fallback",
    "change data schema",
    "restore data pipeline",
    "set fairness criteria",
    "prioritise backlog",
    "own test plan",
    "grant system access",
    "approve data use",
    "set retention period",
    "accept residual risk",
    "design integration",
    "change decision threshold",
    "widen rollout",
    "stop initiative",
    "maintain benefits map",
    "choose algorithm",
    "package model",
    "run backfill",
    "sign off legal basis",
)
MODEL_ACTIVITIES = (
    "own explainability report",
    "maintain prompt",
    "calibrate scores",
    "archive old versions",
    "renew certificate",
    "tune hyperparameters",
)
DATASET_ACTIVITIES = (
    "own data quality",
    "maintain data catalogue",
    "mask personal fields",
    "export weekly extract",
)
TEAM_ACTIVITIES = (
    "assign specialists",
    "approve training plan",
    "plan sprint",
    "accept partner delivery",
    "maintain role descriptions",
    "set audit scope",
    "schedule maintenance window",
    "select AI tooling",
    "own CI/CD platform",
    "maintain portfolio view",
    "organise on-call rota",
    "approve reusable component",
)


def register(seed: int = 7) -> Team:
    """Returns the team; the same for the same seed."""
    choose = random.Random(seed)
    people = _people()
    initiatives = [_initiative(name, people, choose, at) for at, name in enumerate(_list(INITIATIVES))]
    models = [_model(name, initiatives[at], people, choose) for at, name in enumerate(_list(MODELS))]
    rows = [
        *(
            _row("initiative", one.name, activity, people, choose)
            for one in initiatives
            for activity in ACTIVITIES
        ),
        *(
            _row("model", one.name, activity, people, choose)
            for one in models
            for activity in MODEL_ACTIVITIES
        ),
        *(
            _row("dataset", n, activity, people, choose)
            for n in _list(DATASETS)
            for activity in DATASET_ACTIVITIES
        ),
        *(_row("team", "", activity, people, choose) for activity in TEAM_ACTIVITIES),
    ]
    kept = set(choose.sample(range(len(rows)), min(ROWS, len(rows))))
    return Team.of([*people, *initiatives, *models, *(row for at, row in enumerate(rows) if at in kept)])


def _people() -> list[Person]:
    found = []
    for line in _list(PEOPLE):
        name, _, nicknames = line.partition(":")
        handle = name.strip().lower().replace(" ", "-")
        aliases = tuple(nick.strip() for nick in nicknames.split(","))
        found.append(Person(id=handle, name=name.strip(), aliases=aliases))
    return found


def _initiative(name: str, people: list[Person], choose: random.Random, at: int) -> Initiative:
    return Initiative(
        name=name,
        objective=f"Better {name}",
        kpi=Kpi(name=f"{name} index", target=1, target_date=TODAY),
        sponsor=choose.choice(people).id,
        lead=choose.choice(people).id,
        datasets=(_list(DATASETS)[at],),
        channel=f"#{name.replace(' ', '-')}",
    )


def _model(name: str, initiative: Initiative, people: list[Person], choose: random.Random) -> Model:
    return Model(name=name, initiative=initiative.name, owner=choose.choice(people).id)


def _row(kind: str, name: str, activity: str, people: list[Person], choose: random.Random) -> Responsibility:
    named = [Holder(kind="person", name=person.id) for person in choose.sample(people, 5)]
    return Responsibility(
        subject_kind=kind,  # type: ignore[arg-type]  # one of the kinds
        subject=name,
        activity=activity,
        accountable=(named[0],),
        responsible=(named[1],),
        consulted=tuple(named[2:4]),
        confirmed_by=named[0].name,
        confirmed_on=TODAY - timedelta(days=choose.randrange(1, 200)),
    )


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\n", " ").split(";") if part.strip()]
