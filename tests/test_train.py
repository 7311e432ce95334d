"""Training on thirty made-up sentences, and the parts that make, hide and mark labels. Needs no corpora."""

from __future__ import annotations

import hashlib
import json
import os
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ConfigError
from kg.model import Mention, MentionType
from kg.pipeline.language import load_pipeline
from kg.pipeline.segmenter import CharacterSegmenter, PkusegSegmenter
from kg.text import normalize
from kg.train import corpus, invent
from kg.train.evaluate import score_bodies, score_persons
from kg.train.gold import GoldSpan, read_gold
from kg.train.ner import NerSettings, doc_of, resolution_samples, train_ner
from kg.train.segment import SegmentSettings, WordScore, score_words, train_segmenter
from kg.train.silver import Sample, hidden, is_reserved, made_up, replaced, scanned, seed_of
from kg.train.steps import save

LINE = "法国代表穆萨·特斯塔感谢联刚稳定团，1月3日联合国大会选举阿明先生。"

# Corpora

CONLLU = """# text = 加速度大，加强。
1\t加速\t_\tNOUN\tNN\t_\t3\t_\t_\t_
2\t度\t_\tPART\tSFN\t_\t1\t_\t_\t_
3\t大\t_\tADJ\tJJ\t_\t0\t_\t_\t_
4-5\t，再\t_\t_\t_\t_\t_\t_\t_\t_
4\t，\t_\tPUNCT\t,\t_\t3\t_\t_\t_
5\t再\t_\tPART\tPFA\t_\t6\t_\t_\t_
6\t強\t_\tVERB\tVV\t_\t3\t_\t_\t_

1\t好\t_\tADJ\tJJ\t_\t0\t_\t_\t_
"""


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder of corpora with three lines."""
    unpc = tmp_path / "data" / "unpc-dev"
    unpc.mkdir(parents=True)
    (unpc / "dev.zh").write_text("第 2507（2020） 号决议\n阿明先生\n\n", encoding="utf-8")
    (unpc / "dev.en").write_text("Resolution 2507 (2020)\nMr. Amin\n\n", encoding="utf-8")
    (unpc / "dev.ids").write_text("a\nb\na\n", encoding="utf-8")
    (unpc / "dev.seg.zh").write_text("第 2507 （ 2020 ） 号 决议\n阿明 先生\n\n", encoding="utf-8")
    (tmp_path / "data" / "ud-zh").mkdir()
    (tmp_path / "data" / "ud-zh" / "x.conllu").write_text(CONLLU, encoding="utf-8")
    return tmp_path


def test_lines_are_read_in_the_normal_form_with_their_document(shared: Path) -> None:
    lines = corpus.read_lines(shared)
    assert [line.text for line in lines] == ["第2507(2020)号决议", "阿明先生", ""]
    assert lines[0].held_out == lines[2].held_out == corpus.is_held_out("a")
    assert lines[0].sha256 == hashlib.sha256("第 2507（2020） 号决议".encode()).hexdigest()


def test_the_data_folder_itself_will_do(shared: Path) -> None:
    assert corpus.read_lines(shared / "data") == corpus.read_lines(shared)


def test_the_split_is_by_document() -> None:
    assert {corpus.is_held_out(str(i)) for i in range(20)} == {True, False}


def test_gold_words_join_suffixes_or_not(shared: Path) -> None:
    assert corpus.read_gold_words(shared, "x.conllu") == [["加速度", "大", "，", "再强"], ["好"]]
    assert corpus.read_gold_words(shared, "x.conllu", join_suffixes=False)[0] == ["加速", "度", "大", "，", "再", "强"]


def test_silver_words_are_normal_and_have_no_blanks(shared: Path) -> None:
    assert corpus.read_silver_words(shared)[0] == ("a", ["第", "2507", "(", "2020", ")", "号", "决议"])


def test_a_missing_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"dev\.zh: training data is missing.*--shared"):
        corpus.read_lines(tmp_path)


def test_paragraphs_of_a_resolution_lose_their_layout(tmp_path: Path) -> None:
    path = tmp_path / "r.xml"
    path.write_text('<a xmlns="urn:x"><p>\t回顾 第 <b>2507</b>\n（2020）号</p><p> </p><q>不</q></a>', encoding="utf-8")
    assert list(corpus.akn_paragraphs(path)) == ["回顾第2507(2020)号"]


# Segmentation

WORDS = [["安理会", "举行", "会议"], ["主席", "主持", "会议"], ["代表", "感谢", "主席"], ["安理会", "感谢", "代表"]] * 8


def test_a_segmenter_learns_and_training_repeats_itself(tmp_path: Path) -> None:
    state = random.getstate()
    for name in ("one", "two"):
        train_segmenter(WORDS, tmp_path / name, SegmentSettings(iterations=4, least=0))
    assert random.getstate() == state, "training must not disturb other people's chance"
    segmenter = PkusegSegmenter(tmp_path / "one")
    assert segmenter.cut("安理会感谢主席") == ["安理会", "感谢", "主席"]
    assert score_words(segmenter, WORDS).as_json() == {"p": 1.0, "r": 1.0, "f1": 1.0, "words": 96}
    for file in ("features.msgpack", "weights.npz"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_words_are_counted_by_their_place() -> None:
    score = score_words(CharacterSegmenter(), [["安理会", "开", "会"]])
    assert score == WordScore(correct=2, reference=3, predicted=5)
    assert score.as_json() == {"p": 0.4, "r": 0.6667, "f1": 0.5, "words": 3}


# Invented names


@pytest.mark.parametrize("make", [invent.person, invent.mission, invent.organization, invent.place])
def test_inventions_are_names_in_the_normal_form_and_repeat(make: type) -> None:
    names = [make(random.Random(i)) for i in range(300)]
    assert names == [make(random.Random(i)) for i in range(300)]
    assert len(set(names)) > 150
    assert all(name == name.strip() == normalize(name)[0] and name for name in names)


def test_templates_hold_known_slots_only() -> None:
    slots = {slot for line in invent.templates() for slot in line.replace("{", "\0{").split("\0")[1:]}
    assert {slot[:3] for slot in slots} <= {"{P}", "{M}", "{O}", "{T}", "{S}", "{D}", "{H}", "{L}", "{N}"}


# Labels


def _names(sample: Sample) -> list[str]:
    return [f"{label} {sample.text[start:end]}" for start, end, label in sample.entities]


def test_the_scan_labels_what_it_knows() -> None:
    names = ["Official 穆萨·特斯塔", "Mission 联刚稳定团", "Organization 联合国大会", "Official 阿明"]
    assert _names(scanned(LINE)) == names


def test_marked_spans_win_over_the_scan_and_persons_may_be_left_to_people() -> None:
    at = LINE.index("联合国大会")
    sample = scanned(LINE, extra=[(at, at + 7, "Organization")], persons=False)
    assert _names(sample) == ["Mission 联刚稳定团", "Organization 联合国大会选举"]
    assert all(m.type != MentionType.OFFICIAL for m in sample.mentions)


def test_a_hidden_name_is_labelled_but_not_scanned() -> None:
    sample = hidden(scanned(LINE), random.Random(1), share=1.0)
    assert _names(sample) == _names(scanned(LINE))
    texts = [m.text for m in sample.mentions]
    assert "联刚稳定团" not in texts
    assert "穆萨·特斯塔" not in texts
    assert "联合国" in texts, "a scan that does not know 联合国大会 still knows 联合国"


@given(st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_other_names_keep_labels_and_unsure_places_in_step(seed: int) -> None:
    unsure = (LINE.index("1月3日"), LINE.index("1月3日") + 4)
    before = scanned(LINE, unsure=[unsure])
    after = replaced(before, random.Random(seed), share=0.7)
    assert [label for *_, label in after.entities] == [label for *_, label in before.entities]
    assert [after.text[a:b] for a, b in after.unsure] == ["1月3日"]
    assert all(after.text[m.start : m.end] == m.text for m in after.mentions)
    gaps = [(a[1], b[0]) for a, b in zip(after.entities, after.entities[1:], strict=False)]
    assert [after.text[a:b] for a, b in gaps] == ["感谢", "，1月3日", "选举"]


def test_templates_are_filled_with_labels_at_their_places() -> None:
    samples = list(made_up(["法国"], random.Random(1), rounds=1))
    assert len(samples) == len(invent.templates())
    assert all(s.text[a:b] == s.text[a:b].strip() != "" for s in samples for a, b, _ in s.entities)
    assert not any("{" in s.text for s in samples)
    assert {label for s in samples for *_, label in s.entities} == {"Official", "Mission", "Organization"}


def test_chance_depends_on_the_sentence_not_on_what_was_drawn_before() -> None:
    assert seed_of("甲", 1).random() == seed_of("甲", 1).random() != seed_of("乙", 1).random()


def test_half_of_the_lists_is_kept_for_testing() -> None:
    assert {is_reserved(id_) for id_ in ("UNMISS", "MONUSCO", "AU", "ASEAN", "ECOWAS", "IGAD")} == {True, False}


def test_unknown_bodies_in_resolutions_are_unsure_not_absent() -> None:
    (sample,) = resolution_samples(["促请特帕卢解放阵线停止一切敌对行动"], 5, 1)
    assert [sample.text[a:b] for a, b in sample.unsure] == ["促请特帕卢解放阵线"]
    doc = doc_of(train_ner([sample], CharacterSegmenter(), NerSettings(epochs=0, made_up=1)), sample)
    assert doc.has_annotation("ENT_IOB")
    assert doc[0].ent_iob_ == "", "missing"
    assert doc[-1].ent_iob_ == "O"


# Names


def test_names_are_learned_from_thirty_sentences_and_training_repeats_itself(tmp_path: Path) -> None:
    texts = [f"主席{name}主持会议。" for name in ("甲乙", "丙丁", "戊己", "庚辛", "壬癸")] * 6
    samples = [Sample(text, ((2, 4, "Official"),), ()) for text in texts]
    chosen = NerSettings(epochs=4, made_up=0, dropout=0.0)
    for name in ("one", "two"):
        save(train_ner(samples, CharacterSegmenter(), chosen), tmp_path / name)
    files = [p.relative_to(tmp_path / "one") for p in sorted((tmp_path / "one").rglob("*")) if p.is_file()]
    assert files
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes(), file
    nlp = load_pipeline(tmp_path / "one")
    with nlp.select_pipes(disable=["unsc_mentions"]):
        doc = nlp("主席丙丁主持会议。")
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("丙丁", "Official")]


# What people marked


def _write_gold(folder: Path, number: int, digest: str, **span: object) -> None:
    record = {"line": number, "sha256": digest, "spans": [span]} if span else None
    (folder / "persons.jsonl").write_text(json.dumps(record) + "\n" if record else "", encoding="utf-8")
    (folder / "bodies.jsonl").write_text("", encoding="utf-8")


def test_marks_move_from_the_file_to_the_normal_form(shared: Path, tmp_path: Path) -> None:
    lines, raw = corpus.read_lines(shared), corpus.read_raw_lines(shared)
    _write_gold(tmp_path, 0, lines[0].sha256[:16], start=2, end=12, type="Official", **{"or": [[2, 6]]})
    assert raw[0][2:12] == "2507（2020）"[:10]
    (span,) = read_gold(lines, raw, tmp_path)[0]
    assert [lines[0].text[a:b] for a, b in span.places] == ["2507(2020)", "2507"]


def test_marks_on_another_text_are_refused(shared: Path, tmp_path: Path) -> None:
    _write_gold(tmp_path, 1, "0" * 16, start=0, end=2, type="Official")
    with pytest.raises(ConfigError, match=r"line 1 of dev\.zh is not the line that was marked"):
        read_gold(corpus.read_lines(shared), corpus.read_raw_lines(shared), tmp_path)


def test_the_tables_of_marks_are_in_shape_and_hold_no_text() -> None:
    for table in ("persons", "bodies"):
        text = Path(corpus.__file__).with_name("gold").joinpath(f"{table}.jsonl").read_text(encoding="utf-8")
        assert text.isascii()
        records = [json.loads(line) for line in text.splitlines()]
        assert [r["line"] for r in records] == sorted({r["line"] for r in records})
        for record in records:
            assert set(record) == {"line", "sha256", "spans"}
            places = [(s["start"], s["end"]) for s in record["spans"]]
            assert len(places) == len(set(places))
            for span in record["spans"]:
                assert set(span) <= {"start", "end", "type", "optional", "or"}
                assert 0 <= span["start"] < span["end"]
                assert all(span["start"] <= a < b <= span["end"] for a, b in span.get("or", ()))


def test_scores_count_what_was_asked_and_forgive_what_is_optional() -> None:
    name = next(str(i) for i in range(99) if corpus.is_held_out(str(i)))
    text = "法国代表穆萨·特斯塔感谢联刚稳定团和全国寡妇救济会。"
    line = corpus.Line(0, text, "", name, "")
    at = text.index("穆萨")
    marked = [GoldSpan(at, at + 6, "Official"), GoldSpan(0, 2, "Official")]
    persons, faults = score_persons([line], {0: marked}, None)
    assert persons.as_json() == {"p": 1.0, "r": 0.5, "f1": 0.6667, "wanted": 2, "predicted": 1}
    assert faults == [(0, "-法国")]
    forgiven, faults = score_persons([line], {0: [GoldSpan(at, at + 6, "Official", optional=True)]}, None)
    assert (forgiven.predicted, faults) == (0, [])
    body = text.index("全国")
    society = GoldSpan(body, body + 7, "Organization", also=((body + 2, body + 7),))
    bodies, _ = score_bodies([line], {0: [society]}, None)
    assert bodies.as_json() == {"p": 0.0, "r": 0.0, "f1": 0.0, "wanted": 1, "predicted": 0}, (
        "listed names are not asked"
    )


def test_a_told_sample_is_tokenized_as_told() -> None:
    nlp = train_ner([scanned(LINE)], CharacterSegmenter(), NerSettings(epochs=0, made_up=1))
    sample = Sample("联泰团开会", ((0, 3, "Mission"),), (Mention(MentionType.MISSION, 0, 3, "联泰团"),))
    doc = doc_of(nlp, sample)
    assert [token.text for token in doc] == ["联泰团", "开", "会"]
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("联泰团", "Mission")]


@pytest.mark.evaluation
def test_the_marks_fit_the_corpus_and_the_scores_are_those_that_were_written() -> None:
    shared = Path(os.environ["KG_DATA"])
    lines = corpus.read_lines(shared)
    gold = read_gold(lines, corpus.read_raw_lines(shared))
    from kg.pipeline.language import MODEL

    metrics = json.loads((MODEL / "metrics.json").read_text(encoding="utf-8"))
    score, _ = score_persons(lines, gold, load_pipeline())
    assert score.as_json()["f1"] >= metrics["entities"]["persons"]["with_ner"]["f1"] - 0.02
    assert corpus.fingerprint(shared) == metrics["inputs_sha256"]
