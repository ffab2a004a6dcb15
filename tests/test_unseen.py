"""Sets made by a seed, and how they are measured, on invented articles."""

import gzip
import json
import random
from pathlib import Path

import numpy as np
import pytest

from benchmarks import unseen
from benchmarks.unseen_sets import MAKERS, Made, Question, Text, keywords, make, slips
from tests.fake_embedder import HashingEmbedder

_TOWNS = ("Tolm", "Sarn", "Verrin", "Kettel", "Orm", "Quell", "Lorn", "Holm")
_GOODS = ("apples", "lanterns", "barrels", "herring", "violins", "ropes", "candles", "wool")


def _article(number: int) -> dict[str, str]:
    """Three paragraphs of three sentences; all but the names are the same everywhere."""
    town, goods = _TOWNS[number % 8], _GOODS[number // 8 % 8]
    body = "\n\n".join(
        f"The harbour of {town} sent {part} carts of {goods} to the market on day {number}. "
        f"Nobody in {town} had asked the council for {part} carts of {goods} before. "
        f"In winter {part} carts of {goods} from {town} cost more than nine crowns."
        for part in ("four", "five", "six")
    )
    return {"_id": f"a{number}", "title": f"{town} SENDS {goods.upper()}", "text": f"{town} sends {goods}.\n\n{body}"}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 24 articles in the place of the newswire."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "scale").mkdir()
    with gzip.open(folder / "scale" / "corpus.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(_article(number)) + "\n" for number in range(24))
    return folder


def test_what_is_asked_for_was_taken_out(data: Path) -> None:
    """A sentence leaves its article, which keeps the rest; half are first ones; a seed always gives the same set."""
    made = make("newswire", data, 1)
    texts = {one.id: one.text for one in made.texts}
    whole = {one["_id"]: one["text"] for one in map(_article, range(24))}
    assert [len(asked) for asked in made.asked.values()] == [12, 12]
    for asked in made.asked.values():
        for question in asked:
            (name,) = question.right
            assert question.text in whole[name]
            assert question.text not in texts[name]
            assert texts[name].count(".") == 8
    assert make("newswire", data, 1) == made
    assert make("newswire", data, 2) != made


def test_titles_that_are_asked_stand_nowhere(data: Path) -> None:
    """Neither as titles nor as first lines; the sets of one kind and seed are of the same articles."""
    headlines, sentences = make("newswire-headlines", data, 1), make("newswire-sentences", data, 1)
    assert all(not one.title and "sends" not in one.text.split("\n\n")[0] for one in headlines.texts)
    assert [one.id for one in headlines.texts] == [one.id for one in make("newswire", data, 1).texts]
    (asked,) = sentences.asked.values()
    assert {one for question in asked for one in question.right} == {one.id for one in sentences.texts}
    assert len({kind for kind, _ in MAKERS.values()}) < len(MAKERS)


def test_hurried_questions() -> None:
    """Keywords carry meaning; a slip changes words by a letter, and not those that carry none."""
    assert keywords("What did the Harbour Board of Tolm decide?", 3) == "harbour board tolm"
    assert keywords("Who was it?", 3) == "Who was it?"
    question = "which harbour would the council sell"
    for seed in range(20):
        mended = zip(question.split(), slips(question, random.Random(seed)).split(), strict=True)
        ((word, slipped),) = [pair for pair in mended if pair[0] != pair[1]]
        assert word in {"harbour", "council"}
        assert sorted(set(slipped)) == sorted(set(slipped) & set(word))
        assert abs(len(slipped) - len(word)) <= 1


def test_every_way_is_measured_over_one_library(tmp_path: Path) -> None:
    """A row a kind of question, of all libraries; a name finds its document by words; a second run embeds nothing."""
    texts = [Text(town, "", f"The harbour of {town} was shut in May, and {town} waited.") for town in _TOWNS]
    made = Made(texts, {"names": [Question(f"harbour {one}", (one,)) for one in _TOWNS]})
    first = unseen.Remembering(HashingEmbedder(), tmp_path / "work")
    ((kind, values),) = unseen.measure("tiny", made, first, tmp_path, None)
    row = unseen.row(kind, [values, values])
    assert row["set"] == "names"
    assert row["questions"] == 2 * len(_TOWNS)
    assert row["BM25"] == row[unseen.OURS] == 1.0
    assert row["to the best"] == row["from"] == row["to"] == 0.0
    assert row["to BM25"] == (0.0, 0.0, 0.0)
    *_, last = unseen.shown([row, unseen.summary([row])]).splitlines()
    assert last.split(" | ")[2] == "+0.000 (+0.000 to +0.000)"
    first.save()
    model = HashingEmbedder()
    (again,) = unseen.measure("again", made, unseen.Remembering(model, tmp_path / "work"), tmp_path, None)
    assert model.calls == 0
    assert again == (kind, values)
    assert set(unseen.summary([row])) == set(row)


def test_txtai_ranks_by_half_and_half() -> None:
    """A word that most texts hold finds none by itself beside a rarer one; cosines decide the rest."""
    peer = unseen.Txtai([f"the cart {number}" for number in range(20)])
    cosines = np.linspace(0.5, 0.4, 20)
    found = peer.scores("the 7", cosines) - cosines / 2
    assert np.flatnonzero(found > 1e-9).tolist() == [7]
    assert 0 < found[7] <= 0.5
    assert peer.scores("the", cosines).argmax() == 0


def test_measures() -> None:
    """nDCG@10 falls with the place; drawing equal differences again changes nothing."""
    assert unseen.ndcg(["a", "b"], ["a"]) == 1.0
    assert unseen.ndcg(["b", "a"], ["a"]) == pytest.approx(0.6309, abs=1e-4)
    assert unseen.ndcg(["c"], ["a", "b"]) == 0.0
    assert unseen.interval(np.full(5, 0.25)) == (0.25, 0.25)
