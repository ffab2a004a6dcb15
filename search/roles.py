"""Roles and bodies as comparable concepts: “Italy's foreign minister” and “the Italian foreign minister” are one."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from index.terms import term_texts

COUNTRIES = """
afghanistan afghan; albania albanian; algeria algerian; argentina argentine argentinian; armenia armenian; australia
australian; austria austrian; azerbaijan azerbaijani azeri; bahrain bahraini; bangladesh bangladeshi; belarus
belarusian belarussian; belgium belgian; bolivia bolivian; bosnia bosnian; brazil brazilian; britain british uk u.k.
england english; bulgaria bulgarian; cambodia cambodian; cameroon cameroonian; canada canadian; chile chilean; china
chinese; colombia colombian; croatia croatian; cuba cuban; cyprus cypriot; czechia czech; denmark danish; ecuador
ecuadorian; egypt egyptian; estonia estonian; ethiopia ethiopian; europe european eu e.u.; finland finnish; france
french; georgia georgian; germany german; ghana ghanaian; greece greek; guatemala guatemalan; haiti haitian;
honduras honduran; hungary hungarian; iceland icelandic; india indian; indonesia indonesian; iran iranian; iraq
iraqi; ireland irish; israel israeli; italy italian; jamaica jamaican; japan japanese; jordan jordanian; kazakhstan
kazakh; kenya kenyan; kosovo kosovar; kuwait kuwaiti; kyrgyzstan kyrgyz; laos laotian; latvia latvian; lebanon
lebanese; liberia liberian; libya libyan; lithuania lithuanian; luxembourg luxembourgish; malaysia malaysian; mali
malian; malta maltese; mexico mexican; moldova moldovan; mongolia mongolian; montenegro montenegrin; morocco
moroccan; mozambique mozambican; myanmar burma burmese; nepal nepalese nepali; netherlands dutch; nicaragua
nicaraguan; niger nigerien; nigeria nigerian; norway norwegian; oman omani; pakistan pakistani; palestine
palestinian; panama panamanian; paraguay paraguayan; peru peruvian; philippines philippine filipino; poland polish;
portugal portuguese; qatar qatari; romania romanian; russia russian; rwanda rwandan; saudi; scotland scottish;
senegal senegalese; serbia serbian; singapore singaporean; slovakia slovak; slovenia slovenian slovene; somalia
somali; spain spanish; sudan sudanese; sweden swedish; switzerland swiss; syria syrian; taiwan taiwanese; tajikistan
tajik; tanzania tanzanian; thailand thai; tunisia tunisian; turkey turkish türkiye; turkmenistan turkmen; uganda
ugandan; ukraine ukrainian; us u.s. usa u.s.a. america american americans; uruguay uruguayan; uzbekistan uzbek;
vatican; venezuela venezuelan; vietnam vietnamese; wales welsh; yemen yemeni; zambia zambian; zimbabwe zimbabwean
"""
"""Countries with what is named after them; the first word stands for all."""
_SAME = """
spokesperson spokesman spokeswoman spokespeople spokesmen spokeswomen
chief head boss chairman chairwoman chair chairperson
adviser advisor advisers advisors aide aides
official officials administration government authorities officialdom
source sources
analyst analysts expert experts
lawmaker lawmakers legislator parliamentarian mp
premier pm
republican republicans
democrat democrats
leader leaders
officer officers
scholar scholars academic
historian historians
statement readout communique communiqué
senator sen
governor gov
representative rep congressman congresswoman
general gen
"""
_PHRASES = tuple(
    (hint, re.compile(pattern), word)
    for hint, pattern, word in (
        ("united states", r"\bunited states(?: of america)?\b", "u.s"),
        ("u.s.", r"\bu\.s\.(?:a\.)?", "u.s"),
        ("united kingdom", r"\bunited kingdom\b", "uk"),
        ("great britain", r"\bgreat britain\b", "uk"),
        ("u.k.", r"\bu\.k\.", "uk"),
        ("european union", r"\beuropean union\b", "eu"),
        ("e.u.", r"\be\.u\.", "eu"),
        ("white house", r"\bwhite house\b", "whitehouse"),
        ("prime minister", r"\bprime minister\b", "premier"),
        ("general", r"\bsecretary[- ]general\b", "chief"),
        ("press secretary", r"\bpress secretary\b", "spokesperson"),
    )
)
"""Names of several words, and the one that stands for each; where the hint is missing there is none to replace."""
_ABBREVIATED = re.compile(r"\bUS\b")
"""Not “us”."""
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_IGNORED = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "for",
        "at",
        "in",
        "to",
        "by",
        "and",
        "with",
        "its",
        "his",
        "her",
        "their",
        "this",
        "that",
        "who",
        "whom",
        "one",
        "some",
        "new",
        "senior",
        "former",
        "ex",
        "late",
        "top",
        "leading",
        "then",
    ]
)
SPOKEN_FOR = frozenset(("spokesperson", "statement", "official"))
"""Who speaks for a body, and what it gives out itself."""
_LEADERS = "president premier chancellor king"
_PEOPLE = (
    _LEADERS
    + """
    spokesperson chief adviser official source analyst lawmaker republican democrat leader officer scholar
    historian senator governor representative general minister secretary ambassador envoy commissioner mayor
    judge prosecutor lawyer director diplomat negotiator journalist economist professor guard captain teacher
    coach librarian doctor accountant activist actor actress ambassador architect artist astronaut athlete attorney
    author baker banker biologist bishop boy brother builder butcher campaigner candidate carpenter champion chemist
    child citizen clerk colonel columnist commander composer conductor constable cook correspondent councillor
    critic customer daughter defendant delegate dentist designer detective driver economist editor electrician
    employee engineer executive expert exporter fan farmer father fighter filmmaker fisherman fishermen founder
    friend gardener geologist girl goalkeeper grandfather grandmother hostage hunter husband hydrologist importer
    inspector insurer investigator investor islander keeper landlord lieutenant manager mechanic mediator merchant
    midwife migrant militant miner monk mother musician neighbour neighbor nephew niece novelist nurse nun
    observer operator opponent organiser organizer owner painter parent passenger patient pensioner photographer
    physicist pilot player playwright plumber poet policeman pope postman priest principal prisoner producer
    programmer protester psychologist publisher pupil rabbi rancher rebel referee refugee reporter rescuer
    researcher resident retailer rival robber runner sailor scientist sculptor sergeant sheriff shepherd
    shopkeeper singer sister skipper sociologist soldier son spy student supervisor supporter surgeon
    survivor suspect technician teenager tenant thief thieves tourist trader translator traveller treasurer
    trustee uncle undertaker veteran victim villager visitor volunteer voter waiter warden widow wife winner
    witness worker writer
    """
)


@cache
def _classes() -> dict[str, str]:
    groups = [group.split() for group in COUNTRIES.replace("\n", " ").split(";")]
    groups += [line.split() for line in _SAME.strip().splitlines()]
    return {word: group[0] for group in groups for word in group}


@cache
def countries() -> frozenset[str]:
    """The words that stand for countries among concepts."""
    return frozenset(group.split()[0] for group in COUNTRIES.replace("\n", " ").split(";"))


@cache
def nationals() -> frozenset[str]:
    """What is named after countries, as written in lower case: “swiss”."""
    return frozenset(word for group in COUNTRIES.replace("\n", " ").split(";") for word in group.split()[1:])


@cache
def leaders() -> frozenset[str]:
    """Concepts of those who lead a country."""
    return concepts(_LEADERS)


@cache
def people() -> frozenset[str]:
    """Concepts that somebody is, and no body."""
    return concepts(_PEOPLE)


def concepts(text: str) -> frozenset[str]:
    """What a wording of a sayer names: countries, offices and roles in one form each, other words stemmed."""
    return frozenset(concept for concept, _, _ in located(text))


def located(text: str) -> Iterator[tuple[str, int, int]]:
    """The concepts of a text and where they stand, function words left out; linear."""
    for match in _WORD.finditer(_phrased(text)):
        concept = concept_of(match[0])
        if concept:
            yield concept, match.start(), match.end()


def _phrased(text: str) -> str:
    """A text in lower case, with names of several words as one; each letter keeps its place."""
    low = _ABBREVIATED.sub("ūs", text)
    low = low.lower() if len(low.lower()) == len(low) else low
    for hint, pattern, word in _PHRASES:
        if hint in low:
            low = pattern.sub(lambda found, word=word: word.ljust(len(found[0])), low)  # type: ignore[misc]
    return low


_PARTS = re.compile(r",|;|\band\b|\bwith\b")
_BEHIND_HEAD = re.compile(r"\b(?:of|to|for|at|in|on|from|by|who|which|that|whose)\b")
_OWNER = re.compile(r"[^\W_]+(?:['’]s?)(?=\s)")
FORMER = re.compile(r"\b(?:former|ex|late|then|retired|outgoing)\b", re.IGNORECASE)


@lru_cache(maxsize=1 << 14)
def heads(mention: str) -> frozenset[str]:
    """The concepts that somebody is by a mention, and that no other is: “an adviser to the mayor” is no mayor."""
    parts = (_BEHIND_HEAD.split(part, maxsplit=1)[0] for part in _PARTS.split(mention))
    return frozenset(concept for part in parts for concept in concepts(_OWNER.sub(" ", part)))


def head_of(role: str) -> str:
    """The concept that a role is above all: the “minister” of “Italy's foreign minister”, "" for none."""
    found = [concept for concept, _, _ in located(_OWNER.sub(" ", _BEHIND_HEAD.split(role, maxsplit=1)[0]))]
    return next((concept for concept in reversed(found) if concept in people()), found[-1] if found else "")


