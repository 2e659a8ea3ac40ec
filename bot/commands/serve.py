"""`muster serve`: the bot, for a real workspace."""

from __future__ import annotations


def serve() -> None:
    """Run the bot until it is stopped: SIGTERM or Ctrl-C, and it finishes what it has begun."""
    from bot.app import build
    from bot.serve import Server
    from bot.serve import serve as run
    from bot.serving import build_serving
    from core.logs import secrets_of, set_up_logs
    from core.settings import load_settings

    settings = load_settings()
    set_up_logs(settings.log_level, secrets=secrets_of(settings))
    with build(settings) as application:
        serving = build_serving(application)
        run(Server(serving), serving.durable)
