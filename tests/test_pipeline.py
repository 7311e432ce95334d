"""The spaCy pipeline: tokens that respect mentions, sentences, joining, saving and loading."""

from __future__ import annotations

import hashlib
import json
import pickle
import socket
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from kg.errors import KgError
from kg.model import Mention, MentionType
from kg.pipeline import language
from kg.pipeline.components import GROUP, MentionJoiner, SentenceMarker
from kg.pipeline.language import MODEL, build_language
from kg.pipeline.ner import is_body, is_person
from kg.pipeline.scan import scan
from kg.pipeline.segmenter import LONGEST, CharacterSegmenter, PkusegSegmenter, fold_letters
from kg.pipeline.sentences import sentence_starts
from kg.pipeline.tokenizer import SCANNED, Tokenizer
from kg.text import normalize

if TYPE_CHECKING:
    from spacy.language import Language

SENTENCE = "2020年1月9日，安全理事会通过第2507(2020)号决议。法国常驻代表感谢联刚稳定团团长穆萨·特斯塔。"

# pieces of the Council's papers and of everything that breaks tokenizers
PIECES = st.sampled_from(
    [
        *(
            "联刚稳定团",
            "第2507(2020)号决议",
            "2020年1月31日",
            "法国",
            "·",
            "先生",
            "S/2019/1005",
            "的",
            "。",
            "“",
            "《",
            "UN",
            "1.",
        ),
        *("\n", " ", "  ", "\t", "\u3000", "\r\n"),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=14).map("".join)


def spans(nlp: Language, text: str, group: str = GROUP) -> list[tuple[str, str]]:
    """Text and label of what is found. The Doc has to live as long as its spans are read."""
    doc = nlp(text)
    return [(span.text, span.label_) for span in doc.spans[group]]


@pytest.fixture(scope="module")
def tokenizer(nlp: Language) -> Tokenizer:
    assert isinstance(nlp.tokenizer, Tokenizer)
    return nlp.tokenizer


# Tokens


@given(TEXTS)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_tokens_are_the_text_and_nothing_else(tokenizer: Tokenizer, text: str) -> None:
    doc = tokenizer(text)
    assert doc.text == text
    assert all(token.text for token in doc)


@given(TEXTS)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_token_crosses_a_mention(tokenizer: Tokenizer, text: str) -> None:
    normal = normalize(text)[0]
    doc = tokenizer(normal)
    assert all(doc.char_span(m.start, m.end) is not None for m in scan(normal) if m.text.strip() == m.text and m.text)


@given(TEXTS)
@settings(max_examples=50, deadline=None)
def test_without_a_model_characters_are_words_and_the_text_stays(text: str) -> None:
    doc = Tokenizer(spacy.blank("zh").vocab, scan=False)(text)
    assert doc.text == text


def test_a_mention_is_one_token_whose_norm_is_its_type(tokenizer: Tokenizer) -> None:
    norms = {token.text: token.norm_ for token in tokenizer(SENTENCE)}
    assert norms["2020年1月9日"] == "Date"
    assert norms["第2507(2020)号决议"] == "Resolution"
    assert norms["联刚稳定团"] == "Mission"
    assert norms["法国"] == "State"
    assert norms["通过"] == "通过"


def test_a_persons_name_is_cut_like_any_name(tokenizer: Tokenizer) -> None:
    assert "·" in [token.text for token in tokenizer(SENTENCE)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("安全理事会举行会议。", ["安全理事会", "举行", "会议", "。"]),
        ("他说：“会议”。", ["他", "说", "：", "“", "会议", "”", "。"]),
        ("a b", ["a", "b"]),
        ("会议 会议", ["会议", "会议"]),
        ("会议  会议", ["会议", " ", "会议"]),
        ("\n会议", ["\n", "会议"]),
        ("", []),
        (" ", [" "]),
    ],
)
def test_words(tokenizer: Tokenizer, text: str, words: list[str]) -> None:
    assert [token.text for token in tokenizer(text)] == words


