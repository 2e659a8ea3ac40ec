"""Bytes into text, or a clear no: by the byte order mark, as UTF-8, else by the best guess."""

from __future__ import annotations

import codecs

from core.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f\v\x1b\b")
_SAMPLE = 64 * 1024
_CONTROL_SHARE = 0.01


def decode(content: bytes, *, charset: str = "") -> str:
    """Returns the text with line feeds at its line ends; `charset` is what a server said, tried first.

    Raises `InputError` with the reason where the bytes are no text, or not in their encoding.
    """
    text = _decoded(content, charset)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\N{REPLACEMENT CHARACTER}")


def looks_binary(content: bytes) -> bool:
    """Tells whether bytes without a byte order mark are no text, by their control characters."""
    sample = content[:_SAMPLE]
    controls = sum(byte in _CONTROLS for byte in sample)
    return 0 in sample or controls > len(sample) * _CONTROL_SHARE


def _decoded(content: bytes, charset: str) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(content, encoding)
    if looks_binary(content):
        raise InputError("is binary, not text")
    if charset:
        try:
            return content.decode(charset)
        except (LookupError, UnicodeDecodeError):
            pass
    try:
        return content.decode()
    except UnicodeDecodeError:
        return _guessed(content)


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"says it is {encoding} and is not, at byte {error.start}") from error


def _guessed(content: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415  # seldom needed

    found = from_bytes(content[:_SAMPLE])
    best = found.best()
    if best is None:
        raise InputError("is text in no encoding that can be told; save it as UTF-8")
    equal = [one for one in found if one.chaos <= best.chaos and one.coherence >= best.coherence]
    western = any("cp1252" in one.could_be_from_charset for one in equal)
    return _strict(content, "cp1252" if western else best.encoding)
