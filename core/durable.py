"""That things happen once and to the end: the only importer of DBOS.

A workflow is a function of one JSON object, registered by name. Starting it with a key makes it
durable before `start` returns; starting the same name and key again is harmless. What a killed
process had begun, the next one goes on with. A step that finished is not repeated; one that was
interrupted is, so what a step does must bear repeating.

Trap: there is one DBOS in a process, so one `Durable` may be launched at a time.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions, Queue, SetEnqueueOptions, SetWorkflowID
from dbos._recovery import recover_pending_workflows  # only the vendor's hosted service has a public way in
from dbos._serialization import DBOSPortableJSON
from sqlalchemy import Engine

from core.durable_queue import QueueWorker
from core.durable_store import open_locks, open_store
from core.errors import InputError
from core.executors import NAMES, Lease, Locks, take_first

logger = logging.getLogger(__name__)

Json = dict[str, Any]
Run = Callable[[Json], None]

APPLICATION = "muster"
VERSION = "1"
"""One version for every release: an upgrade goes on with what the release before it had begun."""

POLLED_EVERY_S = 0.1
RECOVERY_EVERY_S = 5.0
NOTICED_EVERY_S = 1.0
GLANCE_S = 0.02
KEPT = timedelta(days=30)
PRUNED_AT_ONCE = 500
MOST_RECOVERIES = 100
DIRECT = ""
"""The queue of workflows that wait for nobody."""


class Stopping(BaseException):
    """Ends a workflow's thread at shutdown and leaves the workflow to the next process.

    No `Exception`: those the engine records as the workflow's outcome.
    """


class Starter(Protocol):
    """What can start workflows: the running engine, or a client beside it."""

    def start(
        self, workflow: str, key: str, argument: Json, *, queue: str = DIRECT, partition: str = ""
    ) -> None:
        """Makes the workflow durable, once for each `workflow` and `key`."""
        ...


class Durable:
    """The engine of one process: register workflows and queues, launch, start, close."""

    def __init__(
        self,
        *,
        home: Path,
        database_url: str,
        recovery_every_s: float = RECOVERY_EVERY_S,
        polled_every_s: float = POLLED_EVERY_S,
    ) -> None:
        self._home = home
        self._database_url = database_url
        self._recovery_every_s = recovery_every_s
        self._polled_every_s = polled_every_s
        self._runs: dict[str, Run] = {}
        self._started: dict[str, Callable[[Json], None]] = {}
        self._queues: list[str] = []
        self._workers: dict[str, QueueWorker] = {}
        self._engine: Engine | None = None
        self._locks: Locks | None = None
        self._lease: Lease | None = None
        self._dbos: DBOS | None = None
        self._keeper: threading.Thread | None = None
        self._idle = threading.Condition()
        self._running = 0
        self._stopping = threading.Event()
        self.executor = ""
        self.on_lost: Callable[[], None] = lambda: None

    def workflow(self, name: str, run: Run) -> None:
        """Registers what `start(name, …)` runs; before `launch`, for recovery needs it at once."""
        if name in self._runs:
            raise InputError(f"workflow {name!r} is registered twice")
        self._runs[name] = run

    def queue(self, name: str) -> None:
        """Registers a queue that runs one workflow of a partition at a time, in order."""
        self._queues.append(name)

    def launch(self) -> None:
        """Takes an executor's name, starts the engine, and goes on with what a dead one had begun."""
        self._stopping.clear()
        self._engine = open_store(self._home, self._database_url)
        self._locks = open_locks(self._home, self._engine)
        self.executor, self._lease = take_first(self._locks)
        # With a handler in place, the vendor's logger adds none of its own and speaks through ours.
        logging.getLogger("dbos").addHandler(logging.NullHandler())
        self._dbos = DBOS(config=_configuration(self._engine, self.executor))
        for name, run in self._runs.items():
            self._started[name] = DBOS.workflow(name=name, max_recovery_attempts=MOST_RECOVERIES)(
                _fresh(self._counted, name, run)
            )
        DBOS.listen_queues([])  # our own workers do, see durable_queue.py
        try:
            DBOS.launch()
            for queue in self._queues:
                self._workers[queue] = QueueWorker(self._dbos, self._registered(queue), self._engine)
        except BaseException:
            self.close(within=0.0)  # the next launch in this process must not find half of this one
            raise
        self._keeper = threading.Thread(target=self._keep, name="durable-keeper", daemon=True)
        self._keeper.start()
        logger.info("durable engine runs executor=%s", self.executor)

    def start(
        self, workflow: str, key: str, argument: Json, *, queue: str = DIRECT, partition: str = ""
    ) -> None:
        """Makes the workflow durable, then runs it: at once, or when its queue's partition is free.

        Trap: never inside an open write transaction; SQLite would wait for itself.
        """
        if queue not in {DIRECT, *self._queues}:
            raise InputError(f"queue {queue!r} is not registered")
        run = self._started[workflow]
        with SetWorkflowID(workflow_id(workflow, key)):
            if queue == DIRECT:
                DBOS.start_workflow(run, argument)
                return
            with SetEnqueueOptions(queue_partition_key=partition):
                DBOS.enqueue_workflow(queue, run, argument)
        if queue in self._workers:  # not yet, where a recovered workflow speaks before `launch` returns
            self._workers[queue].ring()

    def step(self, name: str, act: Callable[[], Json]) -> Json:
        """Runs `act` inside a workflow and keeps what it returns: it is not run again after a crash."""
        return DBOS.run_step({"name": name}, act)

    def finished(self, workflow: str, key: str) -> bool | None:
        """Tells whether a workflow has come to its end; None where it was never started."""
        status = DBOS.get_workflow_status(workflow_id(workflow, key))
        return None if status is None else status.status not in {"PENDING", "ENQUEUED", "DELAYED"}

    def pause(self, seconds: float) -> None:
        """Waits inside a workflow; raises `Stopping` when the process shuts down meanwhile."""
        if self._stopping.wait(seconds):
            raise Stopping

    @property
    def stopping(self) -> bool:
        """Tells whether the engine is about to close."""
        return self._stopping.is_set()

    def healthy(self) -> bool:
        """Tells whether the engine runs and still holds its executor's name."""
        return self._lease is not None and self._lease.held() and not self.stopping

    def close(self, *, within: float = 20.0) -> bool:
        """Lets running workflows finish for `within` seconds, then leaves the rest to the next process.

        Returns whether all had finished.
        """
        if self._engine is None or self._dbos is None:
            return True
        for stop in self._dbos.background_thread_stop_events:
            stop.set()  # takes nothing more from its internal queue
        for worker in self._workers.values():
            worker.stop()
        finished = self._finishes(within)
        self._stopping.set()
        DBOS.destroy(destroy_registry=True)
        if self._keeper is not None:
            self._keeper.join(timeout=RECOVERY_EVERY_S)
        if self._lease is not None:
            self._lease.release()
        self._engine.dispose()
        self._engine = self._dbos = self._lease = self._keeper = None
        self._workers = {}
        return finished

    def _registered(self, queue: str) -> Queue:
        return DBOS.register_queue(
            queue,
            partition_concurrency=1,
            polling_interval_sec=self._polled_every_s,
            on_conflict="always_update",
        )

    def _finishes(self, within: float) -> bool:
        """Waits for what runs, and for what was started and has no thread yet: the database knows it."""
        deadline = time.monotonic() + within
        while True:
            with self._idle:
                self._idle.wait_for(lambda: self._running == 0, timeout=max(0.0, deadline - time.monotonic()))
            if not DBOS.list_workflows(
                status="PENDING", executor_id=self.executor, limit=1, load_input=False
            ):
                return True
            if time.monotonic() >= deadline:
                return False
            time.sleep(GLANCE_S)

    def _counted(self, name: str, run: Run, argument: Json) -> None:
        with self._idle:
            self._running += 1
        try:
            run(argument)
        except Stopping:
            raise
        except Exception:
            logger.exception("workflow failed workflow=%s id=%s", name, DBOS.workflow_id)
            raise
        finally:
            with self._idle:
                self._running -= 1
                self._idle.notify_all()

    def _keep(self) -> None:
        """Takes over from dead processes, drops what is long done, and watches its own lock."""
        prune_at = time.monotonic()
        while not self._stopping.wait(self._recovery_every_s):
            try:
                if self._lease is not None and not self._lease.held():
                    logger.critical("lost the lock of its name, stops executor=%s", self.executor)
                    self.on_lost()
                    return
                self._take_over()
                if time.monotonic() >= prune_at:
                    _prune()
                    prune_at = time.monotonic() + timedelta(hours=1).total_seconds()
            except Exception:
                if not self.stopping:
                    logger.exception("the durable engine's housekeeping failed; it tries again")

    def _take_over(self) -> None:
        if self._locks is None or self._dbos is None:
            return
        pending = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)
        owners = {status.executor_id for status in pending if status.executor_id}
        for name in sorted(owners & set(NAMES) - {self.executor}):
            lease = self._locks.take(name)
            if lease is None:
                continue
            try:
                taken = recover_pending_workflows(self._dbos, [name])
                logger.warning("took over from a dead process executor=%s workflows=%d", name, len(taken))
            finally:
                lease.release()


