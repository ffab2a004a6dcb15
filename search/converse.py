"""Deeds that are told from their other side: who bought it is the one whom it was sold to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from index.opposites import NUMBER_WORDS
from index.stopwords import FUNCTION_WORDS
from index.terms import Term, term_texts, terms
from search.wordings import word_set

_PAIRS = """
buy buys bought purchase purchases purchased acquire acquires acquired / from / sell sells sold sale / to
borrow borrows borrowed / from / lend lends lent loan loans loaned / to
import imports imported / from / export exports exported / to
inherit inherits inherited / from / bequeath bequeaths bequeathed / to
receive receives received / from / give gives gave given hand hands handed award awards awarded / to
receive receives received / from / send sends sent / to
learn learns learned learnt / from / teach teaches taught / -
beat beats beaten defeat defeats defeated win wins won / - / lose loses lost / to
"""
"""Verbs for one deed, each with the word that leads to who does the other one; a dash where none need."""
_ANY = "-"
_DO, _BE = word_set("do does did"), word_set("is are was were been be being")
_BEFORE_NOUNS = word_set("the a an this that its his her their our my your of no any")
_LED = _BEFORE_NOUNS | word_set(f"{NUMBER_WORDS} them him us me you")
_IT = word_set("it them him her these those")
_REACH = 4
"""So many words behind a verb may name what it was done to, and behind the word that leads to them who did it."""
_SENTENCE = 60
"""So many words behind a verb are looked through for that word: what no mark divides may be as long as a page."""


@dataclass(frozen=True, slots=True)
class Deed:
    """The verb of a question that has a converse, and who is asked to have done it.

    `others` are the converse verbs, each with the word that leads to who did this one; `doers` the terms of who did it
    by the question; `is_asked` is whether it asks for them, who are none of those that are `named`. What was only done,
    whoever did it, has neither.
    """

    verb: str
    others: Mapping[str, str]
    doers: frozenset[str]
    is_asked: bool
    named: frozenset[str]

    def is_told_by(self, text: str) -> bool:
        """Whether a sentence tells the deed by the converse verb, of the same thing, and names where it should who."""
        found = terms(text)
        return any(
            self._is_done_to_same(text, found, at)
            and self._is_led_to(text, found[at + 1 : at + 1 + _SENTENCE], self.others[one.text])
            for at, one in enumerate(found)
            if one.text in self.others
        )

    def _is_done_to_same(self, text: str, found: Sequence[Term], at: int) -> bool:
        """Whether a verb is passive, or one of what the question names stands right behind it."""
        if self.others[found[at].text] == _ANY or found[at].text in _yielding():
            return True
        before = {text[one.start : one.end].lower() for one in found[max(0, at - 2) : at]}
        behind = found[at + 1 : at + 1 + _REACH]
        is_named = any(one.text in self.named or text[one.start : one.end].lower() in _IT for one in behind)
        return is_named or not _BE.isdisjoint(before)

    def _is_led_to(self, text: str, behind: Sequence[Term], by: str) -> bool:
        if not self.is_asked and not self.doers:
            return by != _ANY
        places = [0] if by == _ANY else [at + 1 for at, one in enumerate(behind) if one.text == by]
        for led in (behind[at : at + _REACH] for at in places if at < len(behind)):
            terms_led = {one.text for one in led}
            if self.is_asked and self.named.isdisjoint(terms_led) and _may_be_one(text[led[0].start : led[0].end]):
                return True
            if not self.doers.isdisjoint(terms_led):
                return True
        return False


def deed(question: str) -> Deed | None:
    """The first verb of an English question that has a converse; None without one."""
    found, sides = terms(question), _sides()
    words = [question[one.start : one.end].lower() for one in found]
    for at, one in enumerate(found):
        if one.text not in sides or not words[:at] or words[at - 1] in _BEFORE_NOUNS:
            continue
        do = next((i for i, word in enumerate(words[:at]) if word in _DO), at)
        doers = frozenset(
            term.text
            for term, word in zip(found[do + 1 : at], words[do + 1 :], strict=False)
            if word not in FUNCTION_WORDS
        )
        is_asked = do == at and (_BE.isdisjoint(words[:at]) or "by" in words)
        named = frozenset(term.text for term, word in zip(found, words, strict=True) if word not in FUNCTION_WORDS)
        return Deed(one.text, sides[one.text], doers, is_asked, named)
    return None


def _may_be_one(word: str) -> bool:
    """Whether a word may begin to name somebody, which a verb (“sold to pay for it”) does not."""
    return word[0].isupper() or word[0].isdigit() or word.endswith("s") or word in _LED


@cache
def _yielding() -> frozenset[str]:
    """Verbs of those whom it was done to: “Torvik lost to Hammel”."""
    return frozenset(term_texts("lose loses lost"))


@cache
def _sides() -> Mapping[str, Mapping[str, str]]:
    """Each verb's term → the terms of its converses → the word that leads from these to who does it."""
    found: dict[str, dict[str, str]] = {}
    for line in _PAIRS.strip().splitlines():
        one, lead, other, lead_other = line.split(" / ")
        for verb in term_texts(one):
            found.setdefault(verb, {}).update(dict.fromkeys(term_texts(other), lead_other))
        for verb in term_texts(other):
            found.setdefault(verb, {}).update(dict.fromkeys(term_texts(one), lead))
    return found