def test_pkuseg_works_without_the_scan(tokenizer: Tokenizer) -> None:
    bare = Tokenizer(tokenizer.vocab, scan=False, segmenter=tokenizer.segmenter)
    doc = bare("安全理事会举行会议")
    assert SCANNED not in doc.user_data
    assert [token.text for token in doc][-2:] == ["举行", "会议"]


def test_users_words_stay_whole_the_longest_first_and_below_mentions(tokenizer: Tokenizer) -> None:
    own = Tokenizer(tokenizer.vocab, segmenter=tokenizer.segmenter)
    own.add_words(["格鲁蓬", "格鲁蓬恰", "法"])
    assert [token.text for token in own("法国的格鲁蓬恰和格鲁蓬")] == ["法国", "的", "格鲁蓬恰", "和", "格鲁蓬"]


def test_a_long_text_without_marks_is_cut_in_parts(tokenizer: Tokenizer) -> None:
    text = "平" * (LONGEST * 3 + 7)
    assert "".join(tokenizer.segmenter.cut(text)) == text


def test_letters_fold_at_the_same_length() -> None:
    assert fold_letters("aZ·1") == "ＡＡ·1"


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"features\.msgpack is missing"):
        PkusegSegmenter(tmp_path)


# Saving


def test_a_tokenizer_comes_back_from_disk_bytes_and_pickle(tokenizer: Tokenizer, tmp_path: Path) -> None:
    own = Tokenizer(tokenizer.vocab, segmenter=tokenizer.segmenter)
    own.add_words(["格鲁团"])
    wanted = [token.text for token in own(SENTENCE + "格鲁团")]
    own.to_disk(tmp_path / "tokenizer")
    for other in (
        Tokenizer(tokenizer.vocab).from_disk(tmp_path / "tokenizer"),
        Tokenizer(tokenizer.vocab).from_bytes(own.to_bytes()),
        pickle.loads(pickle.dumps(own)),
    ):
        assert [token.text for token in other(SENTENCE + "格鲁团")] == wanted
        assert other.words == ("格鲁团",)


