# %% [markdown]
# # The briefers' network 通报人网络
#
# Who briefs the Council, on what, and with whom? The graph has a node for each person and each meeting; that two people
# briefed at one meeting is said by the document, never guessed from two names on one page.

# %%
from pathlib import Path

import matplotlib.pyplot as plt
import networkx as nx
import numpy as np
from figures import CHINESE, FORMATS, INK, SOFT, say, title

import kg

ROOT = next(folder for folder in (Path.cwd(), *Path.cwd().parents) if (folder / "seeds").is_dir())
graph = kg.build(ROOT / "seeds", "out/seeds")
network = graph.to_networkx()
print(network)

# %% [markdown]
# `to_networkx` gives everything that the picture shows: states, meetings, missions, resolutions, persons. We keep who briefed which
# meeting, of what was held (`planned` is false).

# %%
briefed = nx.Graph()
for person, meeting, said in network.edges(data=True):
    if said["relation"] == "briefed" and not said["planned"] and network.nodes[person]["type"] == "Person":
        briefed.add_edge(person, meeting)
people = sorted(node for node in briefed if node.startswith("person/"))
meetings = sorted(node for node in briefed if node.startswith("meeting/"))
print(len(people), "persons briefed at", len(meetings), "meetings")

# %% [markdown]
# ## Who briefed more than once? 谁通报了不止一次？

# %%
often = [(network.nodes[person]["label"], briefed.degree[person]) for person in people if briefed.degree[person] > 1]
for name, times in sorted(often, key=lambda pair: (-pair[1], pair[0])):
    print(times, name)

# %% [markdown]
# ## The network
#
# Meetings on the left in the order of their days, persons on the right. A line is a briefing; persons who came more than once
# stand out.

# %%
about = {str(row["meeting_iri"]).rpartition("/id/")[2]: row for row in graph.query("meetings")}
order = sorted(meetings, key=lambda node: (str(about[node]["date"]), node))
height = {node: -float(at) for at, node in enumerate(order)}
ranked = sorted(people, key=lambda node: (-np.mean([height[m] for m in briefed[node]]), node))
height |= dict(zip(ranked, np.linspace(0.3, -len(order) + 0.7, len(ranked)), strict=True))

figure, axes = plt.subplots(figsize=(10, 8.6))
t = np.linspace(0, 1, 60)
ease = t * t * (3 - 2 * t)
for person, meeting in sorted(briefed.edges):
    person, meeting = sorted((person, meeting), reverse=True)
    strong = briefed.degree[person] > 1
    colour = FORMATS[str(about[meeting]["format"])][2]
    axes.plot(
        t,
        height[meeting] + (height[person] - height[meeting]) * ease,
        color=colour,
        lw=2.2 if strong else 1.1,
        alpha=0.9 if strong else 0.45,
        solid_capstyle="round",
        zorder=2 if strong else 1,
    )
for node in order:
    row = about[node]
    form = FORMATS[str(row["format"])]
    subject = str(row["topic"] or row["agenda_item"] or "").replace("阿拉伯叙利亚共和国", "叙利亚")
    subject = subject.partition("(")[0] if len(subject) > 14 else subject
    subject = subject if len(subject) <= 16 else f"{subject[:15]}…"
    axes.scatter(0, height[node], s=46, color=form[2], zorder=3)
    day = str(row["date"])[5:].replace("-", "/")
    axes.text(
        -0.03,
        height[node],
        f"{subject}  {day}" if CHINESE else f"{form[1]}  {day}",
        ha="right",
        va="center",
        fontsize=9,
    )
for node in ranked:
    strong = briefed.degree[node] > 1
    axes.scatter(1, height[node], s=34, color=INK if strong else SOFT, zorder=3)
    name = network.nodes[node]["label"] if CHINESE else node.removeprefix("person/")[:8]
    axes.text(
        1.03,
        height[node],
        name,
        va="center",
        fontsize=9,
        weight="bold" if strong else "normal",
        color=INK if strong else SOFT,
    )
axes.set(xlim=(-0.62, 1.55), ylim=(-len(order) - 0.9, 0.8))
axes.set_axis_off()
title(axes, "2020年1月：谁在哪次会议上通报", "January 2020: who briefed at which meeting", y=1.0)
for at, (zh, en, colour) in enumerate(FORMATS.values()):
    axes.scatter(-0.58 + 0.36 * at, -len(order) - 0.6, s=30, color=colour, clip_on=False)
    axes.text(-0.55 + 0.36 * at, -len(order) - 0.6, say(zh, en), va="center", fontsize=8.5, color=SOFT)
plt.show()

# %% [markdown]
# ## Who briefed with whom? 谁与谁同场通报？
#
# The projection of that network onto persons joins two who briefed at one meeting. Its components are the circles that a month of
# the Council brings together.

# %%
together = nx.bipartite.projected_graph(briefed, people)
circles = [
    sorted(network.nodes[node]["label"] for node in circle)
    for circle in nx.connected_components(together)
    if len(circle) > 1
]
for circle in sorted(circles, key=lambda names: (-len(names), names)):
    print(len(circle), "、".join(circle))

# %% [markdown]
# The same as a query, on any SPARQL engine: `cobriefers`, the ten pairs who briefed together most often.

# %%
graph.query("cobriefers").to_pandas()[["person", "other", "meetings"]]

# %% [markdown]
# One month is a small network. The same lines on your own folder of documents give the network of years; `graph.export("network.gexf")`
# opens in Gephi, with time.
