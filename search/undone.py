"""Whether a text tells what was done only as not done, or what was not done as done: denied, wanted, still to come."""

import re
from collections.abc import Sequence
from functools import cache

from index.terms import term_texts
from search.answer_types import shows
from search.deeds import deed_of, without_nouns
from search.modality import Standing, Told, standings
from search.told import is_told
from search.types import Citation

_OF_DEEDS = re.compile(
    r"\W*(?:(?:in|on|at|by) )?(?:who|when|where|which|how (?:long|many|much|often)|what year)\b", re.IGNORECASE
)
_PAST = re.compile(r"\b(?:did|was|were|has|have|had)\b", re.IGNORECASE)
_ONLY_MEANT = re.compile(r"\b(?:not|never|want|plan|hope|intend|expect|try|fail)\b|n['’]t\b", re.IGNORECASE)
"""What asks of something that was done, and not of what was not, or was only meant."""
_SUBJECT = re.compile(
    r"\W*(?:who|(?:what|which) [\w-]+) [a-z]+(?:ed|[^aeiou]t|ew|ook|ave|on|egan|ose)\b", re.IGNORECASE
)
_NOT = re.compile(r"\b(?:not|never|cannot|without)\b|n['’]t\b", re.IGNORECASE)
_WHY = re.compile(r"\W*why\b", re.IGNORECASE)
_NOT_ASKED = re.compile(
    r"\bor (?:[a-z]+ )?not\b|\bonly\b(?: [\w'’]+){1,8}? not\b"
    r"|(?<=\w )(?:that|which|who|whose)\b(?: [\w'’]+){0,3}? (?:not|never|cannot|[a-z]+n['’]t)\b",
    re.IGNORECASE,
)
"""“Whether or not” denies nothing, nor does “who was not of her party”; “the only one not taken” is told otherwise."""
_LEAST = re.compile(
    r"(?<!\bat )(?<!\bat the )(?<!\bnot )\b(?:least|fewest|smallest|lowest|shortest|slowest|weakest|poorest)\b",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"\b(?:least|few(?:er|est)?|less(?:er)?|little|low(?:er|est|s)?|small(?:er|est)?|short(?:er|est)?|slow(?:er|est|ly)?"
    r"|weak(?:er|est)?|poor(?:er|est)?|minor|minim\w+|only|just|bottom|last|reduc\w+|declin\w+|under|rarely"
    r"|hardly|barely)\b",
    re.IGNORECASE,
)
"""What the least of some is told by; whoever gave something did not give the least."""
_WANTING = (
    r"(?:want|wish|hop|seek|demand|fail|struggl|plan|intend|propos|call|press|urg|threaten|promis|pledg|vow|refus|declin"
    r"|tr[yi]|attempt|need|expect|aim|ask|order|offer)\w{0,5}|ready|willing|prepared|likely|able|unable|reluctant|keen"
    r"|eager|chance|way"
)
_REACH = 60


def asks_of_done(question: str) -> bool:
    """Whether an English question asks of a deed as done: “when did it end”, “which treaty ended it”."""
    is_past = _PAST.search(question) is not None or _SUBJECT.match(question) is not None
    return is_past and _OF_DEEDS.match(question) is not None and _ONLY_MEANT.search(question) is None


def asks_of_undone(question: str) -> bool:
    """Whether an English question asks of what is denied: “who did not sign it”; but why, texts tell without that."""
    return not _WHY.match(question) and _NOT.search(_NOT_ASKED.sub(" ", question)) is not None


def is_otherwise(question: str, cited: Sequence[Citation]) -> bool:
    """Whether a deed is asked about as done, and told by what is cited only as undone; or the other way round."""
    english = [one.text for one in cited if one.document.language in {None, "en"}]
    if len(english) < len(cited):
        return False
    if asks_of_undone(question):
        return not any(denies(text) for text in english)
    if _LEAST.search(question):
        return not any(_LESS.search(text) for text in english)
    deed = deed_of(question) if asks_of_done(question) else None
    told = [text for text in english if deed and is_told(deed, term_texts(without_nouns(deed, text)))]
    return deed is not None and bool(told) and all(tells_undone(deed, text) for text in told)


def denies(text: str) -> bool:
    """Whether an English text denies something, in whatever way: “did not”, “refused”, “all except”, “pistonless”."""
    return _denying().search(text) is not None


def tells_undone(deed: str, text: str) -> bool:
    """Whether a text tells a deed, a term of `index.terms`, in some form, and each time as not done; linear."""
    told = [one for one in standings(text) if is_told(deed, {one.term})]
    return bool(told) and all(_is_undone(one, text) for one in told)


