# %% [markdown]
# # Presidencies and chairs 主席国与主持人
#
# The presidency of the Security Council passes every month to the next member in English alphabetical order. Who held it, who sat
# in the chair, and what did a month of it look like?

# %%
import calendar
from collections import defaultdict
from pathlib import Path

import matplotlib.pyplot as plt
from figures import CHINESE, FAINT, FORMATS, INK, SOFT, say, title
from matplotlib.patches import FancyBboxPatch

import kg

ROOT = next(folder for folder in (Path.cwd(), *Path.cwd().parents) if (folder / "seeds").is_dir())
graph = kg.build(ROOT / "seeds", "out/seeds")

# %% [markdown]
# ## Five presidencies, four chairs
#
# A presidency belongs to a month and a state, a chairing to a meeting and a person. Both come with the document that says so.

# %%
presidencies = graph.query("presidencies").to_pandas()[["month", "state"]]
chairs = graph.query("chairs").to_pandas()[["date", "state", "person", "capacity", "format", "status"]]
chairs["month"] = chairs["date"].str[:7]
presidencies.merge(chairs.drop(columns="state"), on="month", how="left").fillna("")

# %% [markdown]
# No chair in November 2018: the concept note announces the debate and does not say who will preside.
#
# ## A month in the chair
#
# Viet Nam's assessment of January 2020 tells of its meetings. The graph knows each by its day, format and subject.

# %%
SHORT = {
    "联合国驻塞浦路斯维持和平部队(联塞部队)": "联塞部队",
    "联合国中亚地区预防外交中心": "中亚外交中心",
    "联合国与东南亚国家联盟(东盟)在维护国际和平与安全方面合作": "与东盟合作",
    "阿拉伯叙利亚共和国政治进程": "叙利亚政治进程",
    "阿拉伯叙利亚共和国": "叙利亚",
    "中东局势包括巴勒斯坦问题": "中东/巴勒斯坦",
}
days = defaultdict(list)
for meeting in graph.query("meetings"):
    if str(meeting["date"]).startswith("2020-01-"):
        subject = meeting["theme"] or meeting["topic"] or meeting["agenda_item"] or ""
        days[int(meeting["date"][-2:])].append((meeting["format"], SHORT.get(subject, subject)))

weeks = [week[:5] for week in calendar.Calendar().monthdayscalendar(2020, 1)]
figure, axes = plt.subplots(figsize=(10, 6.2))
for row, week in enumerate(weeks):
    for column, day in enumerate(week):
        if not day:
            continue
        axes.add_patch(
            FancyBboxPatch(
                (column + 0.03, row + 0.04), 0.94, 0.92, "round,pad=0,rounding_size=0.04", fc="#f6f8fa", ec="none"
            )
        )
        axes.text(column + 0.09, row + 0.1, str(day), va="top", fontsize=9, color=SOFT if days[day] else FAINT)
        for number, (form, subject) in enumerate(days[day]):
            y = row + 0.31 + 0.21 * number
            colour = FORMATS[form][2]
            axes.add_patch(
                FancyBboxPatch(
                    (column + 0.09, y), 0.82, 0.17, "round,pad=0,rounding_size=0.03", fc=colour, ec="none", alpha=0.92
                )
            )
            axes.text(
                column + 0.13,
                y + 0.09,
                subject if CHINESE else FORMATS[form][1].split()[-1],
                va="center",
                fontsize=8.5,
                color="white",
                clip_on=True,
            )
axes.set(xlim=(0, 5), ylim=(len(weeks), 0), yticks=[], xticks=[0.5, 1.5, 2.5, 3.5, 4.5])
axes.set_xticklabels(
    [
        say(zh, en)
        for zh, en in zip(("周一", "周二", "周三", "周四", "周五"), ("Mon", "Tue", "Wed", "Thu", "Fri"), strict=True)
    ]
)
axes.xaxis.tick_top()
for spine in axes.spines.values():
    spine.set_visible(False)
title(
    axes,
    "2020年1月：越南担任安理会主席",
    "January 2020: Viet Nam presides, a meeting a bar, coloured by format",
    y=1.06,
)
x = 0.0
for form, (zh, en, colour) in FORMATS.items():
    many = sum(form == kind for held in days.values() for kind, _ in held)
    if many:
        label = f"{say(zh, en)} {many}"
        axes.text(x + 0.1, len(weeks) + 0.2, label, va="center", fontsize=9, color=INK)
        axes.add_patch(
            FancyBboxPatch(
                (x, len(weeks) + 0.15), 0.06, 0.1, "round,pad=0,rounding_size=0.02", fc=colour, ec="none", clip_on=False
            )
        )
        x += 0.28 + (0.125 if CHINESE else 0.065) * len(label)
plt.show()

# %% [markdown]
# The ministerial open debate on the Charter stands on 9 January, the day on which it began; the document says that it went on to
# the 13th (`end_date`).
#
# ## What supports a presidency?
#
# A presidency is stated, not computed from the alphabet. Here is each with its sentence.

# %%
for row in graph.query("presidencies"):
    said = graph.evidence(row["fact"])[0]
    print(row["month"], row["state"], "|", str(said["quote"])[:72])
