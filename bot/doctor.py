"""The doctor: looks at each part of an installation and says how it is, and what would cure it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator

import httpx
from pydantic import SecretStr
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from bot.findings import Finding
from bot.slack_check import examine_slack
from core.db import open_engine
from core.errors import MusterError
from core.schema import current_version, newest_version
from core.settings import Settings
from knowledge.passages import DEFAULT_WORKSPACE

TIMEOUT_S = 5.0


def examine(settings: Settings) -> Iterator[Finding]:
    """Looks at each part in turn; one that is broken does not hide the others."""
    parts: list[tuple[str, Callable[[Settings], Finding]]] = [
        ("home", _home),
        ("database", _database),
        ("embedding", _embedding),
        ("chroma", _chroma),
        ("documents", _documents),
        ("model", _model),
        ("exposure", _exposure),
    ]
    for name, look in parts:
        yield _guarded(name, look, settings)
    yield from examine_slack(settings)


def _guarded(name: str, look: Callable[[Settings], Finding], settings: Settings) -> Finding:
    try:
        return look(settings)
    except MusterError as error:
        return Finding(name=name, state="failure", detail=str(error), cure=error.cure)
    except (OSError, SQLAlchemyError, httpx.HTTPError, ValueError) as error:
        detail = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else 'no reason given'}"
        return Finding(name=name, state="failure", detail=detail, cure=CURES[name])


CURES = {
    "home": "Set MUSTER_HOME to a folder that this user may write to.",
    "database": "Check DATABASE_URL: host, name, user and password; is the server running?",
    "embedding": "Run `make setup` again; it brings the embedding's weights.",
    "chroma": "Check CHROMA_URL, and that the server runs (`chroma run`).",
    "documents": "Run `muster ingest PATH…`.",
    "model": "Check OPENAI_BASE_URL; is the server running? Until then answers are quoted.",
    "exposure": "Set MUSTER_HOST=127.0.0.1.",
}


def _home(settings: Settings) -> Finding:
    settings.home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=settings.home):
        pass
    return Finding(name="home", state="ok", detail=f"{settings.home.resolve()} can be written to")


def _database(settings: Settings) -> Finding:
    engine = open_engine(settings.records_url)
    try:
        with engine.connect() as connection:
            version = current_version(connection)
    finally:
        engine.dispose()
    kind = "PostgreSQL" if engine.dialect.name == "postgresql" else "SQLite"
    if version == newest_version():
        return Finding(name="database", state="ok", detail=f"{kind}, schema {version}")
    detail = f"{kind}, schema {version or 'not made yet'}; its first use brings it to {newest_version()}"
    return Finding(name="database", state="ok", detail=detail)


def _embedding(settings: Settings) -> Finding:
    from knowledge.documents.embeddings import open_embedding  # noqa: PLC0415  # loads 90 MB of weights

    embedding = open_embedding(settings)
    dimensions = embedding.embed(["who owns data quality?"]).shape[1]
    return Finding(name="embedding", state="ok", detail=f"{embedding.name}, {dimensions} dimensions")


def _chroma(settings: Settings) -> Finding:
    if not settings.chroma_url:
        return Finding(name="chroma", state="ok", detail=f"embedded, in {settings.home.resolve() / 'chroma'}")
    httpx.get(f"{settings.chroma_url.rstrip('/')}/api/v2/heartbeat", timeout=TIMEOUT_S).raise_for_status()
    return Finding(name="chroma", state="ok", detail=f"the server at {settings.chroma_url} answers")


def _documents(settings: Settings) -> Finding:
    from knowledge.documents.document import documents  # noqa: PLC0415  # beside the import above
    from knowledge.documents.embeddings import open_embedding  # noqa: PLC0415  # the same
    from knowledge.documents.index.generation import index_state, require_embedding  # noqa: PLC0415  # the same

    engine = open_engine(settings.records_url)
    try:
        with engine.connect() as connection:
            made = current_version(connection) is not None
            count = connection.scalar(select(func.count()).select_from(documents)) if made else 0
            state = index_state(connection, workspace_id=DEFAULT_WORKSPACE) if made else None
    finally:
        engine.dispose()
    if count:
        require_embedding(state, open_embedding(settings).name)
    if not count:
        return Finding(
            name="documents", state="warning", detail="nothing is indexed yet", cure=CURES["documents"]
        )
    return Finding(name="documents", state="ok", detail=f"{count} indexed")


def _model(settings: Settings) -> Finding:
    if settings.openai_api_key is None:
        detail = "no OPENAI_API_KEY: answers are quoted from the documents"
        if not settings.openai_base_url:
            return Finding(name="model", state="unused", detail=detail)
        cure = "Set OPENAI_API_KEY; a server that asks for none takes any word."
        return Finding(
            name="model", state="warning", detail=f"OPENAI_BASE_URL is set, but {detail}", cure=cure
        )
    base = settings.openai_base_url.rstrip("/") or "https://api.openai.com/v1"
    response = httpx.get(f"{base}/models", headers=_bearer(settings.openai_api_key), timeout=TIMEOUT_S)
    if response.status_code in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
        return Finding(
            name="model",
            state="failure",
            detail=f"{base} refuses the key",
            cure="Set OPENAI_API_KEY to a valid key.",
        )
    if response.status_code != httpx.codes.NOT_FOUND:  # not every server has a list of models
        response.raise_for_status()
    offered = _offered(response) if response.is_success else set()
    if offered and settings.openai_model not in offered:
        return Finding(
            name="model",
            state="warning",
            detail=f"{base} does not list {settings.openai_model!r}",
            cure=f"Set OPENAI_MODEL to one of: {', '.join(sorted(offered)[:8])}.",
        )
    return Finding(name="model", state="ok", detail=f"{settings.openai_model} at {base}")


def _offered(response: httpx.Response) -> set[str]:
    match response.json():
        case {"data": [*models]}:
            return {str(model["id"]) for model in models if isinstance(model, dict) and "id" in model}
    return set()


def _bearer(key: SecretStr) -> dict[str, str]:
    return {"Authorization": f"Bearer {key.get_secret_value()}"}


def _exposure(settings: Settings) -> Finding:
    if settings.host in {"127.0.0.1", "::1", "localhost"}:
        return Finding(name="exposure", state="ok", detail=f"listens on {settings.host}:{settings.port} only")
    if settings.webhook_token is None:
        return Finding(
            name="exposure",
            state="warning",
            detail=f"listens on {settings.host}, and webhooks have no token: they stay closed",
            cure="Set MUSTER_WEBHOOK_TOKEN if monitors are to send alerts.",
        )
    return Finding(
        name="exposure",
        state="ok",
        detail=f"listens on {settings.host}:{settings.port}, webhooks need a token",
    )
