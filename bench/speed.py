"""Characters a second on one core: the whole pipeline beside jieba.posseg and a general spaCy pipeline.

    python bench/speed.py [--shared ../shared] [--rounds 5] [--out bench/speed.json]

All contenders read the same texts in this one process, in interleaved rounds; the figures are medians, the ratios
those of the medians of processor time (a busy machine changes the clock's). Loading and a first warm call are not
counted. They do different work, which the names say:

* ``ours`` reads a document (layout, structure), finds all mentions and extracts the facts with their evidence; also
  without the trained models, that is by the exact scan and the rules alone;
* ``jieba.posseg`` cuts words and tags them;
* ``spaCy`` has the architecture of zh_core_web_sm (tok2vec, tagger, parser, attribute_ruler, ner; widths, depths and
  numbers of labels as in its published configuration) behind pkuseg with *our* segmentation model, and weights
  initialised at random with a fixed seed: it does the arithmetic of a trained one, and says nothing of use. What it
  finds is not compared.

Nothing here asserts a time.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[_name] = "1"  # before numpy is imported: one core means one thread

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language

ROOT = Path(__file__).parent.parent
SEED = 0
WIDTH, DEPTH = 96, 4
EMBED = {"attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"], "rows": [5000, 1000, 2500, 2500]}
LABELS = {"tagger": 36, "parser": 49, "ner": 18}
"""How many labels zh_core_web_sm has; their names do not matter for speed."""


@dataclass(frozen=True, slots=True)
class Text:
    """What is read: ``name`` of the set, its ``parts``, and ``characters`` in all of them."""

    name: str
    parts: tuple[str, ...]

    @property
    def characters(self) -> int:
        return sum(map(len, self.parts))


def seed_texts() -> Text:
    """The five documents of ``seeds/``, as decoded."""
    paths = sorted((ROOT / "seeds").glob("*.txt"))
    return Text("seeds", tuple(path.read_text("utf-8-sig") for path in paths))


def corpus_lines(shared: Path, count: int) -> Text:
    """``count`` lines of `unpc-dev`, evenly spread."""
    from kg.evaluate.corpora import unpc_lines

    data = shared / "data" if (shared / "data").is_dir() else shared
    lines = unpc_lines(data)
    step = max(1, len(lines) // count)
    return Text("unpc-dev", tuple(lines[::step][:count]))


def ours(nlp: Language | None) -> Callable[[Text], object]:
    """Reading and extraction: documents for the seeds, single lines for the corpus. ``nlp`` None: by rules alone."""
    from kg.extract import extract, extract_line
    from kg.read import read_text

    def run(text: Text) -> object:
        if text.name == "seeds":
            return [extract(read_text(part, source=f"{i}.txt"), nlp) for i, part in enumerate(text.parts)]
        return [extract_line(part, nlp) for part in text.parts]

    return run


def jieba_posseg() -> Callable[[Text], object]:
    """jieba's segmentation with part-of-speech tags."""
    import logging

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
        import jieba.posseg
    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    return lambda text: [jieba.posseg.lcut(part) for part in text.parts]


def spacy_peer(segmenter: Any) -> Callable[[Text], object]:
    """The spaCy pipeline; long texts go in by paragraph, as its users do."""
    peer = _peer(segmenter)
    return lambda text: list(peer.pipe([line for part in text.parts for line in part.split("\n") if line.strip()]))


def _peer(segmenter: Any) -> Language:
    import spacy
    from spacy.tokens import Doc
    from spacy.training import Example
    from thinc.api import fix_random_seed

    fix_random_seed(SEED)
    peer = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "pkuseg"}}})
    tok2vec = {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": WIDTH,
            "include_static_vectors": False,
            **EMBED,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": WIDTH,
            "depth": DEPTH,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "tok2vec"}
    peer.add_pipe("tok2vec", config={"model": tok2vec})
    tagger = {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}
    peer.add_pipe("tagger", config={"model": tagger})
    peer.add_pipe("parser", config={"model": _transitions("parser", listener), "min_action_freq": 1})
    peer.add_pipe("attribute_ruler")
    peer.add_pipe("ner", config={"model": _transitions("ner", tok2vec)})
    for name, count in LABELS.items():
        for i in range(count):
            peer.get_pipe(name).add_label(f"L{i}")  # type: ignore[attr-defined]
    doc = Doc(peer.vocab, words=["安理会", "通过", "了", "决议"], spaces=[False] * 4)
    annotation = {"tags": ["L0"] * 4, "heads": [1, 1, 1, 1], "deps": ["L0", "ROOT", "L1", "L2"]}
    example = Example.from_dict(doc, {**annotation, "entities": [(0, 3, "L0")]})
    with tempfile.TemporaryDirectory() as folder:
        segmenter.to_disk(Path(folder))
        words = Path(folder, "words.txt")
        words.touch()  # no words: spaCy wants a file
        peer.config["initialize"]["tokenizer"] = {"pkuseg_model": folder, "pkuseg_user_dict": str(words)}
        peer.initialize(lambda: [example])
    peer.get_pipe("attribute_ruler").add(patterns=[[{"TAG": "L1"}]], attrs={"POS": "NOUN"})  # type: ignore[attr-defined]
    _scatter(peer)
    return peer


