"""``kg doctor``: is everything here that the commands need, and what to type where it is not."""

from __future__ import annotations

import platform
import shutil
import tempfile
from importlib import import_module, metadata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from kg import __version__
from kg.cli.common import json_option, say, write_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["doctor_cli"]

_NEEDED = ("ahocorasick-rs", "networkx", "opencc", "oxrdflib", "pyoxigraph", "pyvis", "rdflib", "spacy", "spacy-pkuseg")
_DISK = 200 * 1024 * 1024


class Finding(NamedTuple):
    """One line: ``state`` is ``ok``, ``warn`` (a build still works) or ``fail``."""

    state: str
    what: str
    remedy: str = ""


@click.command("doctor")
@json_option
def doctor_cli(as_json: bool) -> int:
    """Is everything here that the commands need?

    One line a check: ok, warn or fail, and what to do about it. Exit status 4 when a check fails.

    \b
    Example:
      kg doctor
    """
    findings = list(_findings())
    if as_json:
        write_json([finding._asdict() for finding in findings])
    else:
        for finding in findings:
            click.echo(f"{finding.state:4}  {finding.what}" + (f"  -> {finding.remedy}" if finding.remedy else ""))
    failed = sum(finding.state == "fail" for finding in findings)
    say(f"kg: {len(findings)} checks, {failed} failed")
    return 4 if failed else 0


def _findings() -> Iterator[Finding]:
    yield Finding("ok", f"kg {__version__}, Python {platform.python_version()}")
    for name in _NEEDED:
        try:
            yield Finding("ok", f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            yield Finding("fail", f"{name} is not installed", f"pip install {name}")
    for check in (_readers, _loader, _server, _pipeline, _store, _disk):
        yield _guarded(check)


def _guarded(check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except Exception as error:
        # whatever breaks here would break a build: that is the finding
        what = f"{check.__name__.strip('_')}: {type(error).__name__}: {' '.join(str(error).split())}"
        return Finding("fail", what, "pip install --force-reinstall unsc-kg")


def _readers() -> Finding:
    formats = import_module("kg.read.formats").READERS
    names = [form.name for form in formats if form.name != "PDF"]
    try:
        version = metadata.version("pypdfium2")
        import_module("pypdfium2")
    except (metadata.PackageNotFoundError, ImportError):
        what = f"reads {', '.join(names)}, zip archives and tables, but no PDF: pypdfium2 is not installed"
        return Finding("warn", what, "pip install 'unsc-kg[pdf]'")
    return Finding("ok", f"reads PDF (pypdfium2 {version}), {', '.join(names)}, zip archives and tables")


def _loader() -> Finding:
    try:
        version = metadata.version("httpx")
        import_module("httpx")
    except (metadata.PackageNotFoundError, ImportError):
        return Finding(
            "warn", "kg load cannot reach a triple store: httpx is not installed", "pip install 'unsc-kg[load]'"
        )
    return Finding("ok", f"kg load reaches triple stores (httpx {version})")


def _server() -> Finding:
    missing = []
    for name in ("starlette", "uvicorn"):
        try:
            import_module(name)
        except ImportError:
            missing.append(name)
    if missing:
        what = f"kg serve cannot start: {', '.join(missing)} not installed"
        return Finding("warn", what, "pip install 'unsc-kg[serve]'")
    version = metadata.version("starlette")
    return Finding("ok", f"kg serve can start (starlette {version}, uvicorn {metadata.version('uvicorn')})")


def _pipeline() -> Finding:
    nlp = import_module("kg.pipeline").load_pipeline()
    doc = nlp("2020年1月9日，安全理事会通过第2507(2020)号决议。")
    found = [span.text for span in doc.spans["unsc"]]
    if "第2507(2020)号决议" not in found:
        return Finding("fail", f"the pipeline loads, but reads only {found}", "pip install --force-reinstall unsc-kg")
    return Finding("ok", f"pipeline {nlp.meta['name']} {nlp.meta['version']}, offline")


def _store() -> Finding:
    pyoxigraph = import_module("pyoxigraph")
    with tempfile.TemporaryDirectory() as folder:
        store = pyoxigraph.Store(str(Path(folder) / "store"))
        node = pyoxigraph.NamedNode("urn:kg:doctor")
        store.add(pyoxigraph.Quad(node, node, pyoxigraph.Literal("安全理事会", language="zh")))
        store.flush()
        answer = len(store)
        del store  # its lock goes with it, before the folder does
    place = tempfile.gettempdir()
    if answer != 1:
        return Finding(
            "fail", f"the embedded store does not keep what it is given in {place}", "TMPDIR=/another/folder"
        )
    return Finding("ok", f"embedded store writes and reads in {place}")


def _disk() -> Finding:
    free = shutil.disk_usage(Path.cwd()).free
    text = f"{free // 1024 // 1024:,} MB free here"
    return Finding("ok", text) if free > _DISK else Finding("warn", text, "make room before a large build")