def test_saving_a_loaded_model_gives_the_same_bytes(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    for name in ("tokenizer/pkuseg/features.msgpack", "tokenizer/pkuseg/weights.npz", "ner/model", "config.cfg"):
        assert (tmp_path / name).read_bytes() == (MODEL / name).read_bytes(), name


def test_an_untrained_tokenizer_saves_and_loads(tmp_path: Path) -> None:
    Tokenizer(spacy.blank("zh").vocab).to_disk(tmp_path / "tokenizer")
    again = Tokenizer(spacy.blank("zh").vocab).from_disk(tmp_path / "tokenizer")
    assert isinstance(again.segmenter, CharacterSegmenter)


# Sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("甲。乙！丙？丁；戊", ["甲。", "乙！", "丙？", "丁；", "戊"]),
        ("甲\n乙", ["甲\n", "乙"]),
        ("他说：“好。走吧。”她走了。", ["他说：“好。走吧。”", "她走了。"]),
        ('他说："好。走吧。"她走了。', ['他说："好。走吧。"', "她走了。"]),
        ("《甲。乙》通过。", ["《甲。乙》通过。"]),
        ("甲(乙；丙)丁。", ["甲(乙；丙)丁。"]),
        ("“甲。\n乙。丙", ["“甲。\n", "乙。", "丙"]),  # a quote left open ends with its line
        ("“(a)甲；(b)乙；(c)丙。”", ["“(a)甲；", "(b)乙；", "(c)丙。”"]),
        ("增加2.5倍，见S/PV.7857。", ["增加2.5倍，见S/PV.7857。"]),
        ("甲！？乙", ["甲！？", "乙"]),
        ("", [""]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    starts = sentence_starts(text)
    assert [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)] == sentences


@given(TEXTS)
@settings(max_examples=50, deadline=None)
def test_sentences_cover_the_document(text: str) -> None:
    doc = SentenceMarker()(Tokenizer(spacy.blank("zh").vocab, scan=False)(text))
    assert "".join(sentence.text_with_ws for sentence in doc.sents) == text
    assert all(token.is_sent_start is not None for token in doc)


# Joining


def _joined(words: list[str], scanned: list[tuple[int, int, str]], learned: list[tuple[int, int, str]]) -> set[str]:
    """Places are in characters for the scan and in tokens for the trained component, as in the pipeline."""
    doc = Doc(spacy.blank("zh").vocab, words=words, spaces=[False] * len(words))
    doc.user_data[SCANNED] = [[start, end, label, "X"] for start, end, label in scanned]
    doc.ents = [Span(doc, start, end, label) for start, end, label in learned]
    doc = MentionJoiner()(doc)
    assert SCANNED not in doc.user_data
    assert all(span.kb_id_ == "X" or (span.start, span.end, span.label_) in learned for span in doc.spans[GROUP])
    return {f"{span.label_} {span.text}" for span in doc.spans[GROUP]}


@pytest.mark.parametrize(
    ("words", "scanned", "learned", "wanted"),
    [
        # nothing known
        ("青年 救济会", [], [(0, 2, "Organization")], {"Organization 青年救济会"}),
        # the scan wins
        ("法国", [(0, 2, "State")], [(0, 1, "Organization")], {"State 法国"}),
        # a name that holds a known one
        ("法国 航天局", [(0, 2, "State")], [(0, 2, "Organization")], {"State 法国", "Organization 法国航天局"}),
        # decoy: a known name with a word before it (重组马里稳定团)
        ("重组 马里稳定团", [(2, 7, "Mission")], [(0, 2, "Mission")], {"Mission 马里稳定团"}),
        # a body within a post, but no person
        ("联 泰 团 团长", [(0, 5, "Post")], [(0, 3, "Mission")], {"Post 联泰团团长", "Mission 联泰团"}),
        ("德 · 阿里", [(0, 4, "Post")], [(0, 3, "Official")], {"Post 德·阿里"}),
        # a person whom the scan cut short, not one whom it did not
        ("赛义 德 · 阿里", [(2, 6, "Official")], [(0, 4, "Official")], {"Official 赛义德·阿里"}),
        ("德 · 阿里 说", [(0, 4, "Official")], [(0, 2, "Official")], {"Official 德·阿里"}),
        # decoy: does not look like a name
        ("普及 教育", [], [(0, 2, "Organization")], set()),
        ("多利 省", [], [(0, 2, "Official")], set()),
    ],
)
def test_joining(
    words: str, scanned: list[tuple[int, int, str]], learned: list[tuple[int, int, str]], wanted: set[str]
) -> None:
    assert _joined(words.split(), scanned, learned) == wanted


@pytest.mark.parametrize(
    ("name", "after"),
    [
        ("穆萨·特斯塔", ""),
        ("让-皮埃尔·拉克鲁瓦", ""),
        ("扬·M·穆勒", ""),
        ("姆拉德诺夫", ""),
        ("夏煌", ""),
        ("中满泉", ""),
        ("Amina Warsame", ""),
        ("A. de Zayas", ""),
        ("柳", "先生"),
        ("阿里", "先生"),
        ("奥姆兰-穆萨维", "女士"),
        ("Yoon", "女士"),
    ],
)
def test_what_can_be_a_person(name: str, after: str) -> None:
    assert is_person(name, after)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("旅行", ""),
        ("拉美", ""),
        ("阿里", "说"),
        ("提高", "议员"),
        ("治安", "法官"),
        ("第二卷", ""),
        ("伊比利亚-美洲", "首脑"),
        ("Argyll", "号"),
        ("卡莱省", ""),
        ("会费委员会", ""),
        ("", ""),
    ],
)
def test_what_cannot_be_a_person(text: str, after: str) -> None:
    assert not is_person(text, after)


@pytest.mark.parametrize(
    "text", ["全国寡妇救济会", "联泰团", "采购司", "《条约》缔约国集团", "MINUTAL", "荷兰莱顿大学"]
)
def test_what_can_be_a_body(text: str) -> None:
    assert is_body(text)


@pytest.mark.parametrize(
    "text",
    [
        "普及教育",
        "促进和平的组织",
        "由委员会",
        "理事会职司",
        "条约》集团",
        "大学社会科学",
        "安全格局",
        "安全理事会会议厅",
        "西北部",
        "机会",
        "",
    ],
)
def test_what_cannot_be_a_body(text: str) -> None:
    assert not is_body(text)


