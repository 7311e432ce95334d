"""The documentation site builds with no network, asks for nothing outside, and has no dead link."""

from __future__ import annotations

import re
import shutil
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote

import pytest

from tests.site import build_site

pytestmark = pytest.mark.site
_ASKING = "script|img|iframe|source|video|audio|embed|link"
_ASKS = re.compile(rf"""<(?:{_ASKING})\b[^>]*?\b(?:src|href)=["']?(?P<where>[^"'\s>]+)""")
_LINK = re.compile(r"""<a\b[^>]*?\bhref=["']?(?P<where>[^"'\s>]+)""")
_ID = re.compile(r"""\b(?:id|name)=["']?([^"'\s>]+)""")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("zensical", reason="needs pip install '.[docs]'")
    target = tmp_path_factory.mktemp("site") / "site"
    build_site(target)
    return target


def pages(site: Path) -> list[Path]:
    return sorted(page for page in site.rglob("*.html") if page.name != "404.html")


def test_has_the_pages(site: Path) -> None:
    names = {page.relative_to(site).as_posix() for page in pages(site)}
    assert {"index.html", "python.html", "cli.html", "zh/index.html", "notebooks/mandate_timelines.html"} <= names
    assert {"ontology/unsc-kg.html", "notebooks/table.html"} <= names
    text = (site / "notebooks" / "mandate_timelines.html").read_text("utf-8")
    assert "叙利亚跨境人道主义援助机制" in text
    assert text.count("<img") >= 3


def test_asks_for_nothing_outside(site: Path) -> None:
    for page in pages(site):
        text = page.read_text("utf-8")
        assert not [where for where in _ASKS.findall(text) if re.match(r"(?:[a-z]+:)?//", where)], page.name
    for style in site.rglob("*.css"):
        assert not re.search(r"(?:url\(|@import\s*)[\"']?(?:https?:)?//", style.read_text("utf-8")), style.name


def test_every_link_leads_somewhere(site: Path) -> None:
    ids = {page: set(map(unquote, _ID.findall(page.read_text("utf-8")))) for page in pages(site)}
    for page in pages(site):
        text = page.read_text("utf-8")
        for where in {*_LINK.findall(text), *_ASKS.findall(text)}:
            if re.match(r"(?:[a-z]+:)", where):
                continue
            path, _, anchor = where.partition("#")
            there = (page.parent / unquote(path)).resolve() if path else page
            there = there / "index.html" if there.is_dir() else there
            assert there.exists(), f"{where} in {page.relative_to(site)}"
            if anchor and there in ids and not there.is_relative_to(site / "ontology"):
                assert unquote(anchor) in ids[there], f"{where} in {page.relative_to(site)}"


def test_a_browser_asks_for_nothing_outside(site: Path) -> None:
    api = pytest.importorskip("playwright.sync_api")
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None or sys.platform == "win32":
        pytest.skip("no Chromium here")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    here = f"http://127.0.0.1:{server.server_port}/"
    asked: list[str] = []
    try:
        with (
            api.sync_playwright() as playwright,
            playwright.chromium.launch(
                executable_path=program,
                args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
            ) as browser,
        ):
            page = browser.new_page()
            page.on("request", lambda request: asked.append(request.url))
            for name in ("index.html", "zh/index.html", "notebooks/briefers_network.html"):
                page.goto(f"{here}{name}", wait_until="networkidle")
            page.goto(f"{here}index.html")
            page.get_by_role("button", name="Search").first.click()
            page.get_by_role("combobox").fill("技术性延期")  # in the midst of a Chinese sentence
            page.get_by_text(re.compile(r"^\d+ results?$")).wait_for(timeout=10_000)
    finally:
        server.shutdown()
        server.server_close()
    assert len(asked) > 10
    assert not [url for url in asked if not url.startswith((here, "data:", "blob:"))]
