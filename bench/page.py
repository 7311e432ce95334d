"""``docs/benchmarks.md``, made of ``bench/results.json``: what is measured, how to repeat it, and the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bench.measure import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["page"]

INTRODUCTION: Final = ROOT / "bench" / "introduction.md"


def page(results: dict[str, Any]) -> str:
    """The page for results, or those sections of it that were measured."""
    sections = results["sections"]
    parts = [INTRODUCTION.read_text("utf-8")]
    for name, write in _WRITERS.items():
        if name in sections:
            parts.append("\n".join([*write(sections[name]), "", _machine(sections[name])]) + "\n")
    return "\n".join(parts)


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> list[str]:
    names = list(head)
    line = "|".join(["---", *["---:"] * (len(names) - 1)])
    return [f"| {' | '.join(names)} |", f"|{line}|", *(f"| {' | '.join(map(_cell, row))} |" for row in rows)]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"
    return str(value)


def _machine(section: dict[str, Any]) -> str:
    told = section["machine"]
    sample = "**A quick run: small samples, one round.** " if section["quick"] else ""
    busy = f", load {told['load']} at the beginning" if told["load"] is not None else ""
    made = f"kg {told['kg']}, rules `{told['rules'][:12]}`"
    return f"{sample}Python {told['python']}, {told['cores']} cores{busy}; {made}."


def _times(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}x" if value < 100 else f"{value:.0f}x"


def _pipeline(section: dict[str, Any]) -> list[str]:
    rows = [
        (
            f"{row['text']} ({row['documents']} documents, {row['characters']:,} characters)" if not at else "",
            name,
            each["characters_per_second"],
            _times(each["ours_is_times"]) if at else "",
        )
        for row in section["texts"]
        for at, (name, each) in enumerate(row["contenders"].items())
    ]
    counts = [
        (row["text"], row["mentions"], row["facts"], row["quads"], row["peer_triples"]) for row in section["texts"]
    ]
    stages = list(section["stages"][0]["microseconds_per_character"])
    cost = [
        (row["text"], *(row["microseconds_per_character"][name] for name in stages), row["all"])
        for row in section["stages"]
    ]
    return [
        "## The whole pipeline, one core",
        "",
        *_table(("text", "", "characters a second", "ours is"), rows),
        "",
        "What was written:",
        "",
        *_table(("text", "mentions", "facts", "our quads", "spaCy's triples"), counts),
        "",
        "Where our time goes, in microseconds a character (by sampling the running program):",
        "",
        *_table(("text", *stages, "all"), cost),
    ]


def _growth(section: dict[str, Any]) -> list[str]:
    from bench.scale import STAGES

    builds = section["builds"]
    largest = builds[-1]
    rows = [
        (
            f"{row['documents']:,}",
            row["characters"],
            row["quads"],
            row["totals"]["triples"],
            sum(row["totals"]["facts"].values()),
            row["seconds"],
            round(row["characters"] / row["seconds"]),
            row["reading"]["seconds"],
            round(row["reading"]["characters"] / row["reading"]["seconds"]),
            row["reading"]["slope"],
        )
        for row in builds
    ]
    stages = [name for name in STAGES if any(name in row["stages"] for row in builds)]
    beside = {name for name in stages if largest["stages"].get(name, {}).get("beside")}
    cost = [
        (
            f"{row['documents']:,}",
            row["reading"]["seconds"],
            *(_spent_on(row, name) for name in stages),
            row["seconds"],
        )
        for row in builds
    ]
    names = [STAGES[name] + (" (beside)" if name in beside else "") for name in stages]
    processes = list(dict.fromkeys(name for row in builds for name in row["memory"]))
    memory = [(f"{row['documents']:,}", *(row["memory"].get(name) for name in processes)) for row in builds]
    head = "documents", "characters", "quads", "triples", "facts", "all, s", "characters a second"
    return [
        f"## Growth: `kg build --jobs {builds[0]['jobs']}`, from files to the whole folder",
        "",
        f"Documents of {round(largest['characters'] / largest['documents'], -2):,.0f} characters each, made of"
        f" paragraphs of {', '.join(f'`{name}`' for name in section['texts'])}.",
        "Slope: seconds of the last tenth of the characters read, by those of the first.",
        "",
        *_table((*head, "of it reading, s", "characters a second read", "slope"), rows),
        "",
        "Seconds of each step. Those beside are another process's, and go on while the main one does others:",
        "",
        *_table(("documents", "reading", *names, "all"), cost),
        "",
        "Most memory of each process, MB (of several of a kind, of the largest):",
        "",
        *_table(("documents", *processes), memory),
    ]


def _spent_on(row: dict[str, Any], name: str) -> float | None:
    """Seconds of a step; the one in which the documents are read counts without that."""
    if name not in row["stages"]:
        return None
    seconds: float = row["stages"][name]["seconds"]
    return round(seconds - row["reading"]["seconds"], 2) if name == "write_ledger" else seconds


def _workers(section: dict[str, Any]) -> list[str]:
    rows = [
        (
            name,
            row["start"],
            row["seconds"],
            _times(row["is_times_one"]),
            _times(row["reading_is_times_one"]),
            _times(row["by_processor"]),
            row["processor"],
            row["peak_mb"],
            row["memory_mb"],
        )
        for name, row in section["contenders"].items()
    ]
    head = "", "cluster starts, s", "reading, s", "speed-up", "without start-up", "by processor", "processor, s"
    return [
        "## Two workers",
        "",
        f"{section['documents']:,} documents ({section['characters']:,} characters) read into parts. Without start-up:",
        "from the first document's beginning on, when the processes are there and have loaded the pipeline. By",
        "processor: the processor time of the one process, by that of the busiest where there are two.",
        "",
        *_table((*head, "largest process, MB", "all processes, MB"), rows),
    ]


def _spent(section: dict[str, Any]) -> list[tuple[object, ...]]:
    return [(name, each["seconds"], each["processor_seconds"]) for name, each in section["contenders"].items()]


def _writing(section: dict[str, Any]) -> list[str]:
    return [
        f"## {section['quads']:,} quads written",
        "",
        "Ours are checked, sorted, each once, and streamed; rdflib's are added to its store and serialized.",
        "",
        *_table(("", "seconds", "processor seconds"), _spent(section)),
        "",
        "rdflib takes "
        + ", ".join(f"{_times(value)} ({name})" for name, value in section["rdflib_is_times"].items())
        + ".",
    ]


def _store(section: dict[str, Any]) -> list[str]:
    titles = {"load": "load", "group": "count by predicate (GROUP BY)", "hops": "quotes of a document (3 hops)"}
    rows = [
        (
            titles[name],
            *(each["seconds"] for each in row["contenders"].values()),
            *map(_times, row["rdflib_is_times"].values()),
        )
        for name, row in section.items()
        if name in titles
    ]
    names = list(section["load"]["contenders"])
    return [
        f"## {section['quads']:,} quads in a store",
        "",
        "rdflib is given the triples, once each; ours loads the quads and the triples that they hold.",
        "",
        *_table(("", *(f"{name}, s" for name in names), "on disk is faster", "in memory"), rows),
    ]


def _validation(section: dict[str, Any]) -> list[str]:
    big = section["large"]
    return [
        "## Validation",
        "",
        *_table((f"{section['triples']:,} triples", "seconds", "processor seconds"), _spent(section)),
        "",
        f"pySHACL takes {_times(section['pyshacl_is_times'])}. Ours checks {big['triples']:,} triples in"
        f" {_cell(big['seconds'])} s.",
    ]


def _queries(section: dict[str, Any]) -> list[str]:
    graphs = section["graphs"]
    head = [f"{graph['triples'] / 1_000_000:.1f} M triples: {name}" for graph in graphs for name in ("rows", "ms")]
    rows = [
        (
            name if name == first["query"] else f"{name} ({first['query']})",
            *(
                cell
                for each in (graph["queries"][name] for graph in graphs)
                for cell in (each["rows"], round(each["seconds"] * 1000))
            ),
        )
        for name, first in graphs[0]["queries"].items()
    ]
    return [
        "## Queries of the library",
        "",
        "Processor time of one process, from the SPARQL text to rows of Python objects, on the on-disk store. The",
        "graphs repeat the facts of the documents in `seeds/`, `tests/corpus/` and `tests/questions/documents/` with",
        "other keys and dates (`bench/graphs.py`), so a query that lists everything has ten times as many rows on a",
        "graph ten times as large: look at the rows too. A row costs some 20 to 120 microseconds, at ten",
        "million triples up to 300; rows come sorted, so the first of them waits for the last. Questions",
        "`q01` to `q25` are asked with their example's parameters.",
        "",
        *_table(("query", *head), rows),
    ]


_WRITERS: dict[str, Callable[[dict[str, Any]], list[str]]] = {
    "pipeline": _pipeline,
    "growth": _growth,
    "workers": _workers,
    "writing": _writing,
    "store": _store,
    "validation": _validation,
    "queries": _queries,
}
