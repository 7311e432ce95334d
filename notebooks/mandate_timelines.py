# %% [markdown]
# # Mandates in time 任务期限的时间线
#
# Until when does a mandate run, and by which resolution? Was it extended by a year, or by weeks to buy time? Is there a gap that no
# decision covers?

# %%
import csv
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
from figures import BLUE, CHINESE, FAINT, GOLD, RED, SOFT, title
from matplotlib.patches import FancyBboxPatch

import kg

ROOT = next(folder for folder in (Path.cwd(), *Path.cwd().parents) if (folder / "seeds").is_dir())
graph = kg.build(ROOT / "seeds", "out/seeds")
graph

# %% [markdown]
# ## What five documents say
#
# A *term* is what one decision did: from when to when, and whether the end is printed in the document or had to be computed
# from a duration.

# %%
for line in graph.timeline():
    for term in line.terms:
        print(
            term.start,
            "→",
            term.end or "?         ",
            term.duration or "   ",
            term.basis or "-",
            line.holder,
            line.label,
        )

# %% [markdown]
# Every term keeps its sentence. UNAMA has no end: the document says "three years more" of a mandate whose end before it does not
# tell, so none is made up. (The source prints 联阿援助团 there, where the Council's letter was about the office for West Africa; the
# graph keeps what is printed.)

# %%
for line in graph.timeline():
    for quote in line.terms[0].quotes:
        print(line.holder, "|", quote)


# %%
def draw(bars, holders, axes):
    """A bar a term; of less than two months in gold, what no decision covers in red."""
    first = date(min(bar["start"].year for holder in holders for bar in bars[holder]), 1, 1)
    last = max(bar["end"] for holder in holders for bar in bars[holder]) + timedelta(days=20)
    one = (last - first).days < 366
    for row, holder in enumerate(holders):
        # each span once: a resolution may extend two parts of a mandate to one day
        for bar in {(bar["start"], bar["end"]): bar for bar in bars[holder]}.values():
            start, end, gap = bar["start"], bar["end"], bar["gap_days"]
            days, short = (end - start).days, bool(bar["rollover"])
            if gap:
                since = start - timedelta(days=gap)
                axes.barh(
                    row,
                    gap,
                    left=mdates.date2num(since),
                    height=0.5,
                    color="white",
                    ec=RED,
                    hatch="////",
                    lw=1,
                )
                axes.text(
                    mdates.date2num(since) + gap / 2,
                    row - 0.42,
                    f" {gap} d ",
                    ha="center",
                    va="center",
                    fontsize=8.5,
                    color=RED,
                )
            axes.add_patch(
                FancyBboxPatch(
                    (mdates.date2num(start) + 2, row - 0.27),
                    max(days - 4, 4),
                    0.54,
                    "round,pad=0,rounding_size=3",
                    mutation_aspect=0.012,
                    fc=GOLD if short else BLUE,
                    ec="none",
                )
            )
            if days > 0.075 * (last - first).days:
                number = bar["instrument"].partition("/RES/")[2].partition("(")[0]
                axes.text(
                    mdates.date2num(start) + days / 2,
                    row,
                    number,
                    ha="center",
                    va="center",
                    fontsize=8.5,
                    color="white",
                )
        axes.text(
            -0.012,
            row - 0.16,
            holder,
            transform=axes.get_yaxis_transform(),
            ha="right",
            va="center",
            fontsize=10,
            weight="bold",
        )
        if CHINESE:
            axes.text(
                -0.012,
                row + 0.22,
                bars[holder][0]["label"],
                transform=axes.get_yaxis_transform(),
                ha="right",
                va="center",
                fontsize=8,
                color=SOFT,
            )
    axes.set(ylim=(len(holders) - 0.4, -0.6), yticks=[], xlim=(first, last))
    axes.xaxis.set_major_locator(mdates.MonthLocator() if one else mdates.YearLocator())
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%Y-%m" if one else "%Y"))
    axes.grid(axis="x", color=FAINT, lw=0.8)
    axes.set_axisbelow(True)


