"""What the doctor finds: the value that each look returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warning", "failure", "unused"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """How one part is; `cure` is what to do about it, empty where all is well."""

    name: str
    state: State
    detail: str
    cure: str = ""
