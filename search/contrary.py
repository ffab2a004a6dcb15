"""Sentences that tell the contrary: of the northern wing for the southern one, of a death for a birth."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from index.stopwords import FUNCTION_WORDS
from index.terms import Term, term_texts, terms
from search.kindred import are_kindred
from search.roles import COUNTRIES
from search.wordings import word_set

_MODIFIERS = """
first opening inaugural / second / third / fourth / fifth / sixth / seventh / eighth / ninth / tenth / last final
former previous past ex / current present incumbent today / next future upcoming
old older oldest ancient / new newer newest modern
old older oldest elder eldest / young younger youngest
northern north / southern south / eastern east / western west / central
upper / lower / middle
left / right
inner / outer
internal / external
front / rear back
top / bottom
boys boy / girls girl
men man male / women woman female
maternal / paternal
gold golden / silver / bronze
big bigger biggest large larger largest great greater greatest / small smaller smallest little
long longer longest / short shorter shortest
high higher highest tall taller tallest / low lower lowest
heavy heavier heaviest / light lighter lightest
morning / afternoon / evening / night
spring / summer / autumn / winter
monday / tuesday / wednesday / thursday / friday / saturday / sunday
domestic / foreign
national federal / local / regional
public / private
civil civilian / military
minor / major
best / worst
most / least fewest
maximum / minimum
home / away
white / black / red / blue / green / yellow / brown / grey
deputy assistant vice / general chief / honorary / acting
early earlier earliest / late later latest
written / spoken
single / return
daily / weekly / monthly / yearly annual
winning / losing
catholic / protestant / orthodox
conservative / liberal / labour
"""
"""Words before a noun of which one leaves out the others; those between two strokes go together."""
_VERBS = """
born birth birthplace / die dies died dying death dead bury buried perished killed
die dies died dead death kill kills killed perished / injure injured wounded hurt / survive survived rescued / homeless
open opens opened opening / close closes closed closing closure shut shuts
begin begins began begun start starts started launch launched / end ends ended finish finished cease ceased stop stopped
found founded founder established / dissolve dissolved abolish abolished disband disbanded
build builds built erect erected construct constructed / demolish demolished raze razed collapse collapsed
praise praised praises applaud applauded / blame blamed blames criticise criticised criticize condemn condemned
rise rises rose risen increase increased grow grew grown / fall falls fell fallen drop dropped decrease decreased
accept accepted approve approved / reject rejected refuse refused veto vetoed
arrive arrives arrived / leave leaves depart departed
marry married wed wedding / divorce divorced
hire hired appoint appointed / dismiss dismissed sack sacked fire fired resign resigned retire retired
support supports supported / oppose opposes opposed
join joins joined / leave leaves quit
love loves loved / hate hates hated
remember remembered / forget forgot forgotten
arrest arrested jail jailed / release released acquit acquitted
crown crowned / depose deposed
promote promoted / relegate relegated demote demoted
attack attacked / defend defended
"""
"""Verbs, and nouns for them, of which a sentence tells the one and not the other; not such as tell one deed from both
sides, as to buy and to sell do."""
_WITHIN = word_set("europe england scotland wales britain us usa america")
_NO_BASES = word_set(
    "born birth birthplace dead death shut began begun built rose risen grew grown fell fallen wed quit forgot "
    "forgotten forbade forbidden founder closure wedding hurt homeless"
)
_AUXILIARIES = word_set("to will would shall should can could may might must did does do not")
_ASK = word_set("do does did how who whom whose which what when where why")
"""Of “to die” and the like only English questions ask: “die” is German, too, and “close” French."""
_ORIGIN = re.compile(r"(?<!died )(?<!dead )\bfrom (?:the )?[A-Z]|\b[Nn]ative (?:of|to)\b")
"""Where somebody is from tells of a birth, whatever else is told."""
_BEFORE_NOUNS = word_set("the a an this that its his her their our your my of in on at by for with from no any")
_REACH = 3
"""A modifier stands at most so many words before its noun."""
_BREAKS = frozenset(',;:.!?()[]—–\n"“”')

Sides = Mapping[str, frozenset[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Turns:
    """What in a question has a contrary: its modifiers with the nouns that they stand before, and its verbs."""

    modifiers: Sequence[tuple[str, frozenset[str]]]
    verbs: Sequence[str]

    def are_told_by(self, held: Collection[str]) -> bool:
        """Whether some terms hold one of these words."""
        return any(one in held for one, _ in self.modifiers) or any(one in held for one in self.verbs)

    def are_turned_by(self, text: str, above: Collection[str]) -> bool:
        """Whether a sentence tells the contrary of one of them; `above` are the terms of what heads it."""
        if not self.modifiers and not self.verbs:
            return False
        found = terms(text)
        held = {one.text for one in _verbs(text, found, _AUXILIARIES.__contains__)}
        told = {one.text for one in found}.union(above, term_texts("birth") if _ORIGIN.search(text) else ())
        if any(_is_turned_verb(verb, held, told) for verb in self.verbs):
            return True
        return any(
            modifier not in above and _is_turned(modifier, nouns, text, found) for modifier, nouns in self.modifiers
        )


def turns(question: str) -> Turns:
    """The words of an English question that have a contrary."""
    found = terms(question)
    sides, verbs = _sides(_modifiers()), _sides(_VERBS)
    modifiers = []
    for at, one in enumerate(found):
        if one.text in sides:
            nouns = frozenset(term.text for term in _behind(question, found, at))
            modifiers += [(one.text, nouns)] if nouns else []
    is_asking = any(question[one.start : one.end].lower() in _ASK for one in found)
    told = (one.text for one in _verbs(question, found, lambda word: is_asking and word not in _BEFORE_NOUNS))
    # Each once: a question may be a page that somebody pasted.
    asked = [one for one in dict.fromkeys(told) if one in verbs]
    modifiers = [one for one in modifiers if not any(_opposed(sides, one[0], other) for other, _ in modifiers)]
    return Turns(
        list(dict.fromkeys(modifiers)), [one for one in asked if not any(_opposed(verbs, one, o) for o in asked)]
    )


def _verbs(text: str, found: Sequence[Term], leads: Callable[[str], bool]) -> Iterator[Term]:
    """The terms that may be verbs: of “end”, “close”, “open” those behind a word that `leads` to them; no names."""
    before = ""
    for number, one in enumerate(found):
        surface = text[one.start : one.end]
        word, behind = surface.lower(), text[found[number + 1].start] if number + 1 < len(found) else ""
        is_verb = word.endswith(("ed", "ing", "s")) or word in _NO_BASES or leads(before)
        if is_verb and not (surface[0].isupper() and (number or behind.isupper())):
            yield one
        before = word


def _is_turned_verb(verb: str, held: Collection[str], told: Collection[str]) -> bool:
    sides = _sides(_VERBS)
    return any(_opposed(sides, verb, one) for one in held) and not any(
        _agree(sides, verb, one) or are_kindred(verb, one) for one in told
    )


def _is_turned(modifier: str, nouns: frozenset[str], text: str, found: Sequence[Term]) -> bool:
    """Whether one of the nouns has a modifier that leaves this one out, and none has this one."""
    sides, is_other = _sides(_modifiers()), False
    for at, one in enumerate(found):
        is_same, is_opposed = _agree(sides, modifier, one.text), _opposed(sides, modifier, one.text)
        if not (is_same or is_opposed):
            continue
        behind = [term.text for term in _behind(text, found, at)]
        if is_same and (not behind or not nouns.isdisjoint(behind) or modifier in _peoples()):
            return False  # “the upper and the lower bridge”; “Danish law and the Norwegian order”
        is_other |= is_opposed and not nouns.isdisjoint(behind)
    return is_other


def _behind(text: str, found: Sequence[Term], at: int) -> Iterator[Term]:
    """The words right behind one that may be a noun it stands before: up to a small word or a mark."""
    for before, one in zip(found[at : at + _REACH], found[at + 1 :], strict=False):
        gap = text[before.end : one.start]
        if not _BREAKS.isdisjoint(gap) or text[one.start : one.end].lower() in FUNCTION_WORDS:
            return
        yield one


def _opposed(sides: Sides, one: str, other: str) -> bool:
    return any(
        line == another and side != side2
        for line, side in sides.get(one, ())
        for another, side2 in sides.get(other, ())
    ) and not _agree(sides, one, other)


def _agree(sides: Sides, one: str, other: str) -> bool:
    return one == other or not sides.get(one, frozenset()).isdisjoint(sides.get(other, frozenset()))


@cache
def _modifiers() -> str:
    """The lists above, and one of peoples: the French delegation is not the German one, whatever they agree on."""
    groups = (group.split() for group in COUNTRIES.replace("\n", " ").split(";"))
    # Where one is within the other, as Germans are European, neither leaves out the other.
    peoples = (" ".join(group[1:]) for group in groups if group and group[0] not in _WITHIN)
    return f"{_MODIFIERS}{' / '.join(peoples)}\n"


@cache
def _peoples() -> frozenset[str]:
    """The terms of the last of these lists."""
    return frozenset(term_texts(_modifiers().rpartition("\n")[0].rpartition("\n")[2]))


@cache
def _sides(words: str) -> Sides:
    """Each term → the lines it stands in, and on which side of which stroke."""
    found: dict[str, set[tuple[int, int]]] = {}
    for number, line in enumerate(words.strip().splitlines()):
        for side, part in enumerate(line.split("/")):
            for term in term_texts(part):
                found.setdefault(term, set()).add((number, side))
    return {term: frozenset(places) for term, places in found.items()}
