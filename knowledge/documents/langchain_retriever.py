"""The documents as a LangChain retriever, so that others can use them in a chain of theirs.

Nothing in Muster imports this: LangChain's retrievers take a second to import.
"""

from __future__ import annotations

from dataclasses import replace

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, SkipValidation

from knowledge.passages import Passage, PassageSource, Question


class MusterRetriever(BaseRetriever):
    """Retrieves passages as LangChain documents, best first.

    `source` is what is searched, as `open_documents` gives it. `asking` carries the workspace and the
    audience of whoever asks; its text is replaced by each query. At most `limit` passages come back.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    source: SkipValidation[PassageSource]
    asking: Question = Question(text="")
    limit: int = 10

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002
    ) -> list[Document]:
        question = replace(self.asking, text=query)
        return [_document(passage) for passage in self.source.search(question, limit=self.limit)]


def _document(passage: Passage) -> Document:
    return Document(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "source": passage.source,
            "title": passage.title,
            "heading": list(passage.heading),
            "kind": passage.kind,
            "owner": passage.owner,
            "link": passage.link,
            "reviewed": passage.reviewed.isoformat() if passage.reviewed else None,
            "review_due": passage.review_due.isoformat() if passage.review_due else None,
            "score": passage.score,
            "confidence": passage.confidence,
        },
    )