bars = {
    line.holder: [
        {
            "label": line.label,
            "instrument": term.resolution,
            "gap_days": term.gap_days,
            "rollover": term.rollover,
            "start": date.fromisoformat(term.start),
            "end": date.fromisoformat(term.end),
        }
        for term in line.terms
        if term.end
    ]
    for line in graph.timeline()
}
figure, axes = plt.subplots(figsize=(10.5, 3.6))
draw(bars, [holder for holder in bars if bars[holder]], axes)
title(
    axes, "2020年1月所延长的任务期限", "What January 2020 extended, and until when: five of the six terms in the seeds"
)
plt.show()

# %% [markdown]
# ## What ends next?
#
# As a journalist would ask on 15 June 2020, of what was known on that day:

# %%
graph.query("expiring", asof="2020-06-15", days=60).to_pandas()[["holder", "holder_label", "end", "resolution"]]

# %% [markdown]
# `graph.export("mandates.ics")` writes all ends into a calendar, with reminders.
#
# ## Three years of resolutions
#
# One month is one bar a mandate. `mandates-2020-2022.csv` holds what the same pipeline finds in 167 resolutions of 2020 to 2022: the
# same terms, without the sentences. `README.md` beside it names source, script and checksums; on your own folder of resolutions
# `graph.timeline()` gives the same, with the sentences.

# %%
table = defaultdict(list)
with (ROOT / "notebooks" / "mandates-2020-2022.csv").open(encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file):
        if len(row["start"]) == len(row["end"]) == 10 and row["action"] not in ("modify", "terminate"):
            table[row["holder"]].append(
                {
                    "label": row["holder_label"],
                    "instrument": row["instrument"],
                    "rollover": row["rollover"],
                    "start": date.fromisoformat(row["start"]),
                    "end": date.fromisoformat(row["end"]),
                    "gap_days": int(row["gap_days"] or 0),
                }
            )
print(len(table), "holders,", sum(map(len, table.values())), "terms")

MISSIONS = ("UNMISS", "UNISFA", "MONUSCO", "MINUSCA", "UNSMIL", "UNFICYP", "UNMHA", "UNAMA")
figure, axes = plt.subplots(figsize=(10.5, 5.4))
draw(table, MISSIONS, axes)
title(
    axes,
    "八个特派团的任务期限",
    "Mandates of eight missions, a bar a decision with the resolution's number; gold: extended by less than two months",
)
plt.show()

# %% [markdown]
# A bar begins where the one before it ends, though the decision is days older. Between two extensions of UNSMIL by a year stand five
# that bought time, the shortest of two weeks: the Council could not agree on Libya.
#
# ## Short extensions 短期延长

# %%
for holder, terms in table.items():
    for term in terms:
        if term["rollover"]:
            print(f"{holder:8} {(term['end'] - term['start']).days:3} d until {term['end']}  {term['instrument']}")

# %% [markdown]
# ## Gaps 空档

# %%
gaps = [holder for holder in table if any(term["gap_days"] for term in table[holder])]
figure, axes = plt.subplots(figsize=(10.5, 1.9))
draw(table, gaps, axes)
title(axes, "两处授权的空档", "Two authorizations with gaps; red: days that no decision in the table covers", y=1.04)
plt.show()
for holder in gaps:
    for term in table[holder]:
        if term["gap_days"]:
            print(f"{holder}: {term['gap_days']} days without a decision before {term['start']}, {term['instrument']}")

# %% [markdown]
# A gap is either the Council's or ours. The day of July 2020 is the Council's: it decided when the time was over. The others are
# ours. Resolution 2585 (2021) gave half a year, and another if a report came: what hangs on a condition is not counted. Resolution
# 2661 (2022) prolonged all of resolution 2607 (2021) by two days and does not name the authorization. A graph that does not paper over
# what it has not read shows where to look.