def _scatter(peer: Language) -> None:
    """Output layers start at nought, and would always choose their first label; give them random weights as well."""
    import numpy

    random = numpy.random.default_rng(SEED)
    for name in LABELS:
        for node in peer.get_pipe(name).model.walk():  # type: ignore[attr-defined]
            for param in node.param_names:
                if param == "W" and node.has_param("W") and not node.get_param("W").any():
                    shape = node.get_param("W").shape
                    node.set_param("W", random.normal(0.0, 0.1, shape).astype("float32"))


def _transitions(state: str, tok2vec: dict[str, Any]) -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": state,
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": tok2vec,
    }


def measure(contenders: dict[str, Callable[[Text], object]], texts: list[Text], rounds: int) -> list[dict[str, Any]]:
    """One row a text and contender: median characters a second by the clock and by processor time."""
    seconds: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for run in contenders.values():  # once unmeasured, so that caches are warm for all
        run(Text("warm-up", ("安理会于2020年1月31日通过了第2507(2020)号决议。",)))
    for round_ in range(rounds):
        for text in texts:
            names = list(contenders)
            for name in names[round_ % len(names) :] + names[: round_ % len(names)]:
                wall, cpu = time.perf_counter(), time.process_time()
                contenders[name](text)
                spent = (time.perf_counter() - wall, time.process_time() - cpu)
                seconds.setdefault((text.name, name), []).append(spent)
                print(f"round {round_ + 1}/{rounds} {text.name} {name} {spent[0]:.2f} s", file=sys.stderr)
    rows = []
    for text in texts:
        for name in contenders:
            walls, cpus = zip(*seconds[text.name, name], strict=True)
            rows.append(
                {
                    "text": text.name,
                    "characters": text.characters,
                    "contender": name,
                    "seconds": [round(wall, 3) for wall in walls],
                    "characters_per_second": round(text.characters / statistics.median(walls)),
                    "characters_per_processor_second": round(text.characters / statistics.median(cpus)),
                }
            )
    return rows


def table(rows: list[dict[str, Any]]) -> str:
    """The rows as text; ``ours is`` tells how many times as fast ours is, by processor time."""
    lines = [f"{'text':10} {'characters':>10}  {'contender':34} {'chars/s':>9} {'chars/cpu s':>11} {'ours is':>8}"]
    for row in rows:
        own = next(r for r in rows if r["text"] == row["text"])
        ratio = own["characters_per_processor_second"] / row["characters_per_processor_second"]
        lines.append(
            f"{row['text']:10} {row['characters']:>10,}  {row['contender']:34} {row['characters_per_second']:>9,} "
            f"{row['characters_per_processor_second']:>11,} {ratio:>7.2f}x"
        )
    return "\n".join(lines)


def main() -> None:
    """Measure, print the table, write the JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, help="folder with data/unpc-dev: measure on its lines as well")
    parser.add_argument("--lines", type=int, default=1000, help="how many of them (default 1000)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", type=Path, help="also write the figures here, as JSON")
    options = parser.parse_args()

    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    from kg.pipeline import load_pipeline

    nlp = load_pipeline()
    tokenizer: Any = nlp.tokenizer
    contenders = {
        "ours": ours(nlp),
        "ours, without the trained models": ours(None),
        "jieba.posseg": jieba_posseg(),
        "spaCy, zh_core_web_sm architecture": spacy_peer(tokenizer.segmenter),
    }
    texts = [seed_texts()]
    if options.shared:
        texts.append(corpus_lines(options.shared, options.lines))
    rows = measure(contenders, texts, options.rounds)
    print(table(rows))
    if options.out:
        record = {"python": platform.python_version(), "rounds": options.rounds, "seed": SEED, "rows": rows}
        options.out.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
