"""Who is there: users, user groups, and finding them by id or by the name people type."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.sandbox.errors import SlackError
from bot.sandbox.workspace.records import Group, User


class Directory:
    """The workspace's users and user groups. Each change is handed to `keep`."""

    def __init__(self, keep: Callable[[User | Group], None]) -> None:
        self._keep = keep
        self.users: dict[str, User] = {}
        self.groups: dict[str, Group] = {}
        self._handles: dict[str, str] = {}

    def put(self, record: User | Group) -> None:
        """Adds or replaces a user or a group."""
        if isinstance(record, User):
            self.users[record.id] = record
            self._handles[record.name] = record.id
        else:
            self.groups[record.id] = record
        self._keep(record)

    def user(self, user_id: str) -> User:
        """Returns a user by id; raises `user_not_found`."""
        found = self.users.get(user_id)
        if found is None:
            raise SlackError("user_not_found")
        return found

    def named(self, who: str) -> User:
        """Returns a user by id or handle, with or without the at sign; raises `user_not_found`."""
        handle = who.removeprefix("@")
        return self.user(self._handles.get(handle, handle))

    def by_handle(self, handle: str) -> User | None:
        """Returns the user with this handle, if there is one."""
        return self.users.get(self._handles.get(handle, ""))

    def group(self, group_id: str) -> Group:
        """Returns a group by id or handle; raises `no_such_subteam`."""
        handle = group_id.removeprefix("@")
        found = self.groups.get(group_id) or next(
            (g for g in self.groups.values() if g.handle == handle), None
        )
        if found is None:
            raise SlackError("no_such_subteam")
        return found

    def full_members(self) -> Iterable[User]:
        """Yields those whom `*` in a seed stands for: neither guests nor bots nor deactivated."""
        return (u for u in self.users.values() if not (u.is_bot or u.guest or u.deactivated))
