# %% [markdown]
# # From five documents to answers 从五份文件到答案
#
# Five Chinese documents of the UN Security Council lie in `seeds/`: letters with concept notes, an assessment of a month's
# presidency, a summary of a debate. This notebook turns them into a knowledge graph and asks it. It needs
# `pip install 'unsc-kg[notebooks]'` and no network.

# %%
from pathlib import Path

import kg

ROOT = next(folder for folder in (Path.cwd(), *Path.cwd().parents) if (folder / "seeds").is_dir())
graph = kg.build(ROOT / "seeds", "out/seeds")
graph

# %% [markdown]
# `out/seeds` holds the graph now: Turtle, N-Quads, a page to look at (`graph.html`), a store that opens at once. The same
# documents give the same bytes on every machine.
#
# ## Who chaired, in what capacity? 谁以什么身份主持了会议？
#
# The library has a query for each question that users ask; `kg queries` lists them. A row is a dictionary; `to_pandas`
# makes a table of them.

# %%
chairs = graph.query("chairs").to_pandas()
chairs[["date", "format", "state", "person", "capacity", "status"]]

# %% [markdown]
# What is *planned* is not *held*: two of the four stand in concept notes, written before the meeting. One of these names no
# person: the note says only that a head of state will chair (国家元首).
#
# ## Which resolution extended what, until when? 哪项决议把什么任务延长到哪一天？

# %%
mandates = graph.query("mandates").to_pandas()
mandates[["resolution", "action", "holder", "until", "duration", "date"]]

# %% [markdown]
# ## Show me the sentence 原文怎么说？
#
# Each row names its `fact`, and each fact leads to the characters of the document that state it, with the rule that
# found them and the share of that rule's facts that proved true when checked.

# %%
cyprus = next(row for row in graph.query("mandates") if row["holder"] == "UNFICYP")
for said in graph.evidence(cyprus["fact"]):
    print(said["document"], f"[{said['start']}:{said['end']}]", said["rule"], said["confidence"])
    print(said["quote"])

# %% [markdown]
# `verify` opens the documents again and compares every quote, character by character.

# %%
print(graph.verify(ROOT / "seeds").summary())

# %% [markdown]
# ## Your own question 自己写查询
#
# Any SPARQL 1.1 query works; the prefixes need no declaration. Here: which documents speak of the most bodies and places?

# %%
graph.query("""
SELECT ?title (COUNT(DISTINCT ?thing) AS ?mentioned) WHERE {
  ?document a sc:SourceDocument ; dct:title ?title ; sc:mentions ?thing .
} GROUP BY ?title ORDER BY DESC(?mentioned) ?title
""")

# %% [markdown]
# ## Take it away 带走
#
# One file a purpose: a page, a table, a network for Gephi, a calendar of the days on which mandates end.

# %%
for name in ("graph.html", "facts.csv", "network.gexf", "mandates.ics"):
    graph.export(f"out/export/{name}")
print(*sorted(path.name for path in Path("out/export").iterdir()), sep="\n")