class DurableClient:
    """Starts workflows from a process that runs none: a command beside a running bot."""

    def __init__(self, *, home: Path, database_url: str) -> None:
        self._engine = open_store(home, database_url)
        self._client = DBOSClient(
            system_database_engine=self._engine, serializer=DBOSPortableJSON, application_name=APPLICATION
        )

    def start(self, workflow: str, key: str, argument: Json, *, queue: str, partition: str = "") -> None:
        """Makes the workflow durable; a running engine takes it from its queue."""
        options: EnqueueOptions = {
            "workflow_name": workflow,
            "queue_name": queue,
            "workflow_id": workflow_id(workflow, key),
            "queue_partition_key": partition,
            "app_version": VERSION,
        }
        self._client.enqueue(options, argument)

    def close(self) -> None:
        """Lets go of the database."""
        self._client.destroy()
        self._engine.dispose()


def workflow_id(workflow: str, key: str) -> str:
    """Returns the one id of a workflow and its natural key."""
    if not key:
        raise InputError(f"workflow {workflow!r} needs a key, got an empty one")
    return f"{workflow}:{key}"


def _fresh(counted: Callable[[str, Run, Json], None], name: str, run: Run) -> Callable[[Json], None]:
    """Returns a fresh function for the engine, which hangs its own marks on what it registers."""

    def body(argument: Json) -> None:
        counted(name, run, argument)

    return body


def _configuration(engine: Engine, executor: str) -> DBOSConfig:
    return {
        "name": APPLICATION,
        "system_database_engine": engine,
        "executor_id": executor,
        "application_version": VERSION,
        "serializer": DBOSPortableJSON,
        "log_level": "WARNING",
        "enable_otlp": False,
        "use_listen_notify": False,
        "notification_listener_polling_interval_sec": NOTICED_EVERY_S,
    }


def _prune() -> None:
    before = (datetime.now(UTC) - KEPT).isoformat()
    old = DBOS.list_workflows(
        status=["SUCCESS", "ERROR", "CANCELLED"],
        completed_before=before,
        limit=PRUNED_AT_ONCE,
        load_input=False,
        load_output=False,
    )
    if old:
        DBOS.delete_workflows([status.workflow_id for status in old])
