"""300 ways to ask who owns something, with the rows that are meant: 200 to tune on, 100 held out.

The parts share no wording. Those held out were written by the author of the synonyms, but after them and
unseen: at their first run nothing had been changed on their account, and nothing has been since. A first
such part scored 0.81 / 0.87 at its first run; its wordings were then tuned on (FORMERLY_HELD_OUT), and the
present one written.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from knowledge.registers.responsibilities import Responsibility
from knowledge.registers.team import Team

TUNED = {
    "approve release": ["sign off {s}", "approve the release of {s}", "give the go-ahead for a {s} release"],
    "own data quality": ["own data quality on {s}", "look after the data of {s}"],
    "monitor drift": ["watch drift on {s}", "monitor {s} for drift"],
    "respond to drift": ["react when {s} drifts", "respond to a drift alert on {s}"],
    "roll back model": ["roll back {s}", "take {s} back to the previous version"],
    "promote model to production": ["promote {s} to production", "put {s} live"],
    "rate model risk": ["rate the risk of {s}", "do the risk assessment for {s}"],
    "set KPI target": ["set the KPI target of {s}", "decide the target for {s}"],
    "define KPI measurement": ["define how the {s} KPI is measured", "calculate the kpi of {s}"],
    "report to sponsor": ["report to the sponsor on {s}", "write the sponsor update for {s}"],
    "fund initiative": ["fund {s}", "pay for {s}"],
    "resolve escalation": ["resolve escalations on {s}", "settle disputes in {s}"],
    "approve architecture": ["approve the architecture of {s}"],
    "own serving latency": ["own latency of {s}", "fix it when {s} is slow"],
    "own model performance": ["own model performance on {s}"],
    "define features": ["define the features of {s}", "decide which inputs {s} uses"],
    "define labels": ["define labels for {s}", "decide what counts as a label in {s}"],
    "approve retraining": ["approve retraining of {s}", "say yes to retraining {s}"],
    "maintain model card": ["keep the model card of {s} up to date"],
    "set alert thresholds": ["set the alert thresholds of {s}"],
    "restore data pipeline": ["repair the {s} pipeline"],
    "set fairness criteria": ["define fairness for {s}"],
    "prioritise backlog": ["prioritise the backlog of {s}"],
    "grant system access": ["give me access to {s}"],
    "approve data use": ["allow us to use the data in {s}"],
    "stop initiative": ["stop {s}"],
    "widen rollout": ["widen the rollout of {s}"],
    "assign specialists": ["assign specialists to {s}"],
    "plan sprint": ["plan the sprint for {s}"],
    "maintain data catalogue": ["keep the catalogue entry of {s}"],
    "mask personal fields": ["mask personal fields in {s}"],
    "calibrate scores": ["calibrate the scores of {s}"],
}
FORMERLY_HELD_OUT = {
    "approve release": ["has the final say before {s} ships", "must bless a new {s} version"],
    "own data quality": [
        "cares whether the {s} data is clean",
        "do I complain to about garbage records in {s}",
    ],
    "monitor drift": ["keeps an eye on {s} drifting", "is supervising drift in {s}"],
    "respond to drift": ["jumps in once {s} has drifted", "handles the drift alarm of {s}"],
    "roll back model": ["reverts {s} when it goes wrong", "undoes a bad {s} deployment"],
    "promote model to production": ["deploys {s}", "pushes {s} to prod"],
    "rate model risk": ["judges how risky {s} is", "grades the risk of {s}"],
    "set KPI target": ["determines the {s} goal", "fixed the target number of {s}"],
    "define KPI measurement": ["knows how we measure the {s} KPI"],
    "report to sponsor": ["sends the exec the status of {s}", "keeps the sponsor informed on {s}"],
    "fund initiative": ["holds the budget of {s}", "finances {s}"],
    "resolve escalation": ["do I escalate {s} trouble to"],
    "approve architecture": ["reviews and clears the technical design of {s}"],
    "own serving latency": ["is on the hook for {s} response times"],
    "own model performance": ["answers for the accuracy of the {s} model"],
    "define features": ["picks the input variables of {s}"],
    "define labels": ["sorts out the annotation rules of {s}"],
    "approve retraining": ["authorises a fresh training run of {s}"],
    "maintain model card": ["curates the {s} model documentation"],
    "set alert thresholds": ["chooses the alarm limits of {s}"],
    "restore data pipeline": ["mends the {s} load when it is broken"],
    "set fairness criteria": ["decides what bias is acceptable in {s}"],
    "prioritise backlog": ["orders the {s} roadmap"],
    "grant system access": ["hands out permissions for {s}"],
    "approve data use": ["clears the use of personal data for {s}"],
    "stop initiative": ["can pull the plug on {s}"],
    "assign specialists": ["does the staffing of specialists for {s}"],
    "plan sprint": ["runs iteration planning for {s}"],
    "maintain data catalogue": ["curates the catalog record for {s}"],
    "calibrate scores": ["does score calibration on {s}"],
}
HELD_OUT = {
    "approve release": ["decides whether {s} may be launched", "gives the OK for the next {s} release"],
    "own data quality": ["makes sure the {s} data are correct", "worries about missing values in {s}"],
    "monitor drift": ["checks {s} for drift", "observes whether {s} shifts"],
    "respond to drift": ["acts on drift in {s}", "takes action when {s} starts to drift"],
    "roll back model": ["switches {s} back to the old version", "performs the {s} rollback"],
    "promote model to production": ["releases {s} into production", "moves {s} to the live system"],
    "rate model risk": ["assesses the dangers of {s}", "classifies the risk of {s}"],
    "set KPI target": ["picks the target of the {s} KPI", "sets the {s} goal"],
    "define KPI measurement": ["specifies how the {s} metric is computed"],
    "report to sponsor": ["updates the sponsor about {s}", "prepares the {s} status report"],
    "fund initiative": ["signs the cheque for {s}", "provides the money for {s}"],
    "resolve escalation": ["unblocks {s} when people disagree", "handles escalated {s} conflicts"],
    "approve architecture": ["okays the {s} system design"],
    "own serving latency": ["is in charge of how fast {s} answers"],
    "own model performance": ["is responsible for {s} precision and recall"],
    "define features": ["specifies the predictors of {s}"],
    "define labels": ["decides how {s} cases get labelled"],
    "approve retraining": ["lets us retrain {s}", "agrees to a new training of {s}"],
    "maintain model card": ["updates the {s} card", "writes the documentation of {s}"],
    "set alert thresholds": ["defines when {s} raises an alarm"],
    "restore data pipeline": ["repairs broken {s} feeds"],
    "set fairness criteria": ["says when {s} is unfair"],
    "prioritise backlog": ["sets the priorities for {s}"],
    "grant system access": ["grants me a login for {s}"],
    "approve data use": ["permits using customer data in {s}"],
    "stop initiative": ["may cancel {s}", "can shut {s} down"],
    "widen rollout": ["extends the {s} rollout to more customers"],
    "assign specialists": ["allocates experts to {s}"],
    "plan sprint": ["plans the next sprint of {s}"],
    "maintain data catalogue": ["maintains the {s} inventory entry"],
    "calibrate scores": ["recalibrates the {s} scores"],
}
FRAMES = (
    "who should {}",
    "who has to {}?",
    "whom do I ask to {}",
    "{}",
    "who is supposed to {}?",
    "who's the one to {}",
)
FINITE_FRAMES = ("who {}?", "hey, any idea who {}", "who {} pls", "can someone tell me who {}")
HELD_OUT_FRAMES = ("who {}?", "do you know who {}", "hi! who {} nowadays", "I need the person who {}")
PEOPLE_FRAMES = (
    "which parts of {s} belong to {n}",
    "{n}'s duties on {s}",
    "what does {n} own on {s}",
    "is {n} in charge of anything in {s}?",
    "{n} {s}",
)
HELD_OUT_PEOPLE_FRAMES = (
    "which parts of {s} belong to {n}",
    "{n}'s duties on {s}",
    "what does {n} own on {s}",
    "is {n} in charge of anything in {s}?",
    "{n} {s}",
)
KEYBOARD = {
    "a": "s",
    "e": "r",
    "i": "o",
    "o": "p",
    "r": "t",
    "s": "d",
    "t": "y",
    "n": "m",
    "l": "k",
    "c": "v",
    "d": "f",
}


@dataclass(frozen=True, kw_only=True)
class Phrasing:
    """A question with the keys of the rows that answer it, any of them first; `sort` is how it was made."""

    text: str
    gold: frozenset[str]
    sort: str
    held_out: bool


def phrasings(team: Team, seed: int = 11) -> list[Phrasing]:
    """Returns the questions; the same for the same seed."""
    choose = random.Random(seed)
    return [*_part(team, choose, 200, held_out=False), *_part(team, choose, 100, held_out=True)]


def _part(team: Team, choose: random.Random, count: int, *, held_out: bool) -> list[Phrasing]:
    makers = (_plain, _plain, _typo, _typo, _by_model, _by_person, _without_row, _unclear)
    found: list[Phrasing] = []
    while len(found) < count:
        made = makers[len(found) % len(makers)](team, choose, held_out)
        if made is not None and all(made.text != other.text for other in found):
            found.append(made)
    return found


def _say(row: Responsibility, subject: str, choose: random.Random, held_out: bool) -> str | None:  # noqa: FBT001
    if held_out:
        wordings = HELD_OUT.get(row.activity, [])
    else:
        wordings = [
            *TUNED.get(row.activity, []),
            *(f"={one}" for one in FORMERLY_HELD_OUT.get(row.activity, [])),
        ]
    if not wordings:
        return None
    wording = choose.choice(wordings)
    finite = held_out or wording.startswith("=")  # "who signs" rather than "who should sign"
    frame = choose.choice(HELD_OUT_FRAMES if held_out else FINITE_FRAMES if finite else FRAMES)
    return frame.format(wording.removeprefix("=").format(s=subject.replace("_", choose.choice(" _"))))


def _rows(team: Team, kinds: tuple[str, ...]) -> list[Responsibility]:
    return [row for row in team.responsibilities.values() if row.subject_kind in kinds]


def _plain(team: Team, choose: random.Random, held_out: bool) -> Phrasing | None:  # noqa: FBT001
    row = choose.choice(_rows(team, ("initiative", "initiative", "dataset", "model")))
    text = _say(row, row.subject, choose, held_out)
    return text and Phrasing(text=text, gold=frozenset({row.key}), sort="plain", held_out=held_out)  # type: ignore[return-value]


def _typo(team: Team, choose: random.Random, held_out: bool) -> Phrasing | None:  # noqa: FBT001
    made = _plain(team, choose, held_out)
    if made is None:
        return None
    words = made.text.split(" ")
    long = [at for at, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    for at in choose.sample(long, min(len(long), choose.choice((1, 2)))):
        words[at] = _misspelt(words[at], choose)
    return Phrasing(text=" ".join(words), gold=made.gold, sort="typo", held_out=held_out)


def _misspelt(word: str, choose: random.Random) -> str:
    at = choose.randrange(1, len(word) - 1)
    kind = choose.choice(("drop", "swap", "double", "neighbour"))
    if kind == "drop":
        return word[:at] + word[at + 1 :]
    if kind == "swap":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == "double":
        return word[:at] + word[at] + word[at:]
    return word[:at] + KEYBOARD.get(word[at].lower(), "x") + word[at + 1 :]


def _by_model(team: Team, choose: random.Random, held_out: bool) -> Phrasing | None:  # noqa: FBT001
    """Names the model where the row stands at its initiative."""
    row = choose.choice(_rows(team, ("initiative",)))
    model = next((one for one in team.models.values() if one.initiative == row.subject), None)
    text = model and _say(row, choose.choice((model.name, model.name.lower())), choose, held_out)
    return (
        Phrasing(text=text, gold=frozenset({row.key}), sort="model's name", held_out=held_out)
        if text
        else None
    )


def _by_person(team: Team, choose: random.Random, held_out: bool) -> Phrasing | None:  # noqa: FBT001
    row = choose.choice(_rows(team, ("initiative",)))
    holder = row.accountable[0].name
    frame = choose.choice(HELD_OUT_PEOPLE_FRAMES if held_out else PEOPLE_FRAMES)
    nickname = choose.choice(team.people[holder].aliases)
    gold = [
        other.key
        for other in _rows(team, ("initiative",))
        if other.subject == row.subject and other.accountable[0].name == holder
    ]
    lead = team.initiatives[row.subject].lead == holder
    sponsor = team.initiatives[row.subject].sponsor == holder
    gold += [f"{row.subject} / lead initiative"] * lead + [f"{row.subject} / sponsor initiative"] * sponsor
    return Phrasing(
        text=frame.format(n=nickname, s=row.subject), gold=frozenset(gold), sort="nickname", held_out=held_out
    )


def _without_row(team: Team, choose: random.Random, held_out: bool) -> Phrasing | None:  # noqa: FBT001
    """Asks for something that only the whole team's rows answer."""
    row = choose.choice(_rows(team, ("team",)))
    text = _say(row, choose.choice(list(team.initiatives)), choose, held_out)
    return text and Phrasing(text=text, gold=frozenset({row.key}), sort="whole team", held_out=held_out)  # type: ignore[return-value]


def _unclear(team: Team, choose: random.Random, held_out: bool) -> Phrasing | None:  # noqa: FBT001
    """Says "churn" where there are three initiatives with that word: all of them are meant."""
    word = choose.choice(("churn", "triage", "review", "detection", "customers"))
    rows = [row for row in _rows(team, ("initiative",)) if word in row.subject.split()]
    row = choose.choice(rows)
    text = _say(row, word, choose, held_out)
    gold = frozenset(other.key for other in rows if other.activity == row.activity)
    return text and Phrasing(text=text, gold=gold, sort="ambiguous", held_out=held_out)  # type: ignore[return-value]
