"""Messages, modals and a Home tab with every kind of block, as an app would send them."""

# ruff: noqa: E501 -- a sample reads best on one line
from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def option(value: str, text: str = "", about: str = "") -> Json:
    made: Json = {"text": plain(text or value.title()), "value": value}
    return made | ({"description": plain(about)} if about else {})


def button(text: str, action_id: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def field(label: str, element: Json, block_id: str, **more: Any) -> Json:
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **more}


def words(text: str, **style: bool) -> Json:
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def answer_blocks(key: str) -> list[Json]:
    """An answer with citations, sources, thumbs and a way to a person."""
    return [
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [
                        words("The product owner signs off a model before release", bold=True),
                        words(", after the validation report has been read by someone who did not build the model. [1]\n"),
                    ],
                },
                {
                    "type": "rich_text_list", "style": "bullet", "indent": 0,
                    "elements": [
                        {"type": "rich_text_section", "elements": [words("Both acceptance criteria are met: the model metric and the business metric. [1]")]},
                        {"type": "rich_text_section", "elements": [words("The rollback has been tried within the last 30 days. [2]")]},
                    ],
                },
            ],
        },
        {
            "type": "context",
            "elements": [
                mrkdwn("[1] <https://example.com/playbooks/release|Release playbook › Sign-off> · owner Ben Carter · reviewed 3 weeks ago"),
                mrkdwn("[2] <https://example.com/playbooks/rollback|Rollback playbook › Rehearsal> · owner Jonas Lind · *review overdue*"),
            ],
        },
        {
            "type": "context_actions",
            "block_id": f"feedback:{key}",
            "elements": [
                {
                    "type": "feedback_buttons",
                    "action_id": "answer_feedback",
                    "positive_button": {"text": plain("Good answer"), "value": f"good:{key}", "accessibility_label": "This answer helped"},
                    "negative_button": {"text": plain("Bad answer"), "value": f"bad:{key}", "accessibility_label": "Something is wrong with it"},
                }
            ],
        },
        {"type": "actions", "block_id": f"person:{key}", "elements": [button("Ask a person", "ask_a_person", value=key)]},
    ]  # fmt: skip


def wrong_modal() -> Json:
    """What was wrong with an answer?"""
    note = {"type": "plain_text_input", "action_id": "words", "multiline": True, "max_length": 2000,
            "placeholder": plain("Out of date, beside the point, missing …")}  # fmt: skip
    return {
        "type": "modal", "callback_id": "what_was_wrong", "title": plain("What was wrong?"),
        "submit": plain("Send"), "close": plain("Cancel"),
        "blocks": [section("You asked: Who signs off a model before release?"), field("What was wrong?", note, "wrong")],
    }  # fmt: skip


def big_modal() -> Json:
    """A modal with every kind of input."""
    stages = [option("plan"), option("build"), option("validate"), option("deploy"), option("measure")]
    return {
        "type": "modal", "callback_id": "initiative", "title": plain("New initiative"), "submit": plain("Save"),
        "close": plain("Cancel"), "notify_on_close": True,
        "blocks": [
            {"type": "alert", "level": "info", "text": plain("An initiative needs an objective, a KPI and a sponsor.")},
            field("Name", {"type": "plain_text_input", "action_id": "a", "placeholder": plain("Churn, fraud, …")}, "name"),
            field("Objective", {"type": "plain_text_input", "action_id": "a", "multiline": True}, "objective", hint=plain("One business objective, in a sentence.")),
            field("Stage", {"type": "static_select", "action_id": "a", "options": stages, "initial_option": stages[1]}, "stage"),
            field("Sponsor", {"type": "users_select", "action_id": "a", "placeholder": plain("Choose a person")}, "sponsor"),
            field("Team", {"type": "multi_users_select", "action_id": "a"}, "team", optional=True),
            field("Models", {"type": "multi_static_select", "action_id": "a", "options": [option("churn-v6"), option("churn-v7", about="in validation"), option("fraud-v2")]}, "models", optional=True),
            field("KPI from the catalogue", {"type": "external_select", "action_id": "kpi", "min_query_length": 1}, "kpi", optional=True),
            field("Channel", {"type": "conversations_select", "action_id": "a"}, "channel", optional=True),
            field("Target date", {"type": "datepicker", "action_id": "a", "initial_date": "2027-03-31"}, "date"),
            field("Review at", {"type": "timepicker", "action_id": "a", "initial_time": "09:30"}, "time", optional=True),
            field("First report", {"type": "datetimepicker", "action_id": "a", "initial_date_time": 1795500000}, "moment", optional=True),
            field("Target", {"type": "number_input", "action_id": "a", "is_decimal_allowed": True, "min_value": "0"}, "target", optional=True),
            field("Contact", {"type": "email_text_input", "action_id": "a"}, "contact", optional=True),
            field("Dashboard", {"type": "url_text_input", "action_id": "a"}, "dashboard", optional=True),
            field("Structure", {"type": "radio_buttons", "action_id": "a", "options": [option("flat"), option("functional"), option("matrix", about="two managers each")]}, "structure", optional=True),
            field("Evidence", {"type": "checkboxes", "action_id": "a", "options": [option("metric", "Model metric"), option("business", "Business metric")]}, "evidence", optional=True),
            field("Notes", {"type": "rich_text_input", "action_id": "a"}, "notes", optional=True),
        ],
    }  # fmt: skip


