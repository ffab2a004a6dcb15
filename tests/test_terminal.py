"""Results as text for people: who is named beside a citation."""

from index.types import Ref
from search import terminal
from search.types import Answer, AskResult, Citation, SpeakerMention, StatementCopy, StatementView

COURIER = Ref("c", "file:///c.txt", "Bridge reopens", None, "2032-03-01", "Courier", "en")
WIRE = Ref("w", "file:///w.txt", "Bridge open again", None, "2032-03-01", "Wire", "en")


def said(name: str, document: Ref, start: int, also_in: tuple[StatementCopy, ...] = ()) -> StatementView:
    """A statement of twenty characters."""
    text = "“The bridge is open”"
    speaker = SpeakerMention(name, name, name, None, None)
    return StatementView(
        id=f"{document.id}~{start}",
        kind="direct",
        text=text,
        start=start,
        end=start + len(text),
        spans=((start, start + len(text)),),
        cue="said",
        cue_start=0,
        cue_end=4,
        confidence=0.9,
        relayed_by=None,
        speaker=speaker,
        document=document,
        also_in=also_in,
    )


def cited(document: Ref, start: int, end: int) -> str:
    """The first line of a citation of that span, where three people said something in two documents."""
    copy = StatementCopy("w~50", WIRE, "“The bridge is open”", 50, 70, ((50, 70),))
    statements = (
        said("Tolm Verrin", COURIER, 10, (copy,)),
        said("Oda Ostrel", COURIER, 40),
        said("Ines Kordal", WIRE, 80),
    )
    citation = Citation(1, "x" * (end - start), start, end, None, document, f"{document.id}#0")
    answer = Answer("x", "statements", 0.9, (citation,))
    shown = terminal.answer(AskResult("?", 1, 0.0, answer, None, statements, ()))
    return shown.splitlines()[2]


def test_a_citation_names_those_alone_whose_words_it_holds() -> None:
    """Not who speaks elsewhere in the document, nor at the same place of another one."""
    assert cited(COURIER, 10, 30) == "[1] Tolm Verrin · Bridge reopens · Courier · 2032-03-01"
    assert cited(COURIER, 30, 41) == "[1] Oda Ostrel · Bridge reopens · Courier · 2032-03-01"
    assert cited(COURIER, 5, 60) == "[1] Tolm Verrin · Oda Ostrel · Bridge reopens · Courier · 2032-03-01"
    assert cited(COURIER, 30, 40) == "[1] Bridge reopens · Courier · 2032-03-01"


def test_a_citation_of_a_copy_names_who_said_it() -> None:
    """A statement that was folded under another outlet's is its speaker's all the same."""
    assert cited(WIRE, 60, 65) == "[1] Tolm Verrin · Bridge open again · Wire · 2032-03-01"
