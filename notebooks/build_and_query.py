# %% [markdown]
# # From five documents to answers
#
# A notebook in the percent format: open it in Jupyter (with jupytext) or VS Code, or run it as it stands:
# `python notebooks/build_and_query.py`. It builds the graph of `seeds/` in a temporary folder and asks it.

# %%
import tempfile
from pathlib import Path

from kg.build import build_graph
from kg.queries import get_query
from kg.store import open_graph

seeds = Path(__file__).resolve().parent.parent / "seeds"
out = Path(tempfile.mkdtemp()) / "graph"
report = build_graph([seeds], out)
print(report.totals()["facts"])

# %% [markdown]
# ## Who chaired, in what capacity

# %%
store = open_graph(out)
for row in store.select(get_query("chairs").sparql({})):
    print(
        {name: row[name].value for name in ("date", "format", "state", "person", "capacity", "status") if name in row}
    )

# %% [markdown]
# ## Which resolution extended what, until when

# %%
for row in store.select(get_query("mandates").sparql({})):
    print({name: row[name].value for name in ("resolution", "holder", "until", "duration") if name in row})

# %% [markdown]
# ## The sentence that says so
#
# Every fact leads to the characters of the source.

# %%
chairs = store.select(get_query("chairs").sparql({}))
fact = next(row["fact"].value for row in chairs if "person" in row and row["person"].value == "范平明")
for row in store.select(get_query("evidence").sparql({"fact": fact})):
    print(row["quote"].value)
