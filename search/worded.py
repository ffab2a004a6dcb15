"""What a model wrote, checked and cited: a generated answer, or the reason why there is none."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.sentences import sentences
from index.types import Span
from search.citable import Citable, Saying
from search.claims import Claim, claims
from search.gate import find_fault, leans, mend, support
from search.types import AskResult, Citation, Passage, StatementView

NO_ANSWER = "NONE"
"""What a model is told to write where the passages hold no answer."""
_MOST_CHARS = 20_000
"""A longer answer is not read: it was asked for a few dozen words."""
_MOST_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Given:
    """What a model is shown to answer from, and whose words are in it; made while a snapshot is held."""

    passages: tuple[Passage, ...]
    statements: tuple[StatementView, ...]


def checked(result: AskResult, text: str, given: Given, most_words: int) -> AskResult:
    """The result with what of a model's `text` passes the gate, in at most `most_words` words, or as it is; and a note.

    Passages that are cited are numbered anew, by where each is cited first.
    """
    if result.answer is None:
        return result
    if len(text) > _MOST_CHARS:
        return replace(result, note=standing(f"the LLM's answer has {len(text):,} characters"))
    if text.strip(" .*\n") == NO_ANSWER:
        return replace(result, note=standing("the LLM finds no answer in the passages"))
    held = _Held(text, given, most_words)
    if not held.kept:
        return replace(result, note=standing(held.note or "the LLM's answer is empty"))
    markers: dict[int, int] = {}
    lines = []
    for claim in held.kept:
        numbers = [markers.setdefault(cite, len(markers) + 1) for cite in claim.cites]
        lines.append(" ".join([claim.text, *(f"[{number}]" for number in numbers)]))
    cited = []
    for cite, marker in markers.items():
        one = given.passages[cite - 1]
        start, end = held.narrow(cite, one.document.language)
        place = one.start + start, one.start + end
        cited.append(Citation(marker, one.text[start:end], *place, one.page, one.document, one.id))
    answer = replace(
        result.answer,
        text=" ".join(lines),
        kind="generated",
        # Never surer than the documents' own words were, and less sure the less of it could be checked.
        confidence=round(result.answer.confidence * held.share * held.support, 2),
        citations=tuple(cited),
    )
    return replace(result, answer=answer, note=held.note)


class _Held:
    """A model's text held against what it was given: the claims that may be shown, and why the others may not."""

    def __init__(self, text: str, given: Given, most_words: int) -> None:
        self.kept: list[Claim] = []
        self.faults: Counter[str] = Counter()
        citable = [Citable(one.text, _sayings(one, given.statements)) for one in given.passages]
        self._citable = citable
        left = most_words
        supported = []
        has_gap = False
        for written in claims(text, given.passages[0].document.language):
            claim = mend(written, citable)
            words = len(claim.text.split())
            fault = find_fault(claim, citable) if words <= left else f"is beyond {most_words} words"
            if fault is None and has_gap and leans(claim):
                fault = "takes up one that was dropped"
            if fault is None and any(claim.text == other.text for other in self.kept):
                fault = "says it again"
            has_gap = fault is not None
            if fault is None:
                self.kept.append(claim)
                left -= words
                supported.append(support(claim, citable))
            else:
                self.faults[fault] += 1
        self.support = sum(supported) / len(supported) if supported else 0.0
        self.share = len(self.kept) / max(1, len(self.kept) + self.faults.total())

    def narrow(self, cite: int, language: str | None) -> Span:
        """The fewest sentences of a passage, up to three in a row, that bear all claims citing it; else all of it."""
        whole = self._citable[cite - 1]
        theirs = [claim for claim in self.kept if cite in claim.cites]
        spans = sentences(whole.text, language)
        for length in range(1, _MOST_SENTENCES + 1):
            best: tuple[float, Span] | None = None
            for first, last in zip(spans, spans[length - 1 :], strict=False):
                span = (first[0], last[1])
                part = Citable(whole.text[slice(*span)], whole.sayings)
                tried = [*self._citable[: cite - 1], part, *self._citable[cite:]]
                if all(find_fault(claim, tried) is None for claim in theirs):
                    share = sum(support(claim, tried) for claim in theirs)
                    best = max(best or (-1.0, span), (share, span), key=lambda one: one[0])
            if best is not None:
                # Further passages are narrowed beside what is cited of this one, not beside all of it.
                self._citable[cite - 1] = Citable(whole.text[slice(*best[1])], whole.sayings)
                return best[1]
        return 0, len(whole.text)

    @property
    def note(self) -> str | None:
        """How many sentences were dropped, and why; None where none was."""
        dropped = self.faults.total()
        if not dropped:
            return None
        why = "; ".join(f"{fault} ({count})" for fault, count in sorted(self.faults.items()))
        return f"{dropped} of {dropped + len(self.kept)} sentences of the LLM's answer dropped: {why}"


def _sayings(passage: Passage, statements: Sequence[StatementView]) -> tuple[Saying, ...]:
    found = []
    for one in statements:
        if one.speaker is None or not one.speaker.name or one.document.id != passage.document.id:
            continue
        words = f"{one.speaker.name} {one.speaker.mention or ''}".replace(".", " ").replace(",", " ").split()
        names = frozenset(word for word in words if word[0].isupper())
        for start, end in one.spans:
            text = passage.text[max(0, start - passage.start) : max(0, end - passage.start)]
            if text:
                found.append(Saying(text, names))
    return tuple(found)


def standing(reason: str) -> str:
    """A note of what kept the endpoint's answer from being shown."""
    return f"{reason}; the answer is the documents' own words"