def _is_undone(one: Told, text: str) -> bool:
    before, behind = text[max(0, one.start - _REACH) : one.start], text[one.start : one.start + _REACH]
    if _condition().search(text, max(0, one.start - 2 * _REACH), one.start):
        return True  # “It could not end until the last soldier had left.”
    if _until().search(behind):
        return False  # “It would not be closed until 1864.”
    if _denied().search(before):
        # “Nor was it closed until the flood.”
        return one.standing < Standing.PRESENT or " until " not in text[one.start :]
    if one.standing is Standing.OPEN:
        # “May have scuttled the deal” tells who did, as far as anybody knows; “came to lift the ban”, that it was.
        return _wanted().search(before) is not None if _to().search(before) else not _having().search(before)
    if one.standing is Standing.COMING:
        # “The plant will close in May 2016” tells later readers when it closed.
        return not shows("date", text, ()) and not _agreed().search(before)
    is_gerund = behind.partition(" ")[0].strip(",.;:").endswith("ing")
    is_meant = is_gerund and _meant().search(before) is not None
    return is_meant or ((is_gerund or not one.is_verb) and _nominal().search(before) is not None)


# Made when first needed, as few questions ask so.
@cache
def _denied() -> re.Pattern[str]:
    return re.compile(
        r"(?:\b(?:not|never|no longer|without|cannot|nor)|n['’]t|\b(?:fail|refus|declin)(?:e|es|ed|ing|s)? to)"
        r"(?: (?:yet|even|ever|been|be|have|to|\w+ly))*\s\Z",
        re.IGNORECASE,
    )


@cache
def _agreed() -> re.Pattern[str]:
    return re.compile(r"\b(?:agreed|decided)\b(?: [\w’']+){0,2} to (?:\w+ly |be )?\Z", re.IGNORECASE)


@cache
def _to() -> re.Pattern[str]:
    return re.compile(r"\bto (?:\w+ly |be |have |have been )?\Z", re.IGNORECASE)


@cache
def _wanted() -> re.Pattern[str]:
    """Before “to end”: somebody wants that, or cannot."""
    return re.compile(rf"\b(?:{_WANTING})\b(?: [\w’']+){{0,3}} to (?:\w+ly |be )?\Z", re.IGNORECASE)


@cache
def _having() -> re.Pattern[str]:
    return re.compile(r"\b(?:may|might|must|could) have (?:been |\w+ly )?\Z", re.IGNORECASE)


@cache
def _until() -> re.Pattern[str]:
    return re.compile(r"\A\w+(?: [\w’']+){0,3} (?:until|till|before) (?:[\w’']+ ){0,3}(?:[0-9]|[A-Z][a-z]+ [0-9])")


@cache
def _condition() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:could|would|will|must|can|cannot|should|may)\b[^.;]{0,60}\b(?:until|unless|before|once|if|as long as)\b"
        r"[^.;]{0,40}(?:\bha[ds]|\bhave)\s(?!to\b)"
    )


@cache
def _nominal() -> re.Pattern[str]:
    """Before a noun, or “ending”: it is not so yet."""
    return re.compile(
        r"(?:\b(?:potential|possible|planned|proposed|eventual|expected|hypothetical|future|no|any)"
        r"|\b(?:demand|call|hope|wish|chance|prospect|condition|plea|appeal|push|bid|plan|proposal)s? (?:for|of)"
        rf"|\b(?:{_WANTING}) to \w+"
        r"|\b(?:would|could|may|might|should) (?:\w+ly )?(?:hold|have|make|take|give|begin|start))"
        r"(?: (?:an?|the|its|his|her|their|[a-z]+)){0,2}\s\Z",
        re.IGNORECASE,
    )


@cache
def _meant() -> re.Pattern[str]:
    """Before “ending”."""
    return re.compile(
        r"\b(?:serious about|talk(?:s|ing|ed)? (?:about|of)|interest(?:ed)? in|idea of|aim(?:ed)? at|instead of|without"
        r"|possibility of|hopes? of|prospects? of|intention of|risk of|consider\w*|oppos\w+|against|avoid\w*)\s\Z",
        re.IGNORECASE,
    )


@cache
def _denying() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:not|never|no|none|nobody|nothing|nor|neither|cannot|without|few|less|only|rarely|seldom|hardly|except\w*"
        r"|instead|rather|unlike\w*|fail\w*|refus\w*|reject\w*|lack\w*|impossible|ban(?:s|ned)?|prohibit\w*|forb\w+"
        r"|exclu\w+|den(?:y|ied)\w*|avoid\w*|prevent\w*|declin\w*|cancel\w*|block\w*|barred|halt\w*|stop\w*|skip\w*"
        r"|miss(?:ed|es|ing)|boycott\w*|suspend\w*|postpone\w*|delay\w*|ignor\w+|neglect\w*|absen\w+|oppos\w+|exempt\w*"
        r"|neutral|out of|other than|free (?:of|from)|un(?!der|it|iv|ion|til|ique|iform)\w{4,}|dis(?!t)\w{5,}"
        r"|in(?:ability|capable|sufficient|adequate|dependent)\w*)\b|n['’]t\b|\w{3}less\b",
        re.IGNORECASE,
    )
