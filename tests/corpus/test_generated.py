"""Documents that a grammar writes come back clause by clause, with the addresses and places they were written at."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceyin.corpus.read import Source
from ceyin.corpus.segment import parse
from ceyin.evals.documents.check import differences, lost_words
from ceyin.evals.documents.document import Generated, document
from ceyin.evals.documents.draft import TRAITS, Options
from ceyin.evals.documents.mutations import mutate_bytes, mutate_text, page
from ceyin.evals.documents.policies import KINDS
from ceyin.evals.documents.trial import bytes_trial, fuzz_trial, text_trial

SEEDS = st.integers(min_value=0, max_value=2**32)
# Shrinks to the kind and the traits that are needed to show a fault.
OPTIONS = st.builds(
    Options,
    kind=st.sampled_from(list(KINDS)),
    damage=st.booleans(),
    traits=st.frozensets(st.sampled_from(TRAITS)),
)


def faults(made: Generated) -> list[str]:
    found = differences(made, parse(Source("生成.txt", "0" * 64, made.text, "txt")))
    return [f"{d.kind}: {d.note}" for d in found]


@settings(max_examples=300)
@given(SEEDS, OPTIONS)
def test_a_generated_document_comes_back(seed: int, options: Options) -> None:
    made = document(Random(seed), options)
    assert not faults(made), made.text


@pytest.mark.parametrize("damage", [False, True], ids=["sound", "damaged"])
def test_five_hundred_documents_come_back(damage: bool) -> None:
    wrong = {}
    for seed in range(250):
        made = document(Random(seed), Options(damage=damage))
        if found := faults(made):
            wrong[seed] = found[0]
    assert not wrong, f"{len(wrong)} of 250: {list(wrong.items())[:5]}"


@settings(max_examples=200)
@given(SEEDS, st.sampled_from(["structure", "bytes"]))
def test_no_character_of_a_torn_document_is_lost(seed: int, level: str) -> None:
    failure, _ = fuzz_trial(seed, level)
    assert failure is None, f"{failure.kind}: {failure.note}"


@given(st.binary(max_size=2000), st.sampled_from([None, "txt", "html"]))
def test_any_bytes_are_read_or_refused(data: bytes, kind: str | None) -> None:
    failure = bytes_trial(data, 0, kind=kind)
    assert failure is None, f"{failure.kind}: {failure.note}"


# Found by the fuzz command, cut down to what is needed.
TORN = {
    "a note between the number and the name of a chapter": "第一章\n特此通知\n第 一",
    "a long number that is none": "第一条 甲。\n第" + "三" * 60 + "款的规定",
    "markup of Markdown between two parts": "# 示例市办法\n\n## 第一章 总则\n\n第一条 **甲**乙。\n\n## 第二章 附则\n\n---\n第二条 丁。",
    "bold signs on a line of their own": "示例市办法\n第一条 甲。 **\n试点单位按照第四条规定减半。\n第二条 乙。",
    "more than ten thousand paragraphs under one label": "示例市办法\n第一条 甲。\n" + "甲局\n" * 10_050,
}


@pytest.mark.parametrize("text", TORN.values(), ids=TORN.keys())
def test_texts_that_once_broke_the_segmenter(text: str) -> None:
    failure = text_trial(text, 0)
    assert failure is None, f"{failure.kind}: {failure.note[-300:]}"


# Each once took a time that grows with the square of the length.
RUNS = [
    " ",
    "\u3000",
    "\t",
    "\u200b",
    "**",
    "第",
    "( ",
    "1. ",
    "甲。 ",
    "各区:\n",
    "一、\n(一)\n",
    "(一)甲;\n",
    "第章\n",
    "甲局 ",
    "⑳ ",
]


@pytest.mark.parametrize("piece", RUNS, ids=[repr(piece) for piece in RUNS])
def test_a_hundred_kilobytes_of_one_thing_are_read_within_two_seconds(piece: str) -> None:
    run = piece * (33_000 // len(piece))
    failure = text_trial(f"示例市试点办法\n\n第一条 甲。\n{run}\n第二条 乙。\n", 0)
    assert failure is None, f"{failure.kind}: {failure.note}"


def test_the_same_seed_writes_the_same_document() -> None:
    for seed in range(50):
        assert document(Random(seed)) == document(Random(seed))
        rng, again = Random(seed), Random(seed)
        text = document(Random(seed)).text
        assert mutate_text(rng, text) == mutate_text(again, text)
        assert mutate_bytes(rng, page(rng, text).encode()) == mutate_bytes(again, page(again, text).encode())


def test_every_kind_and_trait_of_the_grammar_is_written() -> None:
    seen = {t for seed in range(3000) for t in document(Random(seed), Options(damage=seed % 3 == 0)).traits}
    assert set(TRAITS) <= seen, sorted(set(TRAITS) - seen)
    assert {f"kind: {kind}" for kind in KINDS} <= seen
    assert {f"damage: {kind}" for kind in ("gap", "cut", "blank", "empty", "stub")} <= seen


def test_a_trait_that_is_not_allowed_is_not_written() -> None:
    for seed in range(200):
        made = document(Random(seed), Options().without("mentions", "glued into one line"))
        assert not {"mentions", "glued into one line"} & made.traits
    with pytest.raises(ValueError, match=r"unknown traits: mention$"):
        Options().without("mention")


def test_expected_places_hold_the_words_they_should() -> None:
    """The generator itself: in order, apart from each other, no blanks at the ends, each label where it belongs."""
    for seed in range(300):
        made = document(Random(seed), Options().without("traditional", "spaced labels", "full-width digits"))
        clauses = [c for p in made.expected for c in p.clauses]
        at = 0
        for clause in clauses:
            words = made.text[clause.start : clause.end]
            assert at <= clause.start < clause.end
            assert words == words.strip()
            if clause.path[-1].startswith(("第一条", "第二条")) and "arabic articles" not in made.traits:
                assert words.startswith(clause.path[-1])
            at = clause.end
        for policy in made.expected:
            paths = [(c.part, c.path) for c in policy.clauses]
            assert len(paths) == len(set(paths)), "an address is given once"


def test_a_hole_and_a_wrong_text_are_found() -> None:
    from dataclasses import replace

    text = "示例市试点办法\n\n第一条 为支持试点,制定本办法。\n第二条 试点单位按时报送。\n"
    parsed = parse(Source("例.txt", "0" * 64, text, "txt"))
    assert lost_words(parsed) is None
    (policy,) = parsed.policies
    holed = replace(parsed, policies=(replace(policy, clauses=policy.clauses[1:]),))
    assert (lost_words(holed) or "").startswith("hole")
    other = replace(policy.clauses[0], text="别的")
    altered = replace(parsed, policies=(replace(policy, clauses=(other, *policy.clauses[1:])),))
    assert "is not what its span says" in (lost_words(altered) or "")
