"""A client of the sandbox's own addresses."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import httpx

from bot.sandbox.person import Person
from bot.sandbox.seen import Json, wait_until


class SandboxRefusedError(Exception):
    """The sandbox said no to what a person did; `name` is Slack's word for it."""

    def __init__(self, name: str, details: Json) -> None:
        super().__init__(f"{name}: {details}")
        self.name = name
        self.details = details


class Driver:
    """Speaks to a running sandbox at an address, wherever that runs."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self._client = httpx.Client(base_url=base_url, timeout=30.0, trust_env=False)

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def person(self, who: str) -> Person:
        """Returns somebody by handle or id."""
        return Person(self, who)

    def read_bytes(self, path: str) -> bytes:
        """Returns what lies below `/sandbox` as it is."""
        return self._client.get(f"/sandbox{path}").raise_for_status().content

    def get(self, path: str, **params: Any) -> Json:
        """Reads below `/sandbox`."""
        given = {k: v for k, v in params.items() if v is not None}
        return _body(self._client.get(f"/sandbox{path}", params=given))

    def post(self, path: str, **body: Any) -> Json:
        """Does something below `/sandbox`."""
        return _body(self._client.post(f"/sandbox{path}", json=body))

    def patch(self, path: str, **body: Any) -> Json:
        """Changes something below `/sandbox`."""
        return _body(self._client.patch(f"/sandbox{path}", json=body))

    def delete(self, path: str) -> Json:
        """Empties something below `/sandbox`."""
        return _body(self._client.delete(f"/sandbox{path}"))

    def now(self) -> datetime:
        """Returns the workspace's time."""
        return datetime.fromisoformat(self.get("/clock")["now"])

    def advance(self, by: timedelta) -> datetime:
        """Moves the workspace's clock forward."""
        return datetime.fromisoformat(self.post("/clock", seconds=by.total_seconds())["now"])

    def fault(self, kind: str, method: str = "*", **more: Any) -> int:
        """Arms a fault; see `controls/faults.py` for what it may say."""
        return int(self.post("/faults", kind=kind, method=method, **more)["id"])

    def calls(self, name: str = "") -> list[Json]:
        """Returns the app's calls in the journal, oldest first."""
        return list(self.get("/journal", kind="call", name=name, most=5000)["entries"])

    def deliveries(self, name: str = "") -> list[Json]:
        """Returns the deliveries to the app in the journal, oldest first."""
        return list(self.get("/journal", kind="delivery", name=name, most=5000)["entries"])

    def settle(self, timeout: float = 10.0) -> None:
        """Waits until the app has acknowledged everything, or it was given up."""
        wait_until(lambda: self.get("/delivery")["pending"] == 0, timeout, "everything to be acknowledged")


def _body(response: httpx.Response) -> Json:
    body: Json = response.json()
    if response.is_error:
        raise SandboxRefusedError(str(body.get("error", response.status_code)), body)
    return body
