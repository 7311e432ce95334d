# %% [markdown]
# # The pipeline alone, in spaCy 单独使用流水线
#
# No graph needed: the trained pipeline is a spaCy `Language`. It knows the Council's states, missions, organs, posts, dates, symbols,
# resolutions and meetings, and finds persons in Chinese text; it comes with the package and loads without a network.

# %%
from IPython.display import HTML
from spacy import displacy

import kg
from kg.text import normalize

nlp = kg.load_pipeline()
print(nlp.meta["lang"], nlp.meta["name"], nlp.pipe_names)

# %% [markdown]
# The pipeline reads *normal text*: simplified script, one width, no layout blanks. `normalize` makes it, with a map back to
# the characters of the original.

# %%
printed = "2020 年 1 月 30 日，安理會一致通過了第 2506(2020)號決議，將聯塞部隊的任務期限延長至 2020 年 7 月 31 日。"
text, back = normalize(printed)
doc = nlp(text)
for span in doc.spans["unsc"]:
    start, end = back.span(span.start_char, span.end_char)
    print(f"{span.label_:12} {span.kb_id_ or '-':22} {printed[start:end]}")

# %% [markdown]
# ## A picture of it
#
# `doc.ents` are what spaCy's own tools expect.

# %%
COLOURS = {
    "State": "#cfe3f5",
    "Mission": "#d3efe9",
    "Resolution": "#fbe6bf",
    "Date": "#e9ecef",
    "Official": "#f7d3cf",
    "Organization": "#e4d9ee",
    "Post": "#eef3c8",
    "Meeting": "#fde2ef",
    "Document": "#e3e8ff",
}
text, _ = normalize(
    "1月16日，安理会举行非公开会议，秘书长特别代表兼联塞部队负责人伊丽莎白·什佩哈尔向部队派遣国通报了情况。"
    "越南常驻联合国代表邓庭贵主持会议。法国、印度尼西亚和突尼斯的代表发了言。"
)
HTML(displacy.render(nlp(text), style="ent", options={"colors": COLOURS}, jupyter=False))

# %% [markdown]
# ## Names that must not match
#
# 马里 is in 索马里, 中国 in 发展中国家, and 刚果 is two states. The names are matched longest first, with a list of those that
# only look like one.

# %%
for sentence in ("索马里局势与马里局势不同。", "发展中国家集团与中国发表声明。", "刚果民主共和国和刚果共和国均在场。"):
    doc = nlp(normalize(sentence)[0])
    print(sentence, [(span.text, span.kb_id_) for span in doc.spans["unsc"] if span.label_ == "State"])

# %% [markdown]
# ## From mentions to facts
#
# One step further: `extract_facts` reads a whole document and gives facts, each with its words. What is planned is not held.

# %%
note = kg.read_text(
    "安全理事会主席国越南将于2021年4月19日举行高级别公开辩论会，由越南国家主席主持。", source="note.txt"
)
for fact in kg.extract_facts(note, nlp).facts:
    values = {name: str(value) for name, value in fact.values().items() if value}
    print(fact.type, fact.modality.value, values)

# %% [markdown]
# ## In a pipeline of your own
#
# The components are registered factories (`unsc_sentences`, `unsc_mentions`): `nlp.add_pipe("unsc_mentions")` works after
# `pip install unsc-kg`, with no import. Their labels and attributes are declared, so `nlp.analyze_pipes()` can check them.

# %%
for name in nlp.pipe_names:
    meta = nlp.get_pipe_meta(name)
    print(f"{name:16} {meta.factory:16} assigns {', '.join(meta.assigns) or '-'}")
