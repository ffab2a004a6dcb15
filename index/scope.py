"""Small changes of what a sentence claims: how much of it, of what, how surely, on which condition.

A word or two put in between words that stay: “spend part of it”, “the late mayor”, “hopes to close”. What is told more
of in a clause of its own leaves the rest as it is.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from difflib import SequenceMatcher
from typing import NamedTuple

from index.copyediting import plain_terms
from index.signature import Signature

_FEW = 5
"""So many words between others belong to these; more may be a clause."""
_LIMITS = frozenset(
    plain_terms(
        "only merely solely exclusively except outside beyond else another all every each both "
        "part partly partial partially portion some most mostly mainly largely chiefly primarily majority minority "
        "perhaps maybe probably possibly potentially presumably theoretically theory nominally unofficially "
        "provisionally tentatively conditionally briefly temporarily temporary secretly privately covertly anonymously "
        "accidentally deliberately jokingly illegally "
        # No mayor is who was, will be or plays one.
        "late future prospective designate elect retired honorary emeritus aspiring styled ousted deposed caretaker "
        "forged bogus mock pseudo counterfeit purported imaginary fictional abandoned disused defunct derelict"
    )
)
_DENYING = ("un", "non")
_NOT_DENYING = ("under", "uni", "unto", "until", "unless", "uncl", "none", "nonetheless")
_SOME, _LATE = plain_terms("some late")
_OF = "of"
_OWNERS = frozenset(plain_terms("the a his her its their our my your"))
_CONDITIONS = frozenset(plain_terms("if unless provided whether"))
_TO, _HAVING, _NTH, _MOST = "to", "have", "th", "est"
_DOING = frozenset(plain_terms("have has had be been being"))
_ORDER = frozenset(plain_terms("in order so as"))
"""With “to” behind them they say no more than “to” alone."""


class Edit(NamedTuple):
    """Words that either of two texts has where the other has others, or none, and the word before and behind them."""

    gone: Sequence[str]
    new: Sequence[str]
    before: str
    behind: str


def edits(a: Sequence[str], b: Sequence[str]) -> Iterator[Edit]:
    """Where two texts differ, in order; the same whichever of them comes first."""
    skip = alike(a, b)
    end = alike(a[skip:][::-1], b[skip:][::-1])
    # One order for both ways round: the alignment is not symmetric.
    one, other = sorted((list(a[skip : len(a) - end]), list(b[skip : len(b) - end])))
    first, last = a[skip - 1] if skip else "", a[-end] if end else ""
    for kind, start, stop, begin, until in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind != "equal":
            before = one[start - 1] if start else first
            behind = one[stop] if stop < len(one) else last
            yield Edit(one[start:stop], other[begin:until], before, behind)


def alike(a: Sequence[str], b: Sequence[str]) -> int:
    """How many words two texts begin with alike."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def is_limited(a: Signature, b: Signature) -> bool:
    """Whether one of two texts claims less than the other, or something on a condition."""
    names = frozenset((*a.names, *b.names))
    meant = frozenset(one.words[place] for one in (a, b) for place in one.content) - names
    return any(
        _limits(own, theirs, edit, meant) or _governs([word for word in own if word not in names], theirs, meant)
        for edit in edits(a.words, b.words)
        for own, theirs in ((edit.gone, edit.new), (edit.new, edit.gone))
    )


def _limits(own: Sequence[str], theirs: Sequence[str], edit: Edit, meant: AbstractSet[str]) -> bool:
    """Whether one of some words makes less of those around it, where others, or none, stand in their place."""
    if len(own) > _FEW:
        return own[0] in _CONDITIONS
    befores, behinds = [edit.before, *own][: len(own)], [*own, edit.behind][1:]
    return any(
        word not in theirs and (word in _CONDITIONS or _is_limit(word, before, behind, meant))
        for word, before, behind in zip(own, befores, behinds, strict=True)
    )


def _governs(own: Sequence[str], theirs: Sequence[str], meant: AbstractSet[str]) -> bool:
    """Whether by some few words, but for names, what follows is only meant, or said: “hopes to”, “is said to have”."""
    end = len(own) if len(own) <= _FEW else 0
    while end and own[end - 1] in _DOING:
        end -= 1
    head = own[:end]
    if len(head) > 1 and head[-1] == _TO and not any(word.endswith(_TO) for word in theirs):
        return not _ORDER.issuperset(head[:-1])
    return _HAVING in own[end:] and not meant.isdisjoint(head)  # “regrets having”


def _is_limit(word: str, before: str, behind: str, meant: AbstractSet[str]) -> bool:
    if word == _SOME:
        return behind == _OF
    if word == _LATE:
        return before in _OWNERS and not behind[:1].isdigit()
    if word[:1].isdigit():
        return word.endswith(_NTH) and behind.endswith(_MOST)  # “the second largest”
    return word in _LIMITS or (word in meant and word.startswith(_DENYING) and not word.startswith(_NOT_DENYING))
