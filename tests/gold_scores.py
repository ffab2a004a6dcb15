"""Who said what, judged by hand: reads `tests/gold/` and scores statements and answers against it.

The gold holds offsets and names only, no text: half-open ranges of code points of `document.text`, checked by a
SHA-256 of that text. A quotation that its cue splits is two direct statements there, and a paragraph that goes on
quoting is one more, so that it doesn't matter how an extractor cuts them: coverage is counted over all its statements.
"""

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from index.types import Span, Statement, StatementKind
from search.types import AskResult, StatementView

GOLD = Path(__file__).parent / "gold"

Verdict = Literal["right", "wrong", "unattributed", "missing"]
"""`wrong` names somebody else, `unattributed` finds the words and names nobody, `missing` doesn't find them."""

_TITLES = {"mr", "mrs", "ms", "dr", "president", "professor", "judge", "the", "a", "an"}
_SUFFIXES = {"jr", "sr"}


@dataclass(frozen=True, slots=True)
class Sayer:
    """Who said it: the name that the article gives, None where it names nobody; other names to accept."""

    name: str | None
    accept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """A statement as a reader marked it; `quoted` are the spans between quotation marks, marks included."""

    kind: StatementKind
    spans: tuple[Span, ...]
    quoted: tuple[Span, ...]
    sayer: Sayer
    mention: Span | None
    core: bool


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document's statements, in the order in which questions refer to them."""

    name: str
    sha256: str
    statements: tuple[Gold, ...]

    def check(self, text: str) -> None:
        """Raise ValueError unless the offsets mean this text."""
        found = hashlib.sha256(text.encode()).hexdigest()
        if found != self.sha256:
            raise ValueError(
                f"{self.name}: the gold was made for another text (SHA-256 {self.sha256}, this is {found})"
            )


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question, and the statements (document, index) that answer it; none where nothing does."""

    id: str
    question: str
    accepted: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """What became of each gold statement of a document, and which predictions name the wrong sayer."""

    verdicts: tuple[Verdict, ...]
    wrong_persons: tuple[Statement, ...]
    unmatched: tuple[Statement, ...]


def read_gold(name: str) -> tuple[GoldDocument, ...]:
    """The documents of `tests/gold/NAME.json`."""
    return tuple(_document(one) for one in json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8")))


def read_questions(name: str) -> tuple[GoldQuestion, ...]:
    """The questions of `tests/gold/NAME.json`."""
    found = json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))
    return tuple(
        GoldQuestion(one["id"], one["question"], tuple((name, at) for name, at in one["accepted"])) for one in found
    )


def _document(raw: dict[str, Any]) -> GoldDocument:
    sayers = {key: Sayer(one["name"], tuple(one["accept"])) for key, one in raw["speakers"].items()}
    return GoldDocument(
        raw["document"], raw["sha256"], tuple(_statement(one, sayers[one["speaker"]]) for one in raw["statements"])
    )


def _statement(raw: dict[str, Any], sayer: Sayer) -> Gold:
    spans, quoted = _spans(raw["spans"]), _spans(raw.get("quoted", []))
    return Gold(raw["kind"], spans, quoted, sayer, tuple(raw["mention"]) if raw["mention"] else None, raw["core"])


def _spans(raw: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in raw)


def same_name(found: str, known: str) -> bool:
    """Whether two names can be one person's: the same words, or the same surname and no other first name."""
    one, other = _words(found), _words(known)
    if one == other:
        return True
    # "officials" is nobody's surname: what doesn't end in a capital letter is the same only word for word.
    if not one or not other or not (_is_surname(found) and _is_surname(known)):
        return False
    alone = len(one) == 1 or len(other) == 1
    return one[-1] == other[-1] and (alone or one[0][0] == other[0][0])


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = [word for word in re.findall(r"[a-z0-9-]+", plain) if word not in _SUFFIXES]
    return [word for word in words if word not in _TITLES] or words


def _is_surname(name: str) -> bool:
    last = [word for word in name.split() if word.strip(".,").lower() not in _SUFFIXES][-1:]
    return bool(last) and last[0][0].isupper()


def attribution(name: str | None, mention: Span | None, gold: Gold) -> Verdict:
    """How a name and its mention stand to a gold statement's sayer; never `missing`."""
    known = [one for one in (gold.sayer.name, *gold.sayer.accept) if one is not None]
    if name is not None and any(same_name(name, one) for one in known):
        return "right"
    if gold.sayer.name is not None or not (mention and gold.mention and _overlap(mention, (gold.mention,))):
        return "unattributed" if name is None else "wrong"
    # Nobody is named: the mention in its place is right, whatever the wording that stands for a name.
    return "right" if name is None or not _is_surname(name) else "wrong"


