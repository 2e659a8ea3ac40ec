"""People of the sandbox who do things, over HTTP, so that tests read like stories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.seen import Json, Seen, wait_until

if TYPE_CHECKING:
    from bot.sandbox.driver import Driver


class Person:
    """Somebody in the workspace. Channels are ids, `#name`, or `@handle` for a direct message."""

    def __init__(self, driver: Driver, who: str) -> None:
        self._driver = driver
        self.who = who
        self._path = f"/people/{who.removeprefix('@')}"

    @property
    def id(self) -> str:
        """The person's id."""
        return str(self._driver.get(self._path)["user"]["id"])

    def say(self, channel: str, text: str, *, thread: Seen | str = "", **more: Any) -> Seen:
        """Says something, in a thread if one is given."""
        thread_ts = thread.thread_ts if isinstance(thread, Seen) else thread
        return _seen(self._post("/say", channel=channel, text=text, thread_ts=thread_ts, **more))

    def edit(self, message: Seen, text: str) -> Seen:
        """Changes what one said."""
        return _seen(self._post("/edit", channel=message.channel, ts=message.ts, text=text))

    def delete(self, message: Seen) -> None:
        """Deletes what one said."""
        self._post("/delete", channel=message.channel, ts=message.ts)

    def react(self, message: Seen, name: str, *, remove: bool = False) -> None:
        """Adds a reaction, or takes it away."""
        self._post("/react", channel=message.channel, ts=message.ts, name=name, remove=remove)

    def join(self, channel: str) -> None:
        """Joins a channel."""
        self._post("/join", channel=channel)

    def leave(self, channel: str) -> None:
        """Leaves a channel."""
        self._post("/leave", channel=channel)

    def upload(self, channel: str, name: str, content: str, **more: Any) -> Seen:
        """Shares a text file."""
        return _seen(self._post("/upload", channel=channel, name=name, content=content, **more))

    def download(self, file_id: str) -> bytes:
        """Returns a file's bytes."""
        return self._driver.read_bytes(f"{self._path}/files/{file_id}")

    def command(self, text: str, *, channel: str = "#general") -> Json:
        """Types a slash command, as in `/muster help`."""
        command, _, rest = text.partition(" ")
        return self._post("/command", channel=channel, command=command, text=rest)

    def press(self, holder: Seen | str, action_id: str, value: Any = None, *, block_id: str = "") -> Json:
        """Presses a button or uses a menu: in a message, the open modal (`"modal"`), or the `"home"` tab."""
        body: Json = {"action_id": action_id, "value": value, "block_id": block_id}
        if isinstance(holder, Seen):
            body |= {"channel": holder.channel, "ts": holder.ts}
        return self._post("/press", home=holder == "home", **body)

    def suggestions(self, holder: Seen | str, action_id: str, typed: str = "") -> Json:
        """Types into an external menu and returns the app's options."""
        where = {"channel": holder.channel, "ts": holder.ts} if isinstance(holder, Seen) else {}
        return self._post("/suggest", action_id=action_id, value=typed, home=holder == "home", **where)

    def shortcut(self, callback_id: str, message: Seen | None = None) -> Json:
        """Uses a global shortcut, or one on a message."""
        where = {"channel": message.channel, "ts": message.ts} if message else {}
        return self._post("/shortcut", callback_id=callback_id, **where)

    def submit(self, **values: Any) -> Json:
        """Fills in and submits the open modal, by block ids, action ids or labels."""
        return self._post("/submit", values=values)

    def close(self, *, everything: bool = False) -> Json:
        """Closes the open modal, or all."""
        return self._post("/close", everything=everything)

    def open_home(self, tab: str = "home") -> None:
        """Opens the app's page."""
        self._post("/open_home", tab=tab)

    def look_at(self, channel: str) -> None:
        """Has a channel open beside the direct message with the app."""
        self._post("/look_at", channel=channel)

    def history(self, channel: str, **more: Any) -> list[Seen]:
        """Returns what this person sees in a conversation, oldest first."""
        return _all_seen(self._get("/history", channel=channel, **more))

    def thread(self, message: Seen) -> list[Seen]:
        """Returns a thread as this person sees it, its first message first."""
        return _all_seen(self._get("/thread", channel=message.channel, ts=message.thread_ts))

    def status(self, message: Seen) -> str:
        """Returns the app's status in a thread, empty without one."""
        return str(
            (self._get("/thread", channel=message.channel, ts=message.thread_ts)["status"] or {}).get(
                "status", ""
            )
        )

    def prompts(self) -> list[Json]:
        """Returns what the app suggests to ask in the direct message with it."""
        shown = self._get("/history", channel="@" + self._driver.get("")["app"]["name"])["prompts"]
        return list(shown["prompts"]) if shown else []

    def ephemerals(self, channel: str = "") -> list[Seen]:
        """Returns what only this person sees."""
        return [_seen_shape(m["channel"], m) for m in self._get("/ephemerals", channel=channel)["messages"]]

    def view(self) -> Json | None:
        """Returns the modal that this person sees."""
        found: Json | None = self._get("/views")["view"]
        return found

    def home(self) -> Json | None:
        """Returns the Home tab."""
        found: Json | None = self._get("/views")["home"]
        return found

    def sees(self, where: str | Seen, containing: str = "", *, timeout: float = 10.0) -> Seen:
        """Waits until the app has said something with these words, in a channel or in a message's thread.

        Raises:
            TimeoutError: it did not, with what this person sees instead.
        """

        def found() -> Seen | None:
            return next((m for m in reversed(self._shown(where)) if _says(m, containing)), None)

        try:
            return wait_until(found, timeout, f"the app to say {containing!r} to {self.who}")
        except TimeoutError as error:
            seen = [m.words[:200] for m in self._shown(where)]
            raise TimeoutError(f"{error}; seen instead: {seen}") from error

    def gets_view(self, title: str = "", *, timeout: float = 10.0) -> Json:
        """Waits until a modal with this title is open."""

        def found() -> Json | None:
            view = self.view()
            return view if view and title in view["title"]["text"] else None

        return wait_until(found, timeout, f"a modal {title!r} for {self.who}")

    def _shown(self, where: str | Seen) -> list[Seen]:
        if isinstance(where, str):
            return self.history(where)
        return [m for m in self.thread(where) if m.ts != where.ts]

    def _post(self, path: str, **body: Any) -> Json:
        return self._driver.post(self._path + path, **body)

    def _get(self, path: str, **params: Any) -> Json:
        return self._driver.get(self._path + path, **params)


def _says(message: Seen, words: str) -> bool:
    streaming = message.shape.get("streaming_state") == "in_progress"
    return bool(message.shape.get("bot_id")) and words in message.words and not streaming


def _seen(body: Json) -> Seen:
    return _seen_shape(body["channel"], body["message"])


def _seen_shape(channel: str, shape: Json) -> Seen:
    return Seen(channel=channel, ts=shape["ts"], shape=shape)


def _all_seen(body: Json) -> list[Seen]:
    return [_seen_shape(body["channel"], shape) for shape in body["messages"]]