def home_view() -> Json:
    """A Home tab."""
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "text": plain("Good morning, Ana")},
            section("Muster knows *14 documents* in 96 passages, read last <!date^1795435200^{date_short_pretty} at {time}|yesterday>."),
            {"type": "actions", "elements": [button("Ask a question", "home_ask", style="primary"), button("What Muster knows", "home_known")]},
            {"type": "divider"},
            {"type": "header", "text": plain("Waiting for you")},
            section("*Still right?* You are accountable for _approve release_ on churn.", accessory=button("Confirm", "home_confirm")),
            {"type": "context", "elements": [mrkdwn("confirmed 92 days ago · next rituals: standup tomorrow 09:30, sprint review on Thursday")]},
        ],
    }  # fmt: skip


def showcase() -> list[list[Json]]:
    """Messages that between them hold every block that a message can have."""
    return [_words(), _controls(), _tables(), _cards(), _progress()]


def _words() -> list[Json]:
    return [
        {"type": "header", "text": plain("Standup of the churn team, Monday 23 November")},
        section("*Blockers first*\n• billing events late, owner <@U0DEEPAK>, since 2 days\n• access to the holdout bucket, owner <@U0JONAS>\n&gt; “I can’t reproduce v6 without it.”"),
        section("Details", fields=[mrkdwn("*Answered*\n6 of 7"), mrkdwn("*Away*\nGrace, until Wednesday"), mrkdwn("*KPI*\n+2.3 points"), mrkdwn("*Next*\n<#C0CHURN>, <!date^1795513800^{date_short_pretty} {time}|tomorrow>")]),
        {"type": "rich_text", "elements": [
            {"type": "rich_text_section", "elements": [words("Rich text: "), words("bold", bold=True), words(", "), words("italic", italic=True), words(", "), words("struck", strike=True), words(", "), words("code", code=True), words(", "), {"type": "emoji", "name": "tada"}, words(" "), {"type": "user", "user_id": "U0ANA"}]},
            {"type": "rich_text_list", "style": "ordered", "indent": 0, "elements": [{"type": "rich_text_section", "elements": [words("Validate")]}, {"type": "rich_text_section", "elements": [words("Release")]}]},
            {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [{"type": "rich_text_section", "elements": [words("with the product owner")]}]},
            {"type": "rich_text_quote", "elements": [words("A model in production without an owner is a bug.")]},
            {"type": "rich_text_preformatted", "elements": [words("psi(tenure)  = 0.31\npsi(tariff)  = 0.07")]},
        ]},
        {"type": "markdown", "text": "## Markdown\n\nA **table** and a list:\n\n| Feature | PSI |\n| --- | ---: |\n| tenure | 0.31 |\n| tariff | 0.07 |\n\n1. look at the source\n2. retrain if it stays\n"},
    ]  # fmt: skip


def _controls() -> list[Json]:
    shown = [option("today"), option("week", "This week"), option("all", "Everything")]
    return [
        section("Choose what to see", accessory={"type": "static_select", "action_id": "see", "placeholder": plain("Period"), "options": shown}),
        section("Assign it", accessory={"type": "users_select", "action_id": "who", "placeholder": plain("Somebody")}),
        section("More", accessory={"type": "overflow", "action_id": "more", "options": [option("silence", "Silence for a day"), option("history")]}),
        {"type": "actions", "elements": [
            button("Acknowledge", "ack", style="primary"),
            button("Roll back", "rollback", style="danger", confirm={"title": plain("Roll back churn v7?"), "text": mrkdwn("*v6* goes live again, for everybody."), "confirm": plain("Roll back"), "deny": plain("Keep v7"), "style": "danger"}),
            {"type": "datepicker", "action_id": "until", "placeholder": plain("Silence until")},
        ]},
        {"type": "actions", "elements": [{"type": "checkboxes", "action_id": "boxes", "options": [option("retrain", "Retrain"), option("tell", "Tell the sponsor")]}]},
    ]  # fmt: skip


def _tables() -> list[Json]:
    def cell(text: str) -> Json:
        return {"type": "raw_text", "text": text}

    rows = [["Activity", "A", "R", "Confirmed"], ["Approve release", "Ben Carter", "Ana Ruiz", "12 days ago"],
            ["Own data quality", "Elena Petrova", "Deepak Rao", "3 months ago"]]  # fmt: skip
    return [
        section("*Who owns what on churn*"),
        {"type": "table", "column_settings": [{}, {}, {}, {"align": "right"}], "rows": [[cell(c) for c in row] for row in rows]},
        {"type": "image", "title": plain("Churn, last 12 weeks"), "alt_text": "A line that falls from 4.1 to 3.2 percent", "image_url": "https://example.com/chart.png"},
    ]  # fmt: skip


def _cards() -> list[Json]:
    def card(name: str, about: str) -> Json:
        return {
            "type": "card",
            "title": mrkdwn(f"*{name}*"),
            "subtitle": mrkdwn(about),
            "body": mrkdwn("Owner Ben Carter, reviewed 3 weeks ago"),
            "actions": [button("Open", f"open_{name[:3].lower()}")],
        }

    return [{"type": "carousel", "elements": [card("Release playbook", "14 sections"), card("Rollback playbook", "6 sections"), card("Model card: churn", "v7, in validation")]}]  # fmt: skip


def _progress() -> list[Json]:
    def task(number: str, title: str, status: str, **more: Any) -> Json:
        return {"type": "task_card", "task_id": number, "title": title, "status": status, **more}

    source = {"type": "url", "url": "https://example.com/playbooks/release", "text": "Release playbook"}
    return [{"type": "plan", "title": "Looking for an answer", "tasks": [task("1", "Searching the playbooks", "complete", sources=[source]), task("2", "Reading the model card", "in_progress"), task("3", "Writing", "pending")]}]  # fmt: skip
