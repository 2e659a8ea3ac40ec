"""The errors of Muster, each with a sentence that tells a person what to do.

    MusterError
    ├── RetryableError        the same call may succeed later
    │   ├── BusyError         somebody else holds what is needed (a lock, a store)
    │   └── UnavailableError  a server does not answer, or answers with its own failure
    └── PermanentError        the same call will fail again
        ├── SettingError      a setting is missing or wrong
        ├── InputError        what was given can't be used
        ├── NotFoundError     what was named is not there
        ├── StorageError      a disk, or a file on it, fails
        └── RefusedError      it is there, and this person may not

Only the two branches matter to those who catch: worth retrying, or not.
"""

from __future__ import annotations


class MusterError(Exception):
    """Something went wrong; `str(error)` is a sentence that can be shown to a person.

    `cure` is what to do about it, in a sentence of its own, or empty.
    """

    exit_code = 1

    def __init__(self, message: str, *, cure: str = "") -> None:
        super().__init__(message)
        self.cure = cure

    @property
    def sentence(self) -> str:
        """Returns the message and its cure as one line of text."""
        return f"{self} {self.cure}".strip()


class RetryableError(MusterError):
    """The same call may succeed later."""

    exit_code = 75


class BusyError(RetryableError):
    """Somebody else holds what is needed: a lock, a store."""


class UnavailableError(RetryableError):
    """A server does not answer, or answers with a failure of its own.

    `retry_after` is how long it asks to be left alone, in seconds, where it said so.
    """

    def __init__(self, message: str, *, cure: str = "", retry_after: float | None = None) -> None:
        super().__init__(message, cure=cure)
        self.retry_after = retry_after


class PermanentError(MusterError):
    """The same call will fail again."""


class SettingError(PermanentError):
    """A setting is missing or wrong."""

    exit_code = 78


class InputError(PermanentError):
    """What was given can't be used."""

    exit_code = 2


class NotFoundError(PermanentError):
    """What was named is not there."""


class StorageError(PermanentError):
    """A disk, or a file on it, can't be read or written."""

    exit_code = 74


class RefusedError(PermanentError):
    """It is there, and this person may not."""
