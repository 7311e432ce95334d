"""The line on a terminal: documents, speed, time left."""

from __future__ import annotations

from collections.abc import Iterator

from kg.cli.counter import Counter


def test_documents_speed_and_time_left() -> None:
    lines: list[str] = []
    seconds: Iterator[float] = iter((0.0, 10.0, 20.0, 30.0, 40.0))
    counter = Counter(lines.append, lambda: next(seconds))
    counter(100, 300, "a.txt")
    counter(101, 300, "b.txt")
    counter.tally(250_000)
    counter(120, 300, "c.txt")
    counter.tally(250_000)
    counter(280, 300, "d" * 100)
    counter(101, 100_000, "e")
    assert lines == [
        "[100/300] a.txt",
        "[101/300, 33 min left] b.txt",
        "[120/300, 12,500 characters a second, 3 min left] c.txt",
        f"[280/300, 16,667 characters a second, 3 s left] {'d' * 60}",
        "[101/100000, 12,500 characters a second, 1109 h 59 min left] e",
    ]