def test_entities_do_not_overlap_and_the_longest_stays(nlp: Language) -> None:
    doc = nlp(SENTENCE)
    assert "法国常驻代表" in [ent.text for ent in doc.ents]
    assert {"法国", "法国常驻代表"} <= {span.text for span in doc.spans[GROUP]}


def test_everything_the_scan_finds_is_in_the_document(nlp: Language) -> None:
    doc = nlp(SENTENCE)
    found = {(s.start_char, s.end_char, s.label_, s.kb_id_) for s in doc.spans[GROUP]}
    assert {(m.start, m.end, m.type.value, m.id or "") for m in scan(SENTENCE)} <= found


def test_labels_are_types_of_mention(nlp: Language) -> None:
    assert {*nlp.get_pipe("ner").labels} == {"Mission", "Official", "Organization"}  # type: ignore[attr-defined]
    assert all(MentionType(label) for _, label in spans(nlp, SENTENCE))


def test_a_name_that_no_list_or_rule_knows_is_found_by_its_context(nlp: Language) -> None:
    found = spans(nlp, "据全国寡妇救济联合会报告，她的对手Amina Warsame表示接受，联布支助团将于12月撤离。")
    assert found == [
        ("全国寡妇救济联合会", "Organization"),
        ("Amina Warsame", "Official"),
        ("联布支助团", "Mission"),
        ("12月", "Date"),
    ]


# Loading


def test_the_package_does_not_import_spacy_before_it_must() -> None:
    code = "import sys, kg.pipeline, kg.pipeline.scan; sys.exit('spacy' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_model_loads_with_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the pipeline looked for the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    assert spans(spacy.load(MODEL), "法国") == [("法国", "State")]


def test_the_pipeline_is_loaded_once(nlp: Language) -> None:
    assert language.load_pipeline() is nlp


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="model is missing"):
        language.load_pipeline(tmp_path)


def test_components_declare_what_they_set() -> None:
    nlp = build_language(ner=False)
    assert nlp.pipe_names == ["unsc_sentences", "unsc_mentions"]
    assert nlp.get_pipe_meta("unsc_sentences").assigns == ["token.is_sent_start"]
    assert "doc.spans" in nlp.get_pipe_meta("unsc_mentions").assigns


def test_the_group_can_be_named() -> None:
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "unsc.Tokenizer.v1", "scan": True}}})
    nlp.add_pipe("unsc_mentions", config={"group": "mine"})
    assert spans(nlp, "法国", "mine") == [("法国", "State")]


@pytest.mark.skipif("unsc-kg" not in {d.name for d in metadata.distributions()}, reason="the package is not installed")
def test_an_installed_package_is_found_by_spacy_alone() -> None:
    code = f"import spacy; doc = spacy.load({str(MODEL)!r})('法国'); print([s.text for s in doc.spans['unsc']])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, encoding="utf-8")
    assert "法国" in done.stdout


def test_the_model_says_what_it_is_made_of(nlp: Language) -> None:
    assert nlp.meta["name"] == "unsc"
    assert nlp.meta["license"] == "CC BY-SA 4.0"
    assert any("United Nations" in source["license"] for source in nlp.meta["sources"])


def test_the_metrics_are_those_of_the_shipped_files() -> None:
    metrics = json.loads((MODEL / "metrics.json").read_text(encoding="utf-8"))
    for name, digest in metrics["model_sha256"].items():
        assert hashlib.sha256((MODEL / name).read_bytes()).hexdigest() == digest, name
    assert metrics["size_bytes"] < 20_000_000
    assert metrics["segmentation"]["gold"]["f1"] > 0.87
    assert metrics["segmentation"]["silver"]["f1"] > 0.91
    for part in ("persons", "bodies_no_list_holds"):
        assert metrics["entities"][part]["with_ner"]["f1"] > metrics["entities"][part]["scan_only"]["f1"]


def test_mentions_can_be_told_instead_of_scanned(tokenizer: Tokenizer) -> None:
    told = Mention(MentionType.MISSION, 0, 3, "联泰团")
    assert [token.text for token in tokenizer.tokenize("联泰团会议", [told])] == ["联泰团", "会议"]