def score(gold: GoldDocument, said: Sequence[Statement]) -> Scored:
    """Score a document's predicted statements.

    A quotation is found when at least half of what is quoted is covered, indirect speech when the intersection over
    the union of its content and a prediction's is at least one half. A wrong person is a named prediction that finds,
    or lies for at least half of its content within, gold statements of none of which the name is right.
    """
    wrong = tuple(one for one in said if _names_another(one, gold.statements))
    unmatched = tuple(one for one in said if not any(_touches(one, other) for other in gold.statements))
    return Scored(tuple(_verdict(one, said) for one in gold.statements), wrong, unmatched)


def _verdict(gold: Gold, said: Sequence[Statement]) -> Verdict:
    by_verdict: dict[Verdict, list[Statement]] = {"right": [], "wrong": [], "unattributed": []}
    for one in said:
        by_verdict[attribution(one.name, one.mention, gold)].append(one)
    for verdict, candidates in by_verdict.items():
        if _found(gold, [one.spans for one in candidates]):
            return verdict
    return "missing"


def _found(gold: Gold, said: Sequence[tuple[Span, ...]]) -> bool:
    if gold.kind == "indirect":
        return any(_iou(spans, gold.spans) >= 0.5 for spans in said)
    covered = sum(_covered(span, [other for spans in said for other in spans]) for span in gold.quoted)
    return covered * 2 >= _length(gold.quoted)


def _touches(said: Statement, gold: Gold) -> bool:
    inside = sum(_overlap(span, gold.spans) for span in said.spans)
    return _found(gold, [said.spans]) or inside * 2 >= _length(said.spans)


def _names_another(said: Statement, gold: Sequence[Gold]) -> bool:
    touched = [one for one in gold if _touches(said, one)]
    return (
        said.name is not None
        and bool(touched)
        and all(attribution(said.name, said.mention, one) == "wrong" for one in touched)
    )


def _length(spans: Iterable[Span]) -> int:
    return sum(end - start for start, end in spans)


def _overlap(span: Span, others: Iterable[Span]) -> int:
    return sum(max(0, min(span[1], end) - max(span[0], start)) for start, end in others)


def _covered(span: Span, others: Iterable[Span]) -> int:
    """How many code points of `span` lie in any of `others`, which may overlap each other."""
    return len({at for start, end in others for at in range(max(span[0], start), min(span[1], end))})


def _iou(one: Sequence[Span], other: Sequence[Span]) -> float:
    both = sum(_overlap(span, other) for span in one)
    return both / (_length(one) + _length(other) - both)


def tally(gold: Sequence[GoldDocument], scored: Sequence[Scored]) -> dict[str, Counter[str]]:
    """Verdicts counted by kind, of core statements only."""
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in ("direct", "mixed", "indirect")}
    for document, found in zip(gold, scored, strict=True):
        for statement, verdict in zip(document.statements, found.verdicts, strict=True):
            if statement.core:
                counts[statement.kind][verdict] += 1
    return counts


def is_right(question: GoldQuestion, gold: Sequence[GoldDocument], result: AskResult) -> bool:
    """Whether an answer is one: an accepted statement among its citations and first three statements, or a refusal."""
    if not question.accepted:
        return result.refusal is not None and result.answer is None
    by_name = {document.name: document.statements for document in gold}
    return result.answer is not None and any(_shows(result, name, by_name[name][at]) for name, at in question.accepted)


def _shows(result: AskResult, name: str, gold: Gold) -> bool:
    cited = [
        ((one.start, one.end),)
        for one in (result.answer.citations if result.answer else ())
        if _is(name, one.document.uri)
    ]
    listed = [spans for view in result.statements[:3] for spans in _listed(view, name, gold)]
    return any(_stands_for(spans, gold) for spans in [*cited, *listed])


def _stands_for(spans: tuple[Span, ...], gold: Gold) -> bool:
    """Whether what an answer shows holds the statement, as a sentence its clause, or is an excerpt of it."""
    held = gold.quoted or gold.spans
    holds = 2 * sum(_covered(span, spans) for span in held) >= _length(held)
    return holds or 2 * sum(_overlap(span, gold.spans) for span in spans) >= _length(spans)


def _listed(view: StatementView, name: str, gold: Gold) -> list[tuple[Span, ...]]:
    """The spans of a listed statement, and of its copies in other documents, that lie in that document."""
    found = [copy.spans for copy in view.also_in if _is(name, copy.document.uri)]
    if _is(name, view.document.uri):
        speaker = view.speaker
        mention = _mention(view)
        if speaker is None or attribution(speaker.name, mention, gold) != "wrong":
            found.append(view.spans)
    return found


def _mention(view: StatementView) -> Span | None:
    if view.speaker is None or view.speaker.mention_start is None or view.speaker.mention_end is None:
        return None
    return view.speaker.mention_start, view.speaker.mention_end


def _is(name: str, uri: str) -> bool:
    return uri.endswith(f"/{name}")
