"""`muster documents`: what is indexed."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from core.text import printable

if TYPE_CHECKING:
    from knowledge.documents.catalogue import Listed
    from knowledge.documents.document import Document

app = typer.Typer(help="See and remove what is indexed.", no_args_is_help=True)

WIDE = 10_000
"""Characters in a line where no terminal sets a limit: a table in a pipe folds nothing."""

AS_USER = typer.Option("", "--as", metavar="USER", help="What this person may read.")


@app.command("list")
def list_documents(
    as_user: str = AS_USER,
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object a line."),
) -> None:
    """List the indexed documents with owner, audience and review."""
    from bot.app import audience_of, build
    from core.settings import load_settings

    with build(load_settings()) as application:
        found = application.catalogue.documents_for(audience_of(as_user))
        today = application.clock.now().date()
    if as_json:
        for listed in found:
            typer.echo(json.dumps(_to_json(listed), ensure_ascii=False))
    elif found:
        _print_table([listed.document for listed in found], today)
    else:
        typer.echo("Nothing is indexed yet. `muster ingest PATH…` indexes documents.")


def _print_table(found: list[Document], today: date) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("Title", "Kind", "Owner", "For", "Review due", "Source", box=None, header_style="bold")
    for document in found:
        due = document.review_due
        late = due is not None and due < today
        table.add_row(
            Text(printable(document.title)),
            document.kind,
            Text(printable(document.owner) or "–"),
            Text(printable(", ".join(sorted(document.audience))) or "everyone"),
            Text(f"{due or '–'}{' overdue' if late else ''}", style="red" if late else ""),
            Text(printable(document.source), overflow="fold"),
        )
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = WIDE
    console.print(table)


@app.command("show")
def show_document(
    name: str = typer.Argument(help="The document's path, address or title."),
    as_user: str = AS_USER,
) -> None:
    """Show a document as it is indexed, chunk by chunk."""
    from bot.app import audience_of, build
    from core.settings import load_settings
    from knowledge.documents.contents import pieces_of

    with build(load_settings()) as application:
        listed = application.catalogue.get(name, audience_of(as_user))
        snapshot = application.documents.snapshot_of(application.workspace_id)
        pieces = list(pieces_of(snapshot, listed.document.id)) if snapshot else []
    typer.echo(json.dumps(_to_json(listed), ensure_ascii=False, indent=2))
    for number, piece in enumerate(pieces, start=1):
        typer.echo(printable(f"\n--- {number}/{len(pieces)}  {' › '.join(piece.heading)}\n{piece.text}"))


@app.command("remove")
def remove_documents(
    names: list[str] = typer.Argument(metavar="NAME…", help="Paths, addresses or titles of documents."),
) -> None:
    """Take documents out of the index (the files stay; a later ingest brings them back)."""
    from bot.app import build
    from core.settings import load_settings

    with build(load_settings()) as application:
        for source in application.remove_documents(names):
            typer.echo(printable(f"Removed {source}"))


def _to_json(listed: Listed) -> dict[str, Any]:
    document = listed.document
    return {
        "source": document.source,
        "title": document.title,
        "kind": document.kind,
        "owner": document.owner,
        "audience": sorted(document.audience),
        "reviewed": document.reviewed.isoformat() if document.reviewed else None,
        "review_due": document.review_due.isoformat() if document.review_due else None,
        "chunks": listed.chunks,
        "ingested_at": listed.ingested_at.isoformat(),
    }
