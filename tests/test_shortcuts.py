"""What is left out for speed would have given nothing: every shortcut of the scan beside the long way, on lines of the
corpus and on texts made of the signs that decide."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from pathlib import Path

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import dates, kinds, structure, symbols, text
from kg.ledger.record import _why_no_facts
from kg.pipeline import heads, name_words, names, posts, residue, scan, signed, title_words, titled
from kg.pipeline.mask import mask
from kg.pipeline.words import any_of
from kg.read import layout, lines
from kg.text import normalize, to_simplified

many = settings(max_examples=300, deadline=None)


def made_of(signs: str, words: str, most: int = 14) -> st.SearchStrategy[str]:
    """Texts of single signs and of words."""
    return st.lists(st.one_of(st.sampled_from(signs), st.sampled_from(words.split())), max_size=most).map("".join)


@pytest.fixture(scope="module")
def printed() -> list[str]:
    """Lines of the corpus as printed."""
    corpus = Path(__file__).parent / "corpus"
    return [line for path in sorted(corpus.glob("*/*.txt"))[::4] for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def normal(printed: list[str]) -> list[str]:
    """The same in the normal form."""
    return [normalize(line)[0] for line in printed]


# --- the normal form ----------------------------------------------------------------------------------------------


def long_way(printed: str) -> str:
    """Every step over every character."""
    folded = printed.translate(text._SINGLE)
    tight, _ = text._without_gaps(folded)
    try:
        simple = opencc.OpenCC("t2s").convert(tight)
    except UnicodeEncodeError:
        simple = to_simplified(tight)
    return text._BULLET_IN_NAME.sub("·", text._ROUND_ZEROS.sub(text._zeros, simple))


@given(
    made_of(
        "二○〇五年O0零一·•\u200b 　（）：⻓國乾\U0002f800\ue000，\ud800", "二○○五年 一九O0年 阿里•汗 深沈 瞭解 ２０"
    )
)
@many
def test_the_normal_form(printed: str) -> None:
    assert normalize(printed)[0] == long_way(printed)
    assert normalize(printed) == text._normal(printed)


def test_the_normal_form_of_the_corpus(printed: list[str]) -> None:
    assert [normalize(line)[0] for line in printed] == [long_way(line) for line in printed]


def test_a_text_too_long_to_keep_is_normal_too() -> None:
    long = "第 2507（2020）號決議" * 300
    assert normalize(long)[0] == long_way(long)


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF, codec="gb2312"), max_size=30))
@many
def test_simplified_characters_are_left_alone(simple: str) -> None:
    assert to_simplified(simple) == opencc.OpenCC("t2s").convert(simple)


def test_phrases_of_the_dictionary(tmp_path: Path) -> None:
    """Each phrase that OpenCC knows: none is made of characters that are taken to be left alone."""
    folder = Path(opencc.__file__).parent / "clib"
    phrases = tmp_path / "phrases.txt"
    dictionary = folder / "share" / "opencc" / "TSPhrases.ocd2"
    command = [folder / "bin" / "opencc_dict", "-f", "ocd2", "-t", "text", "-o", phrases, "-i", dictionary]
    try:
        subprocess.run(list(map(str, command)), check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"opencc's tool does not run: {error}")
    convert = opencc.OpenCC("t2s").convert
    known = [line.partition("\t")[0] for line in phrases.read_text("utf-8").splitlines()]
    assert len(known) > 300
    assert [to_simplified(phrase) for phrase in known] == [convert(phrase) for phrase in known]


# --- dates and citations ------------------------------------------------------------------------------------------

_DATED = made_of(
    "年月日号0123579〇一二十廿、至和-/当本第。",
    "2020年 1月 31日 二〇二〇年 十二月 2016-2020年 1月9日、10日 2004、2005和2006年 当月3日 双年度 财政期间",
)


def check_dates(normal: str) -> None:
    assert list(dates._date_starts(normal)) == [m.start() for m in dates._DATE.finditer(normal)]
    assert dates._TWO_YEARS.search(normal) or not dates._LIST_YEARS.search(normal)
    if "年" not in normal and "财政期间" not in normal:
        assert not dates._YEARS.search(normal)
        assert not dates._LIST_YEARS.search(normal)
        assert "月" in normal or "日" in normal or not dates._DATE.search(normal)


@given(_DATED)
@many
def test_dates(normal: str) -> None:
    check_dates(normal)


def test_dates_of_the_corpus(normal: list[str]) -> None:
    for line in normal:
        check_dates(line)


_CITED = made_of(
    "第号和、至及的()0125〇一三五十SE-/决议为",
    "第1267(1999)、1333(2000)和1363(2001)号决议 决议(第2341(2017)号) 编号为 文号 决议 S/2019/1 60/1 ES-10/14号",
)


def check_citations(normal: str) -> None:
    starts = [m.start() for m in symbols._FIRST.finditer(normal)]
    last = normal.rfind("决议")
    at, found = 0, []
    while first := symbols._first(normal, at, max(last, 0)):
        found.append(first.start())
        at = first.end()
    assert found == [start for start in starts if start < last]
    assert "/" in normal or not symbols._SYMBOL.search(normal)
    assert "决议(" in normal or "决议（" in normal or not symbols._BRACKETED.search(normal)
    assert "编号" in normal or "文号" in normal or not symbols._CALLED.search(normal)
    if not ("决议" in normal and "号" in normal):
        assert not list(symbols._bracketed(normal))
        assert not [items for items, end in symbols._lists(normal) if symbols._kept(normal, items, end)]


@given(_CITED)
@many
def test_citations(normal: str) -> None:
    check_citations(normal)


def test_citations_of_the_corpus(normal: list[str]) -> None:
    for line in normal:
        check_citations(line)


# --- names and posts ----------------------------------------------------------------------------------------------

_NAMED = made_of(
    "·-阿卡安让王阮氏李，的和：先生女士 ABab(签名)第1次全体会议",
    "让-皮埃尔·拉克鲁瓦 阿里-汗 欧阳 先生 代表 部长 David Scharia 总统 (签名) 代签 潘基文 会议 第7次",
)


def check_names(normal: str) -> None:
    if "·" not in normal and not names._HYPHENED_FIRST.search(normal):
        runs = (m.group() for m in name_words.INTERPUNCT.finditer(normal))
        assert not any("·" in run or names._HYPHENED_FIRST.match(run) for run in runs)
    for at, character in enumerate(normal):
        assert character in names._OPENING or names._make_known(normal, at, frozenset()) is None
    assert titled._CAPITAL.search(normal) or not titled._TITLED_LATIN.search(normal)
    assert " " in normal or "-" in normal or not titled._TITLED_LATIN.search(normal)
    assert " " in normal or not residue._LATIN.search(normal)
    assert "签" in normal or not signed._LINE.search(normal)
    assert ("会议" in normal and "次" in normal) or not scan._MEETING.search(normal)


@given(_NAMED)
@many
def test_names(normal: str) -> None:
    check_names(normal)


def test_names_of_the_corpus(normal: list[str]) -> None:
    for line in normal:
        check_names(line)


def check_titles(normal: str) -> None:
    if not title_words.holds_title(normal):
        assert not list(posts.find_posts(normal, normal))
        assert not names.before_honorific(normal)
        assert not titled.titled_plain(normal)
        assert not residue._ADDRESS.search(normal)


@given(
    made_of("先生女士军中大校上尉的阿里王，海陆空事主席任", "先生 将军 海军上将 主席 委员 报告员 秘书长 法官 女爵士")
)
@many
def test_titles(normal: str) -> None:
    check_titles(normal)


def test_titles_of_the_corpus(normal: list[str]) -> None:
    for line in normal:
        check_titles(line)
    assert any(map(title_words.holds_title, normal))
    assert not all(map(title_words.holds_title, normal))


@given(made_of("代于可席主马总表尔里·阿拉", "代表 马可·波罗 于尔根 主席 席尔瓦"))
@many
def test_where_a_transliterated_name_may_begin(normal: str) -> None:
    start, one = re.compile(name_words._T_START), re.compile(name_words._T_ONE)
    assert [m.span() for m in start.finditer(normal)] == [m.span() for m in one.finditer(normal)]


@given(made_of("理王亲总感谢赫扎德·-阿", "总理 国王 谢赫 谢赫扎德 感谢 亲王 助理"), st.integers(0, 12))
@many
def test_heads_before_a_name(normal: str, left: int) -> None:
    if left + 4 > len(normal):
        return
    ends = [
        left + overlap
        for head in heads._HEADS
        for overlap in range(1, len(head) + 1)
        if normal[: left + overlap].endswith(head)
        and not normal.startswith("谢赫扎德", left + overlap - len(head))
        and normal[left + overlap] not in "·-"
    ]
    assert heads.past_head(normal, left) == (ends[0] if ends else left)


def test_what_posts_tried_is_not_tried_again(normal: list[str]) -> None:
    """Behind a word for an office that ends a post, `after_post` gives what it gave to the post."""
    for line in normal[::5]:
        ends = {m.end() for m in titled._OFFICE.finditer(line)}
        asked = {names.after_post(line, at) for at in ends}
        assert set(titled.titled_plain(line)) <= asked
        assert not titled.titled_plain(line, tried=ends)


@given(
    st.lists(st.text("秘书长主席副", min_size=1, max_size=4), min_size=1, max_size=8),
    st.text("秘书长主席副", max_size=6),
)
@many
def test_a_tree_of_words_is_their_alternation(words: list[str], printed: str) -> None:
    plain = "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
    for behind in ("", "(?!长)", "长", "$"):  # what follows may make the longest fail
        tree, alternation = (re.compile(f"{group}{behind}") for group in (any_of(words), f"(?:{plain})"))
        assert [m.span() for m in tree.finditer(printed)] == [m.span() for m in alternation.finditer(printed)]


_POSTED = made_of(
    "的和兼、，副常驻国团级任命担",
    "秘书长 特别代表 主席 部长 代表团 团长 委员会 担任 任命 问题 大会 协调员 负责 高级 办公室 中称 称",
)


def check_posts(masked: str) -> None:
    patterns = posts._patterns()
    at = 0
    while head := patterns.head.search(masked, at):
        near = max(at, head.start() - 60)
        bars = (i + len(w) for w in posts._BEFORE if (i := masked.rfind(w, near, head.start())) >= 0)
        left = max([near, *bars])
        assert posts._behind_bars(masked, near, head.start()) == left
        around = patterns.post.finditer(masked, left, min(len(masked), head.end() + 60))
        expected = next((m for m in around if m.end() >= head.end()), None)
        if expected is not None and expected.start() > head.start():
            expected = None
        found = posts._around(head, patterns.post, masked, left)
        assert (found and found.span()) == (expected and expected.span())
        at = head.end()


@given(_POSTED)
@many
def test_posts(masked: str) -> None:
    check_posts(masked)


def test_posts_of_the_corpus(normal: list[str]) -> None:
    for line in normal[::5]:
        check_posts(scan.scan_all(line).masked)


@given(st.text("大会审议主席轮值秘书长特别代表副", max_size=8))
@many
def test_slugs_are_those_of_the_longest_ending(unit: str) -> None:
    patterns = posts._patterns()
    longest = sorted(patterns.endings, key=lambda name: (-len(name), name))
    ending = next((name for name in longest if unit.endswith(name)), "代表")
    assert posts._slug(unit, "代表") == patterns.slugs.get(unit, patterns.slugs[ending])


@given(
    st.text("安理会", max_size=9),
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from("SD")), max_size=4),
)
@many
def test_a_mask_of_nothing_is_the_text(printed: str, spans: list[tuple[int, int, str]]) -> None:
    inside = [(s, e, sign) for s, e, sign in spans if e <= len(printed)]
    masked = mask(printed, inside)
    covered = {i for s, e, _ in inside for i in range(s, e)}
    assert [c for i, c in enumerate(masked) if i not in covered] == [
        c for i, c in enumerate(printed) if i not in covered
    ]
    assert all("\ue000" <= masked[i] <= "\uf8ff" for i in covered)
    behind = "会" * 5000  # a long text is masked another way
    assert mask(printed + behind, inside) == masked + behind


# --- lines and paragraphs -----------------------------------------------------------------------------------------


@given(st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("中 \u3000\t.…")), max_size=30))
@many
def test_cells_and_columns_of_a_line(printed: str) -> None:
    cells = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in printed.strip())
    if not printed.strip():
        return
    line = lines.Line.of(printed)
    assert line.width == cells
    assert (line.words, line.indent) == (printed.strip(), len(printed) - len(printed.lstrip()))
    assert line.trailing == (printed != printed.rstrip())
    assert line.parted == bool(lines._PARTED.search(printed))


def test_titles_and_signatures_of_the_corpus(normal: list[str]) -> None:
    for line in normal:
        assert bool(structure.letter_title(line)) == bool(structure.LETTER_TITLE.match(line))
        assert structure.is_signed(line) == bool(structure.SIGNED.search(line))
    assert any(map(structure.letter_title, normal))
    assert any(map(structure.is_signed, normal))


# --- lines and paragraphs -----------------------------------------------------------------------------------------

_FINAL = re.compile(r"[。！？；：:;!?][”’\"')）》]*\s*$")
_TERMINAL = re.compile(r"[。！？][”’\"')）》]*\s*$")
_LINES = made_of(
    "。！？；：:;!?”’\"')）》 \t\u3000甲aＡ12_*/-.h第请S联",
    "http://un.org _____ S/2019/1 第 3 页 17-08463 联合国 S/RES/1(1946)",
)


def check_line(printed: str) -> None:
    assert lines.is_final(printed) == bool(_FINAL.search(printed))
    assert lines.ends_sentence(printed) == bool(_TERMINAL.search(printed))
    if not printed.strip():
        return
    line = lines.Line.of(printed)
    assert lines._opens(line) == bool(lines._OPENER.match(printed))
    if line.plain:
        patterns = (*layout._NO_PROSE, layout.RECORD_HEAD, lines._TITLE_LINE)
        assert not any(pattern.match(printed) for pattern in patterns)


@given(_LINES)
@many
def test_lines(printed: str) -> None:
    check_line(printed)


def test_lines_of_the_corpus(printed: list[str]) -> None:
    for line in printed:
        check_line(line)


@given(st.text("ab 。\t\n\r\f\x0b", max_size=20))
@many
def test_where_lines_end(printed: str) -> None:
    found = lines.split_lines(printed)
    for line in found:
        assert printed[line.at : line.at + len(line.text)] == line.text
        assert line.page == 1 + printed.count("\f", 0, line.at)
        before = re.split(r"\r\n|[\n\r]", printed[: line.at].replace("\f", "\n\f"))
        assert line.glued == (len(before) > 1 and bool(before[-2].strip() or before[-1]))
    rest = re.sub(r"[\n\r\f]", "", printed).split()
    assert "".join(rest) == "".join("".join(line.text for line in found).split())


def test_wide_characters_take_two_cells() -> None:
    wide = [chr(code) for code in range(0x10000) if lines._WIDE.fullmatch(chr(code))]
    assert len(wide) > 20_000
    assert {unicodedata.east_asian_width(character) for character in wide} <= {"W", "F"}


def test_beginnings_of_what_paragraphs_are_asked_for(normal: list[str]) -> None:
    asked = (kinds._MEMBERS_SAY, kinds._PRESIDENT_SPEAKS, kinds._OF_A_MEETING, kinds._SHOW_OF_HANDS, kinds._IN_FAVOUR)
    said = [line for line in normal if any(pattern.match(line) for pattern in asked)]
    assert said
    assert {line[0] for line in said} <= kinds._BEGINNINGS
    for line in normal:
        assert kinds._is_released(line) == bool(kinds._PRESS_RELEASED.search(line))


@given(st.text("第决议a1 。ä䷀㐀𠀀", max_size=12))
@many
def test_letters_are_counted_as_one_by_one(printed: str) -> None:
    letters = sum(character.isalpha() for character in printed)
    han = sum("\u3400" <= character <= "\u9fff" for character in printed)
    expected = "no words" if not letters else "not in Chinese" if han < letters / 5 else "names no"
    assert expected in _why_no_facts(printed, {})


def test_common_han_characters_are_letters() -> None:
    assert all(chr(code).isalpha() for code in range(0x4E00, 0x9FA6))
