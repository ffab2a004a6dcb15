"""Near-duplicates fold under the first."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.duplicates import is_near_duplicate
from index.signature import signature
from search import collapse
from search.collapse import Texts, fold
from search.sketches import Sketch, sketch
from search.types import Query
from tests.made_up_edits import COPIES, FILLINGS, OTHER_NEWS, REPORTS, TEMPLATES
from tests.small_library import FERRY_ABROAD, WIRE, WIRE_COPY, article, make_engine


def test_copies_fold_under_the_first() -> None:
    """A wire report and its edited copy are one, different news are not."""
    assert fold([FERRY_ABROAD, WIRE, WIRE_COPY, WIRE]) == [[0], [1, 2, 3]]
    assert fold([WIRE_COPY, FERRY_ABROAD, WIRE]) == [[0, 2], [1]]


def test_another_figure_is_other_news() -> None:
    """A report that differs in a number never folds."""
    assert fold([WIRE, WIRE.replace("2.7 million", "3.9 million")]) == [[0], [1]]


@pytest.mark.parametrize("end", ["…", " …", "...", " [...]", ""])
def test_what_is_plainly_broken_off_folds(end: str) -> None:
    """Feeds cut a report by length, in a sentence that goes on with a denial or a figure, in a word even."""
    report = REPORTS["council"] + " The mayor said that nobody would have to leave before 3 March, not even the owner."
    begun = report[: report.index("nobody would") + (len("nobody would") if end else len("nobody wou"))]
    assert fold([report, begun + end]) == [[0, 1]]
    assert fold([begun + end, report]) == [[0, 1]]


def test_what_only_lacks_its_end_mark_is_not_broken_off() -> None:
    """“He will go” claims more than “he will go if”, and “1” is not “12”."""
    report = REPORTS["council"] + " The mayor said that he would go"
    assert fold([f"{report} if the council asked him not to pay 12 crowns.", report]) == [[0], [1]]
    assert fold([f"{report} not with 120 of them.", f"{report} not with 12"]) == [[0], [1]]


def test_nothing_folds_to_nothing() -> None:
    """No texts, no groups."""
    assert fold([]) == []


@given(st.lists(st.text(max_size=40), max_size=12))
def test_every_text_is_in_one_group(texts: list[str]) -> None:
    """Groups hold each position once, leaders come in order and each group starts with its own."""
    groups = fold(texts)
    assert sorted(position for group in groups for position in group) == list(range(len(texts)))
    assert [group[0] for group in groups] == sorted(group[0] for group in groups)
    assert all(group == sorted(group) for group in groups)


@given(st.lists(st.sampled_from([WIRE, WIRE_COPY, FERRY_ABROAD, "A short one.", "A short one", "", "An other"])))
def test_first_groups_are_as_large_as_among_all(texts: list[str]) -> None:
    """How many groups are asked for changes nothing about those that are given."""
    assert fold(texts, 2) == fold(texts)[:2]


@pytest.mark.parametrize("cut", [0, 12])
def test_a_text_with_words_left_out_in_front_folds(cut: int) -> None:
    """An added beginning of some words hides no copy, whichever is longer."""
    long = "In a vote that many had expected for some weeks, " + WIRE.replace("TOLM - The", "the")
    short = long[cut:]
    assert fold([long, short]) == fold([short, long]) == [[0, 1]]


@pytest.mark.parametrize("k", [1, 2, 5])
def test_duplicates_do_not_depend_on_how_many_passages_are_wanted(tmp_path: Path, k: int) -> None:
    """However few passages are asked for, all copies of one are listed under it, though others rank in between."""
    copies = [article(f"copy-{i}", f"{WIRE}\nThe ferry board of place {i} met.\n") for i in range(12)]
    engine = make_engine(tmp_path / "library", copies)
    found = engine.search(Query("Tolm voted to end the ferry service to Verrin", k=k)).passages
    engine.close()
    assert len(found[0].duplicates) == len(copies) - 1


EDITED = sorted(
    {edit(text) for edit in (*COPIES.values(), *OTHER_NEWS.values()) for text in REPORTS.values()}
    | set(REPORTS.values())
    | {template.format(**filling) for template in TEMPLATES.values() for filling in FILLINGS}
)


def _fold_by_the_test_alone(texts: list[str]) -> list[list[int]]:
    signatures = [signature(text) for text in texts]
    groups: list[list[int]] = []
    for position, one in enumerate(signatures):
        home = next((group for group in groups if is_near_duplicate(signatures[group[0]], one)), None)
        if home is None:
            groups.append([position])
        else:
            home.append(position)
    return groups


@pytest.mark.parametrize("sketched", [0, 1 << 24])
@pytest.mark.parametrize("many", [0, 1000])
@given(texts=st.lists(st.sampled_from(EDITED), max_size=25))
@settings(max_examples=25, deadline=None)
def test_folding_is_the_pairwise_test_and_nothing_else(many: int, sketched: int, texts: list[str]) -> None:
    """What is looked at first, to save time, changes no group: neither letters in a row nor figures."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(collapse, "_MANY", many)
        patch.setattr(collapse, "_SKETCHED", sketched)
        assert fold(texts) == _fold_by_the_test_alone(texts)


