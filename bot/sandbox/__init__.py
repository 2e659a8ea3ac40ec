"""A local Slack: a workspace on loopback that speaks Slack's protocol to the real bot.

It is a development tool. It knows nothing of Muster but the clock, and only `bot/cli.py` and tests start it.

    seed.py        what a workspace starts with: people, channels, groups, messages
    server.py      SandboxServer (in a thread) and serve() (a process)
    driver.py      a client of its addresses; person.py: people who do things, so that tests read like stories
    sandbox.py     all parts, wired
    workspace/     the state: plain synchronous code under one lock, kept in an append-only log
    methods/       the Web API, one handler a method; table.py is the list with tiers and scopes
    limits/        what Slack refuses
    events/        events, interactions and commands to the app: signed HTTP or Socket Mode, with retries
    people/        what people do and see
    controls/      faults, rate limits, the journal, the live feed, changes by admins
    edge/          the HTTP addresses of it all
    page/          the workspace in the browser

People act over HTTP too; `/sandbox/openapi.json` lists all of it:

    curl $URL/sandbox/people/ana/say --json '{"channel": "#general", "text": "@muster who owns churn?"}'
    curl "$URL/sandbox/people/ana/history?channel=%23general"
"""

from __future__ import annotations
