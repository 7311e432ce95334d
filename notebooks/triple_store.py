# %% [markdown]
# # Into a triple store 载入三元组库
#
# The graph is plain RDF 1.1 without blank nodes, so every store takes it. This notebook starts an Oxigraph server if its command is
# installed (`pip install oxigraph`), loads the graph with `kg load`, and asks it over HTTP. Without that command it asks
# the store in this process, and says so.

# %%
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import kg

ROOT = next(folder for folder in (Path.cwd(), *Path.cwd().parents) if (folder / "seeds").is_dir())
graph = kg.build(ROOT / "seeds", "out/seeds")
command = shutil.which("oxigraph", path=Path(sys.executable).parent) or shutil.which("oxigraph")
server = None
if command:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    server = subprocess.Popen(
        [
            command,
            "serve",
            "--location",
            "out/oxigraph",
            "--union-default-graph",
            "--bind",
            url.removeprefix("http://"),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(100):
        try:
            urlopen(url).close()
            break
        except URLError:
            time.sleep(0.1)
print("a server of its own" if server else "the oxigraph command is not installed: the store in this process answers")

# %% [markdown]
# ## Load
#
# `kg load` puts one named graph a document in place, counts it, reads it back, and tells what the store has changed. It takes
# Virtuoso, Fuseki, GraphDB, QLever and Blazegraph just as well.

# %%
if server:
    done = subprocess.run(
        [sys.executable, "-m", "kg.cli", "load", "out/seeds", "--to", url], capture_output=True, text=True, check=True
    )
    print((done.stdout + done.stderr).replace(url, "http://127.0.0.1:PORT").strip())

# %% [markdown]
# ## Ask, wherever it lies
#
# `kg.load` opens an endpoint as it opens a folder: the library's queries, the timelines and the network work on both.

# %%
stored = kg.load(f"{url}/query") if server else graph
for row in stored.query("presidencies"):
    print(row["month"], row["state"])

# %% [markdown]
# The answers of the store are those of the folder, row by row.

# %%
for name in ("chairs", "mandates", "meetings"):
    assert list(stored.query(name)) == list(graph.query(name)), name
print("the same answers")

# %% [markdown]
# ## One document's own graph
#
# Each document has a named graph: who trusts only one of them asks only that one.

# %%
stored.query("""
SELECT ?graph (COUNT(*) AS ?triples) WHERE { GRAPH ?graph { ?s ?p ?o } FILTER (CONTAINS(STR(?graph), "/id/graph/0")) }
GROUP BY ?graph ORDER BY ?graph
""").to_pandas()

# %% [markdown]
# ## In rdflib
#
# `graph.dataset` is an rdflib `Dataset` on the same store, nothing copied.

# %%
from rdflib import URIRef
from rdflib.namespace import RDFS

name = URIRef(f"{graph.base}id/mission/UNFICYP")
print(*sorted(f"{label} @{label.language}" for label in graph.dataset.objects(name, RDFS.label)), sep="\n")

# %%
if server:
    server.terminate()
    server.wait()
