"""Open modals, at most three on top of each other a person, and everybody's Home tab."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from bot.sandbox.errors import SlackError
from bot.sandbox.workspace.ids import random_id
from bot.sandbox.workspace.records import Json, View

DEEPEST = 3


class Views:
    """The views of the workspace. Home tabs are handed to `keep_home`."""

    def __init__(self, keep_home: Callable[[View], None]) -> None:
        self._keep_home = keep_home
        self._views: dict[str, View] = {}
        self._stacks: dict[str, list[str]] = {}
        self._homes: dict[str, str] = {}
        self._edition = 0

    def open(self, user: str, payload: Json, *, channel: str = "") -> View:
        """Shows a modal in place of whatever this person had open."""
        self._check_external(payload)
        for view_id in self._stacks.pop(user, []):
            self._views.pop(view_id, None)
        return self._push(user, payload, channel)

    def push(self, user: str, payload: Json, *, channel: str = "") -> View:
        """Shows a modal on top of the one that is open; raises `push_limit_reached`."""
        if len(self._stacks.get(user, [])) >= DEEPEST:
            raise SlackError("push_limit_reached")
        self._check_external(payload)
        return self._push(user, payload, channel)

    def update(self, view: View, payload: Json) -> View:
        """Changes what an open view shows; what people entered in blocks that stay is kept."""
        if payload.get("external_id") != view.payload.get("external_id"):
            self._check_external(payload)
        view.payload = payload
        view.hash = self._next_hash()
        view.errors = {}
        if view.is_home:
            self._keep_home(view)
        return view

    def publish(self, user: str, payload: Json) -> View:
        """Shows a Home tab."""
        known = self._views.get(self._homes.get(user, ""))
        if known is not None:
            return self.update(known, payload)
        view = View(id=random_id("V"), user=user, payload=payload, hash=self._next_hash())
        view.root = view.id
        self.restore_home(view)
        return view

    def restore_home(self, view: View) -> None:
        """Adds a Home tab as it is."""
        self._views[view.id] = view
        self._homes[view.user] = view.id
        self._keep_home(view)

    def home(self, user: str) -> View | None:
        """Returns a person's Home tab."""
        return self._views.get(self._homes.get(user, ""))

    def stack(self, user: str) -> list[View]:
        """Returns a person's open modals, the top one last."""
        return [self._views[i] for i in self._stacks.get(user, [])]

    def top(self, user: str) -> View | None:
        """Returns the modal that a person sees."""
        stack = self.stack(user)
        return stack[-1] if stack else None

    def find(self, *, view_id: str = "", external_id: str = "") -> View:
        """Returns a view by either id; raises `not_found`."""
        if view_id:
            found = self._views.get(view_id)
        else:
            found = next(
                (v for v in self._views.values() if v.payload.get("external_id") == external_id), None
            )
        if found is None:
            raise SlackError("not_found")
        return found

    def pop(self, user: str) -> View | None:
        """Closes the modal that a person sees and returns it."""
        stack = self._stacks.get(user, [])
        return self._views.pop(stack.pop(), None) if stack else None

    def clear(self, user: str) -> list[View]:
        """Closes all of a person's modals and returns them, the top one first."""
        return [self._views.pop(view_id) for view_id in reversed(self._stacks.pop(user, []))]

    def _push(self, user: str, payload: Json, channel: str) -> View:
        stack = self._stacks.setdefault(user, [])
        view = View(id=random_id("V"), user=user, payload=payload, hash=self._next_hash(), channel=channel)
        view.root = stack[0] if stack else view.id
        view.previous = stack[-1] if stack else ""
        stack.append(view.id)
        self._views[view.id] = view
        return view

    def _check_external(self, payload: Json) -> None:
        wanted = payload.get("external_id")
        if wanted and any(v.payload.get("external_id") == wanted for v in self._views.values()):
            raise SlackError("duplicate_external_id")

    def _next_hash(self) -> str:
        self._edition += 1
        digest = hashlib.sha256(str(self._edition).encode()).hexdigest()[:8]
        return f"{self._edition}.{digest}"
