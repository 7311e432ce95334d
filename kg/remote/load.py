"""A graph into a triple store: parsed, sent, counted, read back, one named graph after the other.

A graph is put together under a name of its own, counted and read back there, and only then takes its place by one MOVE;
so readers of a named graph see the old one or the new one, and a process or a store that dies in between leaves the
old one. Stores whose PUT is one transaction get one PUT instead. Where a store knows neither (``generic`` without
updates), a graph that failed is removed.
"""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import ConfigError, StoreError
from kg.remote.client import BrokenError, Client, Credentials, split_credentials
from kg.remote.compare import Comparison
from kg.remote.detect import Found, find_store
from kg.remote.options import Options
from kg.remote.profiles import find_addresses
from kg.remote.report import GraphState, LoadFailedError, LoadReport, State
from kg.remote.spool import Piece, Spool, Upload
from kg.remote.store import RemoteStore
from kg.triples.things import STAGING, staging_graph
from kg.vocabulary import prefixes

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["connect", "load_graph"]

_INSERT: Final = 1_000
_SUBJECTS: Final = 50


def load_graph(
    source: str | Path,
    url: str,
    options: Options | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> LoadReport:
    """Put the graph at ``source`` (a built folder or a graph file) into the store at ``url``.

    Raises `GraphError` for a source that cannot be read or does not parse (nothing is sent then), `ConfigError` for
    what does not fit, `MissingExtraError` without httpx, `LoadFailedError` with the report for all that goes wrong
    with the store.
    """
    options = options or Options()
    url, user, password = split_credentials(url)
    credentials = options.credentials
    if user and not credentials.given:
        credentials = Credentials(user, password)
    options.check()
    digest = options.profile == "virtuoso"
    client = Client(credentials, digest=digest, timeout=options.timeout, retries=options.retries, sleep=options.sleep)
    try:
        with tempfile.TemporaryDirectory(prefix="kg-load-") as folder:
            spool = Spool(Path(source), Path(folder), options.graph, options.probes or 0)
            _check_names(spool.graphs, str(source))
            return _Load(client, url, options, progress or _silent).run(spool)
    finally:
        client.close()


def connect(client: Client, url: str, options: Options) -> tuple[RemoteStore, Found]:
    """The store at ``url``, and what it is. Raises `StoreError`, `ConfigError`."""
    found = find_store(client, url, options.profile)
    client.use_digest(digest=found.profile.digest)
    addresses = find_addresses(found.profile, url, options.query_url, options.update_url)
    return RemoteStore(client, found.profile, addresses), found


def _check_names(graphs: set[str], source: str) -> None:
    if any(name.startswith("_:") for name in graphs):
        raise ConfigError(
            "names a graph by a blank node", where=source, remedy="give --graph IRI, or an IRI in the file"
        )


def _silent(_done: int, _total: int, _name: str) -> None:
    return


class _Load:
    """One load. What goes wrong after the store is known becomes a `LoadFailedError`."""

    def __init__(self, client: Client, url: str, options: Options, progress: Callable[[int, int, str], None]) -> None:
        self._options = options
        self._progress = progress
        self._store, found = connect(client, url, options)
        self._profile = found.profile
        addresses = self._store.addresses
        self._staged = bool(addresses.update) and (not found.profile.whole or options.via == "update")
        if options.via == "update" and not addresses.update:
            raise ConfigError("--via update needs the address of updates", remedy="--update-url URL")
        mode = "append" if options.append else "replace"
        self.report = LoadReport(url, found.profile.name, found.name, found.version, mode, options.dry_run)

    def run(self, spool: Spool) -> LoadReport:
        report = self.report
        report.graphs = {name: GraphState(name) for name in sorted(spool.graphs)}
        try:
            self._check_default()
            for number, upload in enumerate(spool.uploads()):
                self._progress(number, len(spool.graphs), upload.graph)
                state = report.graphs[upload.graph]
                state.triples = upload.triples
                if state.before is None:
                    state.before = self._store.count(upload.graph)
                self._check_size(upload)
                if not self._options.dry_run:
                    self._upload(upload, state)
            self._sweep()
        except StoreError as error:
            self._settle()
            report.error = str(error)
            raise LoadFailedError(error, report) from error
        except BaseException:
            self._settle()
            raise
        return report

    # -- what is looked at before anything is sent

    def _check_default(self) -> None:
        if "" not in self.report.graphs:
            return
        if not self._profile.default:
            what = f"triples that stand in no named graph, and {self._profile.title} needs one"
            raise ConfigError(what, remedy="--graph IRI, or load the .nq of the graph")
        state = self.report.graphs[""]
        state.before = self._store.count("")
        if state.before and not (self._options.append or self._options.replace):
            what = f"the store's default graph holds {state.before} triples, which this load would replace"
            raise ConfigError(what, where=self.report.url, remedy="--graph IRI, --append or --replace")

    def _check_size(self, upload: Upload) -> None:
        if upload.blank and len(self._pieces(upload, upload.graph)) > 1:
            what = f"blank nodes ({upload.blank[:80]}) in a graph that needs several requests, which would part them"
            raise StoreError(what, where=upload.graph, remedy="give them IRIs, or use the store's own bulk loader")

    # -- one graph

    def _upload(self, upload: Upload, state: GraphState) -> None:
        if self._staged:
            self._by_staging(upload, state)
        else:
            self._directly(upload, state)
        state.state = "whole"

    def _by_staging(self, upload: Upload, state: GraphState) -> None:
        store, staging = self._store, staging_graph(upload.graph)
        doing = f"sending {upload.graph or 'the default graph'}"
        state.state = "staging"
        self._send(upload, staging, doing, fresh=True)
        self._counted(upload, staging, store.count(staging), upload.triples)
        self._read_back(upload, staging, more=False)
        state.state = "moving"
        if self._options.append:
            store.add(staging, upload.graph, doing)
            if lost := store.missing(staging, upload.graph):
                raise StoreError(f"{doing}: {lost} triples did not arrive", where=self.report.url)
            state.after = store.count(upload.graph)
            store.delete(staging, doing)
        else:
            state.after = self._move(staging, upload)

    def _move(self, staging: str, upload: Upload) -> int:
        """The graph takes its place; tried again only after a look that it has not. Gives what is counted there."""
        store, graph = self._store, upload.graph
        doing = f"moving {graph or 'the default graph'} to its place"
        for number in range(self._options.retries + 1):
            try:
                store.move(staging, graph, doing)
            except StoreError as error:
                late = isinstance(error, BrokenError) and error.late
                if late or number == self._options.retries:
                    raise
                self._options.sleep(float(2**number))
                waiting = store.count(staging)
                if waiting == upload.triples:
                    continue
                if waiting:
                    raise StoreError(
                        f"{doing}: {waiting} triples wait where {upload.triples} did", where=graph
                    ) from error
            after = store.count(graph)
            self._counted(upload, graph, after, upload.triples)
            return after
        raise AssertionError("unreachable")

    def _directly(self, upload: Upload, state: GraphState) -> None:
        store, graph = self._store, upload.graph
        doing = f"sending {graph or 'the default graph'}"
        append = self._options.append
        state.state = "sending"
        self._send(upload, graph, doing, fresh=not append)
        state.after = store.count(graph)
        state.state = "sent"
        least, most = upload.triples, upload.triples
        if append:
            before = state.before or 0
            least, most = max(before, upload.triples), before + upload.triples
        self._counted(upload, graph, state.after, least, most)
        self._read_back(upload, graph, more=append)

    def _send(self, upload: Upload, graph: str, doing: str, *, fresh: bool) -> None:
        store = self._store
        pieces = self._pieces(upload, graph)
        if self._options.via == "update":
            if fresh:
                store.delete(graph, doing)
            for piece in pieces:
                store.insert(piece, doing)
            return
        for number, piece in enumerate(pieces):
            if fresh and not number:
                store.put(graph, piece, doing)
            else:
                store.post(graph, piece, doing)

    def _pieces(self, upload: Upload, graph: str) -> list[Piece]:
        if self._options.via == "gsp":
            return upload.pieces(self._profile.chunk)
        before, after = f"INSERT DATA {{ GRAPH <{graph}> {{\n".encode(), b"}}\n"
        if not graph:
            before, after = b"INSERT DATA {\n", b"}\n"
        return [Piece(p.path, p.start, p.end, before, after) for p in upload.pieces(_INSERT)]

    # -- was it taken whole?

    def _counted(self, upload: Upload, graph: str, count: int, least: int, most: int | None = None) -> None:
        if least <= count <= (least if most is None else most):
            return
        what = f"{upload.graph or 'the default graph'}: {upload.triples} triples sent, the store counts {count}"
        with suppress(StoreError):
            found = Comparison()
            self._compare(upload, graph, found, chosen=False, more=True)
            if found.wrong:
                what = f"{what}: {found.wrong[0]}"
        raise StoreError(what, where=self.report.url, remedy="the store loses or joins some")

    def _read_back(self, upload: Upload, graph: str, *, more: bool) -> None:
        found = self.report.comparison
        self._compare(upload, graph, found, chosen=self._options.probes is not None, more=more)
        if found.wrong:
            what = f"{upload.graph or 'the default graph'}: read back otherwise than sent: {found.wrong[0]}"
            raise StoreError(what, where=self.report.url)

    def _compare(self, upload: Upload, graph: str, found: Comparison, *, chosen: bool, more: bool) -> None:
        batch: dict[str, list[str]] = {}
        for subject, lines in upload.subjects(chosen=chosen):
            batch[subject] = lines
            if len(batch) == _SUBJECTS:
                found.add(batch, self._store.triples_of(graph, batch), more=more)
                batch = {}
            if found.wrong:
                return
        if batch:
            found.add(batch, self._store.triples_of(graph, batch), more=more)

    # -- afterwards

    def _sweep(self) -> None:
        """Graphs of ours that are not in the source, and halves that dead loads left: removed, or only told."""
        report, store = self.report, self._store
        if self._staged:
            report.left = store.graphs(STAGING)
        if not self._options.prune:
            return
        ours = store.graphs(prefixes(self._options.base)["graph"])
        doomed = [name for name in ours if name not in report.graphs]
        for name in [] if self._options.dry_run else [*doomed, *report.left]:
            store.delete(name, f"removing {name}")
        report.pruned = doomed
        if not self._options.dry_run:
            report.left = []

    def _settle(self) -> None:
        """After a failure: remove what is half-way, and find out what stands in the store."""
        self._store.client.hurry()
        answers = True
        for state in self.report.graphs.values():
            if state.state == "whole":
                continue
            untouched = state.state in ("waiting", "staging")
            if answers:
                try:
                    state.state = self._outcome(state)
                except StoreError:
                    answers = False
            if not answers:
                state.state = (
                    "as before" if untouched else "not known" if self._staged or self._profile.whole else "partial"
                )

    def _outcome(self, state: GraphState) -> State:
        """What became of one graph."""
        store, graph = self._store, state.graph
        if state.state == "staging":
            store.delete(staging_graph(graph), "cleaning up", once=True)
        elif state.state in ("sending", "sent") and not self._profile.whole and not self._options.append:
            store.delete(graph, "cleaning up", once=True)
        elif state.state == "sent":
            return "partial"
        state.after = store.count(graph)
        if not state.after:
            return "not there"
        if state.state in ("waiting", "staging") or state.after == state.before != state.triples:
            return "as before"
        if self.report.mode == "replace" and state.after == state.triples != state.before:
            return "whole"
        return "not known"
