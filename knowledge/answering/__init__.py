"""Question -> answer with citations.

`Answerer.answer` tells the way on one screen: a follow-up is understood with what came before
(`follow_ups`, `rewriting`), the sources are searched, `evidence` judges whether they answer, and
the answer is composed by a model (`generated`, each sentence passing `checks`) or from the
passages' own sentences (`extractive`).
"""

from knowledge.answering.answerer import Answerer

__all__ = ["Answerer"]
