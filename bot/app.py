"""The composition root: makes every object of Muster and hands it to whoever needs it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self
from uuid import uuid4

from core.clock import Clock, SystemClock
from core.errors import SettingError
from core.settings import Settings
from knowledge.passages import DEFAULT_WORKSPACE, EVERYONE, Audience, Question, Turn

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from core.llm import ChatModel
    from knowledge.answer import Answer, Listener
    from knowledge.answering import Answerer
    from knowledge.documents.catalogue import Catalogue
    from knowledge.documents.embeddings import Embedding
    from knowledge.documents.report import IngestReport, OnProgress
    from knowledge.documents.retrieval import Documents
    from knowledge.records.gaps import Gap
    from knowledge.records.questions import QuestionLog
    from knowledge.registers.registers import Registers

logger = logging.getLogger(__name__)

UNRECORDED = "The question could not be recorded; muster check may tell why."
NOTHING_INDEXED = (
    "Nothing is indexed yet. `muster ingest PATH…` makes your documents answer, "
    "`muster ingest --starter` the starter pack."
)


class Application:
    """Everything that one process of Muster is made of; each part is made when it is first used.

    A command that lists documents loads no embedding, and one that answers opens no Chroma. Use it
    as a context manager: leaving it closes what was opened.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock | None = None,
        embedding: Embedding | None = None,
        model: ChatModel | None = None,
    ) -> None:
        self.settings = settings
        self.clock: Clock = clock or SystemClock()
        self.workspace_id = DEFAULT_WORKSPACE
        self._replaced_embedding = embedding
        self._replaced_model = model

    @cached_property
    def engine(self) -> Engine:
        """The database, at its newest schema."""
        from core.db import open_engine
        from core.schema import upgrade
        from core.workspace import ensure_workspace

        self._make_home()
        engine = open_engine(self.settings.records_url)
        upgrade(engine)
        ensure_workspace(engine, self.workspace_id, self.clock.now())
        return engine

    def _make_home(self) -> None:
        try:
            self.settings.home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingError(
                f"MUSTER_HOME can't be made: {error.strerror}: {str(self.settings.home)!r}.",
                cure="Set it to a folder that this user may write to.",
            ) from error

    @cached_property
    def embedding(self) -> Embedding:
        """What turns text into vectors."""
        from knowledge.documents.embeddings import open_embedding

        return self._replaced_embedding or open_embedding(self.settings)

    @cached_property
    def model(self) -> ChatModel | None:
        """The chat model, None where none is set up: answers are quoted then."""
        from core.llm import open_model

        return self._replaced_model or open_model(self.settings)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The list of what is indexed."""
        from knowledge.documents.catalogue import Catalogue

        return Catalogue(self.engine, workspace_id=self.workspace_id)

    @cached_property
    def documents(self) -> Documents:
        """The documents, for those who ask."""
        from knowledge.documents.opening import open_documents

        return open_documents(self.settings, self.engine, self.embedding)

    @cached_property
    def registers(self) -> Registers:
        """The registers, for those who ask: who owns what, initiatives, models, decisions."""
        from knowledge.registers.registers import Registers

        return Registers(self.engine, self.clock, workspace_id=self.workspace_id)

    @cached_property
    def answerer(self) -> Answerer:
        """What makes answers of passages."""
        from knowledge.answering import Answerer

        return Answerer(
            sources=[self.documents, self.registers],
            model=self.model,
            clock=self.clock,
            deadline_s=self.settings.model_deadline_s,
        )

    @cached_property
    def questions(self) -> QuestionLog:
        """The record of what was asked."""
        from knowledge.records.questions import QuestionLog

        return QuestionLog(self.engine, self.clock)

    def ask(
        self,
        text: str,
        *,
        as_user: str = "",
        history: Sequence[Turn] = (),
        on_part: Listener | None = None,
    ) -> Answer:
        """Answers a question from the terminal and records it.

        Nobody's groups are known here: as a person, one reads what is for everyone and what names them.
        """
        question = Question(
            text=text,
            workspace_id=self.workspace_id,
            asker=as_user,
            audience=audience_of(as_user),
            history=tuple(history),
        )
        answer = self.answerer.answer(question, on_part)
        if not answer.passages and not self.catalogue.documents_for(question.audience):
            return replace(answer, notice=NOTHING_INDEXED)
        return self._recorded(answer)

    def _recorded(self, answer: Answer) -> Answer:
        """Records an answer; a record that fails costs a warning, not the answer that is made already."""
        from sqlalchemy.exc import SQLAlchemyError

        from knowledge.answering.plain import NOT_FOUND

        try:
            self.questions.record(f"terminal:{uuid4()}", answer)
        except SQLAlchemyError as error:
            logger.warning("event=question_not_recorded error=%r", error)
            said = answer.notice or ("" if answer.found else NOT_FOUND)
            return replace(answer, notice=f"{said} {UNRECORDED}".strip())
        return answer

    def ingest(
        self,
        paths: Sequence[str],
        *,
        audience: Sequence[str] | None = None,
        re_embed: bool = False,
        progress: OnProgress | None = None,
    ) -> IngestReport:
        """Brings the index up to what stands under the paths."""
        from knowledge.documents.ingest import ingest

        return ingest(
            paths,
            settings=self.settings,
            engine=self.engine,
            embedding=self.embedding,
            clock=self.clock,
            workspace_id=self.workspace_id,
            audience=audience,
            re_embed=re_embed,
            progress=progress,
        )

    def remove_documents(self, names: Sequence[str]) -> tuple[str, ...]:
        """Takes documents out of the index; returns their sources."""
        from knowledge.documents.ingest import remove

        return remove(
            names,
            settings=self.settings,
            engine=self.engine,
            embedding=self.embedding,
            clock=self.clock,
            workspace_id=self.workspace_id,
        )

    def gaps(self, *, days: int, as_user: str = "") -> Sequence[Gap]:
        """Returns what was not answered well in the last `days`, as far as somebody may read of it."""
        from knowledge.records.gaps import gaps

        return gaps(
            self.engine,
            self.questions,
            workspace_id=self.workspace_id,
            audience=audience_of(as_user),
            since=self.clock.now() - timedelta(days=days),
        )

    def close(self) -> None:
        """Closes what was opened."""
        if "engine" in vars(self):
            self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def build(
    settings: Settings,
    *,
    clock: Clock | None = None,
    embedding: Embedding | None = None,
    model: ChatModel | None = None,
) -> Application:
    """Makes an application of settings; what is given replaces what the settings would have made."""
    return Application(settings, clock=clock, embedding=embedding, model=model)


def audience_of(user: str) -> Audience:
    """Returns what somebody at the terminal goes by: their own name, or nobody's."""
    return Audience(names=frozenset({f"@{user.removeprefix('@')}"})) if user else EVERYONE