@lru_cache(maxsize=1 << 14)
def concept_of(word: str) -> str:
    """One word's concept, "" for a function word."""
    plain = word.lower().replace("’", "'").removesuffix("'s").strip(".'")
    if plain in ("u.s", "u.s.a", "ūs"):
        return "us"
    if plain in _IGNORED or plain == "s":
        return ""
    classes = _classes()
    if plain in classes:
        return classes[plain]
    stem = term_texts(plain)
    return "".join(stem) or plain


def initials(text: str) -> frozenset[str]:
    """What runs of capitalised words can be shortened to: “National Security Council” to NSC."""
    found: set[str] = set()
    run = ""
    for word in [*text.replace("’", "'").split(), ""]:
        bare = word.strip("“”\"'(),.;:").removesuffix("'s")
        if bare[:1].isupper():
            run += bare[0]
            found.update(run[i:].lower() for i in range(len(run) - 1))
        elif bare.lower() not in ("of", "the", "for", "and"):
            run = ""
    return frozenset(found)


_SPELLED_OUT = {
    "us": ("united", "states"),
    "britain": ("united", "kingdom"),
    "europe": ("european", "union"),
    "whitehous": ("white", "house"),
    "premier": ("prime", "minister"),
    "chief": ("secretary", "general"),
    "spokesperson": ("press", "secretary"),
}


def wordings(concept: str) -> tuple[str, ...]:
    """The words that stand for a concept, in their groups' order; those of `_PHRASES` in full."""
    known = tuple(word for word, one in _classes().items() if one == concept)
    return (*known, *_SPELLED_OUT.get(concept, ())) or (concept,)
