"""Numbers of things, in words."""

from search.counts import counted, left_out, named


def test_one_is_singular() -> None:
    """A thousand has its comma, and no number but one goes without the s."""
    assert [counted(n, "document") for n in (0, 1, 2, 1200)] == [
        "0 documents",
        "1 document",
        "2 documents",
        "1,200 documents",
    ]


def test_what_was_left_out_is_counted_by_suffix() -> None:
    """The most frequent first; names that are no text don't break the line."""
    assert left_out({".zip": 1, ".png": 2}) == "3 files of formats Quoth doesn't read were left out: .png 2, .zip 1"
    assert left_out({".png": 1}) == "1 file of formats Quoth doesn't read was left out: .png 1"
    assert left_out({".\udcff": 1}).endswith(".? 1")
    assert left_out({f".{i}": 1 for i in range(20)}).endswith(", …")


def test_the_first_are_named() -> None:
    """Three of them, and a mark that there are more."""
    assert named(["a"], "question") == "1 question (a)"
    assert named(["a", "b", "c", "d"], "question") == "4 questions (a, b, c, …)"
