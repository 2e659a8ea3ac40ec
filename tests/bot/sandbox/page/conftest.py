"""Names and a reader for the renderers' tests."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.sandbox.page.markup.reader import Reader
from bot.sandbox.page.markup.surface import Surface


class FewNames:
    """Ana and Ben, #general, a group and a file; everything else is unknown."""

    def user(self, user_id: str) -> str | None:
        return {"U0ANA": "Ana Ruiz", "U0BEN": "Ben <b>Carter</b>"}.get(user_id)

    def channel(self, channel_id: str) -> str | None:
        return {"C0GENERAL": "general"}.get(channel_id)

    def group(self, group_id: str) -> str | None:
        return {"S0ML": "ml-team"}.get(group_id)

    def file(self, file_id: str) -> tuple[str, str] | None:
        return {"F0CHART": ("/page/ana/files/F0CHART/chart.png", "chart.png")}.get(file_id)


@pytest.fixture
def reader() -> Reader:
    """Ana in Madrid, on a Monday at ten."""
    return Reader(
        user="U0ANA", handle="ana", zone=ZoneInfo("Europe/Madrid"),
        now=datetime(2026, 11, 23, 9, 0, tzinfo=UTC), names=FewNames(),
    )  # fmt: skip


@pytest.fixture
def surface(reader: Reader) -> Surface:
    """A message that Ana reads."""
    return Surface(reader=reader, key="m1")
