"""Many texts in one file, read where they are wanted and nowhere else."""

from __future__ import annotations

import mmap
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True)
class TextBlob:
    """Texts in UTF-8, end to end; text number n is `content[offsets[n]:offsets[n + 1]]`."""

    content: bytes | mmap.mmap
    offsets: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, number: int) -> str:
        start, end = self.offsets[number], self.offsets[number + 1]
        return self.content[start:end].decode()


def write_texts(folder: Path, name: str, texts: Iterable[str]) -> None:
    """Writes `name.txt` and `name.npy` (the offsets, in bytes)."""
    offsets = [0]
    with (folder / f"{name}.txt").open("wb") as file:
        for text in texts:
            offsets.append(offsets[-1] + file.write(text.encode()))
    np.save(folder / f"{name}.npy", np.array(offsets, dtype=np.int64))


def map_texts(folder: Path, name: str) -> TextBlob:
    """Maps what `write_texts` wrote: nothing is read before it is asked for.

    Raises `ValueError` where the file is not whole.
    """
    offsets = map_array(folder, name)
    if (folder / f"{name}.txt").stat().st_size != offsets[-1]:
        raise ValueError(f"{name}.txt in {folder} is cut off")
    if not offsets[-1]:  # an empty file can't be mapped
        return TextBlob(content=b"", offsets=offsets)
    with (folder / f"{name}.txt").open("rb") as file:
        content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return TextBlob(content=content, offsets=offsets)


def map_array(folder: Path, name: str) -> NDArray[Any]:
    """Maps `name.npy` as a plain read-only array."""
    return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r"))
