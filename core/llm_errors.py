"""What went wrong with a model, in our words: the vendor's errors mapped onto `core.errors`.

The server's own text never gets into a sentence: it may quote the key.
"""

from __future__ import annotations

from core.errors import InputError, MusterError, SettingError, UnavailableError

UNAUTHORIZED, FORBIDDEN, NOT_FOUND, TOO_MANY, SERVER = 401, 403, 404, 429, 500
WAITING = frozenset({408, 409, 425})
"""Statuses of a server that may answer later."""
SOLD_OUT = "insufficient_quota"
BROKE = "The connection to the model's server broke."
REPORTED = "The model's server reported a failure in the middle of its answer."
UNREADABLE = "The model's server sent something that can't be read."


def too_slow(within_s: float) -> UnavailableError:
    """Returns the error for a model that did not end in time."""
    return UnavailableError(f"The model did not finish within {round(within_s, 1):g} s.")


def explained(error: Exception, *, model: str, within_s: float) -> MusterError:
    """Returns our error for whatever the client raised; the original belongs in its `__cause__`."""
    import openai  # noqa: PLC0415  # costs 1 s, and is loaded whenever there is an error to explain

    if isinstance(error, MusterError):
        return error
    if isinstance(error, openai.APIStatusError):
        return _refused(error.status_code, str(error.code or ""), _retry_after(error), model)
    kinds = _kinds(error)
    if isinstance(error, openai.APITimeoutError) or "Timeout" in kinds:
        return too_slow(within_s)
    if "ConnectError" in kinds:
        cure = "Check OPENAI_BASE_URL and the network."
        return UnavailableError("The model's server can't be reached.", cure=cure)
    broke = isinstance(error, openai.APIConnectionError) or "TransportError" in kinds
    reported = isinstance(error, openai.APIError) and not isinstance(error, openai.APIResponseValidationError)
    return UnavailableError(BROKE if broke else REPORTED if reported else UNREADABLE)


def root_of(error: BaseException) -> BaseException:
    """Returns the error that all the others were raised for: the library's, or the system's."""
    return _chain(error)[-1]


def _chain(error: BaseException) -> list[BaseException]:
    chain = [error]
    while below := chain[-1].__cause__ or chain[-1].__context__:
        chain.append(below)
    return chain


def _kinds(error: BaseException) -> set[str]:
    """Returns what the HTTP library's errors below this one are, by name: there are two libraries."""
    kinds = {kind for below in _chain(error) for kind in type(below).__mro__}
    names = {kind.__name__ for kind in kinds if kind.__module__.partition(".")[0] in {"httpx", "httpx2"}}
    return names | ({"Timeout"} if any("Timeout" in name for name in names) else set())


def _refused(status: int, code: str, retry_after: float | None, model: str) -> MusterError:
    if status in {UNAUTHORIZED, FORBIDDEN}:
        return SettingError(f"The model's server refused the key ({status}).", cure="Check OPENAI_API_KEY.")
    if status == NOT_FOUND:
        return SettingError(
            f"The model's server knows no model {model!r} ({status}).",
            cure="Check OPENAI_MODEL and OPENAI_BASE_URL.",
        )
    if status == TOO_MANY and code == SOLD_OUT:
        return SettingError("The model's account has no credit left.", cure="See the plan of OPENAI_API_KEY.")
    if status == TOO_MANY:
        return UnavailableError(
            "The model's server is asked too much at the moment (429).", retry_after=retry_after
        )
    if status >= SERVER or status in WAITING:
        return UnavailableError(f"The model's server failed ({status}).", retry_after=retry_after)
    return InputError(f"The model's server refused the request ({status}).")


def _retry_after(error: object) -> float | None:
    response = getattr(error, "response", None)
    said = response.headers.get("retry-after", "") if response is not None else ""
    try:
        return max(0.0, float(said))
    except ValueError:
        return None
