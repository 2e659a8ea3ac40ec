"""What is counted, and where: one registry an application, so that two in a process don't mix."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Metrics:
    """The figures of a running Muster, in Prometheus's manner."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.stimuli = Counter(
            "muster_stimuli",
            "What reached the door: events, commands, clicks.",
            ["kind"],
            registry=self.registry,
        )
        self.acknowledged = Histogram(
            "muster_acknowledgement_seconds",
            "From a stimulus's arrival to its acknowledgement.",
            buckets=SECONDS,
            registry=self.registry,
        )
        self.answers = Counter(
            "muster_answers",
            "Questions answered, by outcome: found, not_found, failed.",
            ["outcome", "mode"],
            registry=self.registry,
        )
        self.answered = Histogram(
            "muster_answer_seconds",
            "From a question's start to its last word.",
            buckets=SECONDS,
            registry=self.registry,
        )
        self.deliveries = Counter(
            "muster_deliveries",
            "Messages by what became of them: sent, edited, adopted, failed.",
            ["outcome"],
            registry=self.registry,
        )
        self.retries = Counter(
            "muster_delivery_retries", "Calls repeated, by reason.", ["reason"], registry=self.registry
        )
        self.failures = Counter(
            "muster_failures", "Work that ended in an error, by edge.", ["edge"], registry=self.registry
        )
        self.connected = Gauge(
            "muster_slack_connected", "1 while Slack's socket is open.", registry=self.registry
        )

    def text(self) -> bytes:
        """Returns the figures as Prometheus reads them."""
        return generate_latest(self.registry)
