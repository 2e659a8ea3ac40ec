#!/bin/sh
# `slack run` hands its tokens over under names of its own.
SLACK_BOT_TOKEN="${SLACK_BOT_TOKEN:-$SLACK_CLI_XOXB}"
SLACK_APP_TOKEN="${SLACK_APP_TOKEN:-$SLACK_CLI_XAPP}"
export SLACK_BOT_TOKEN SLACK_APP_TOKEN
exec .venv/bin/muster serve