def test_what_was_read_for_one_question_is_not_read_again_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions on one thing meet the same texts; a long one would fill the memory, and is read each time."""
    long = " ".join(WIRE for _ in range(collapse._LONGEST // len(WIRE) + 1))
    texts = [WIRE, WIRE_COPY, long]
    groups, sketched = fold(texts, known=Texts(stay=True)), list[str]()

    def counted(read: list[str]) -> list[Sketch]:
        sketched.extend(read)
        return sketch(read)

    monkeypatch.setattr(collapse, "sketch", counted)
    assert fold(texts, known=Texts(stay=True)) == groups
    assert sketched == [collapse._folded(long)]
    kept = collapse._recent(WIRE).sketch
    assert kept
    assert kept.bits.base is None


@given(st.permutations(EDITED[:20]))
@settings(max_examples=10, deadline=None)
def test_no_text_is_lost_and_other_news_stays_apart_in_any_order(texts: list[str]) -> None:
    """Whatever the order, each is in one group, and what is folded is a copy of what leads it."""
    groups = fold(texts)
    assert sorted(position for group in groups for position in group) == list(range(len(texts)))
    signatures = [signature(text) for text in texts]
    assert all(is_near_duplicate(signatures[head], signatures[one]) for head, *rest in groups for one in rest)


def test_equal_scores_fold_in_the_same_way_whatever_was_indexed_first(tmp_path: Path) -> None:
    """Which of several equal copies leads is decided by its id, not by the order of the input."""
    copies = [article(f"copy-{i}", f"{WIRE}\nThe ferry board of place {i} met.\n") for i in range(4)]
    shown = []
    for name, documents in (("one", copies), ("other", copies[::-1])):
        engine = make_engine(tmp_path / name, documents)
        first = engine.search(Query("Tolm voted to end the ferry service to Verrin")).passages[0]
        shown.append((first.id, [copy.id for copy in first.duplicates]))
        every = engine.search(Query("Tolm voted to end the ferry service to Verrin", collapse=False)).passages
        assert {first.id, *shown[-1][1]} <= {one.id for one in every}
        assert not any(one.duplicates for one in every)
        engine.close()
    assert shown[0] == shown[1]


def test_stories_made_by_one_pattern_are_compared_with_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports that differ in a figure lead each a group, and are not compared with each other one by one."""
    pairs = 0
    real = collapse._Text.repeats

    def counting(one: collapse._Text, other: collapse._Text) -> bool:
        nonlocal pairs
        pairs += 1
        return real(one, other)

    monkeypatch.setattr(collapse._Text, "repeats", counting)
    texts = [WIRE.replace("2.7", str(i)) for i in range(10, 610)]
    assert fold(texts) == [[i] for i in range(600)]
    assert pairs < 600 * 600 / 20
    pairs = 0
    assert fold([WIRE] * 2000) == [list(range(2000))]
    assert pairs <= 2
