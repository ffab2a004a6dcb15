"""What nobody has said: verbs of saying behind “if” and “whether”, behind a denial, or with no one for a subject."""

from collections.abc import Sequence

from index.speakers.tokens import Token
from index.speakers.words import word_set
from index.statements.nouns import Phrase

_REACH = 14
_HYPOTHETICAL = word_set("if whether unless lest suppose supposing imagine assuming pretend")
_NOBODY = word_set("no nobody none neither nor few hardly scarcely barely not")
"""What a subject opens with, or stands behind, when there is none."""
_AFTER_NO = word_set("other fewer less than but except only just")
"""“None other than Reck”, “no fewer than nine”, “nobody but Reck”: somebody after all."""
_DENYING = word_set(
    """
    not never no nobody none neither nor few hardly scarcely barely cannot false untrue unlikely unclear wrong doubt
    doubts doubted doubtful deny denies denied disputes disputed without nothing
    """
)
_RUMOURED = word_set(
    "idea notion myth rumour rumours rumor rumors possibility fiction claim claims allegation suggestion"
)
"""“The myth that Reck said so”: what is told of, and not told."""
_AFFIRMED = word_set(
    "until only just merely secret doubt question wonder surprise surprising surprised accident coincidence mistake"
)
"""“No doubt that”, “not until Monday that”: a denial that says yes."""
_THINKING = word_set("think thinks thought believe believes believed suppose claim claims evidence proof sign recall")
"""What takes a clause without “that”, so that a denial of it denies the clause."""
_BOUNDARIES = word_set("and but because while when so after before that")


def is_unsaid(row: Sequence[Token], subject: Phrase, first: int) -> bool:
    """Whether the clause of a subject is no assertion that it said something, in the sentence from `first` on."""
    begin, end = subject
    while begin < end - 1 and row[begin].low in _HYPOTHETICAL | {"that"}:
        begin += 1
    return _is_nobody(row, begin, end, first) or _is_supposed(row, begin, first)


def _is_nobody(row: Sequence[Token], begin: int, end: int, first: int) -> bool:
    """“Nobody at the plant”, “no minister”, “neither the mayor nor Reck”."""
    opening = begin - 1 if begin > first and row[begin - 1].low in _NOBODY else begin
    if row[opening].low not in _NOBODY:
        return any(row[i].low == "nor" for i in range(begin, _core_end(row, begin, end)))
    following = row[opening + 1 : opening + 4]
    is_number = bool(following) and following[0].text[0].isdigit()
    return not is_number and not any(token.low in _AFTER_NO for token in following)


def _core_end(row: Sequence[Token], begin: int, end: int) -> int:
    return next((i for i in range(begin, end) if row[i].kind != "word"), end)


def _is_supposed(row: Sequence[Token], begin: int, first: int) -> bool:
    """“If Reck said”, “whether Reck said”, “it is not true that Reck said”, “few believe Reck said”."""
    before = row[begin - 1] if begin > first else None
    if before is None or before.kind != "word":
        return False
    if before.low in _HYPOTHETICAL or _is_at_no_point(row, begin, first):
        return True
    is_that = before.low == "that"
    if not is_that and before.low not in _THINKING:
        return False
    clause = _clause_before(row, begin - 1 if is_that else begin, first)
    if is_that and clause and clause[0] in _RUMOURED:
        return True
    if not _HYPOTHETICAL.isdisjoint(clause):
        return True
    denials = [low for low in clause if low in _DENYING or low.endswith("n't")]
    return bool(denials) and (denials == ["doubt"] or _AFFIRMED.isdisjoint(clause))


def _is_at_no_point(row: Sequence[Token], begin: int, first: int) -> bool:
    """“Never has Reck said”, “at no point had Reck said”: the auxiliary before its subject, behind a denial."""
    is_helped = row[begin - 1].low in ("has", "have", "had")
    return is_helped and not _DENYING.isdisjoint(_clause_before(row, begin - 1, first))


def _clause_before(row: Sequence[Token], end: int, first: int) -> list[str]:
    """The words before a place, the nearest first, back to the start of their clause."""
    words: list[str] = []
    for i in range(end - 1, max(first, end - _REACH) - 1, -1):
        if row[i].kind != "word" or row[i].low in _BOUNDARIES:
            break
        words.append(row[i].low)
    return words
