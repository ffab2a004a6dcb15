"""The names of one bucket → who is who across a library: pure, deterministic, free of order."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.speakers.names import Name, bare_words, is_honoured, parse_name, title_of, told_gender
from index.speakers.sightings import Sighting, agree, are_of_one_time

_NAMESAKE = "?"
"""The key of a bare surname that several people bear; behind it their gender and title, where that parts them."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """One person or body: `name` to show, `names` all the forms (sorted), `key` what sets it apart in its bucket."""

    name: str
    names: tuple[str, ...]
    key: str = ""


def cluster(names: Mapping[str, int], seen: Mapping[str, Sequence[Sighting]] | None = None) -> list[Cluster]:
    """Names of ONE bucket with their counts → clusters, sorted by key.

    Compatible given names and initials join; middle initials and suffixes part those that differ in
    them. A bare surname joins only where there is one cluster to join, and something speaks for that:
    the office that the name or where it was `seen` tells, or an honorific as written. Who cannot be
    placed stays on their own: two people are never made one on a guess.
    """
    parsed = {name: parse_name(name) for name in sorted(names)}
    groups: dict[str, list[str]] = defaultdict(list)
    for name, parts in parsed.items():
        groups[parts.given].append(name)
    bare = groups.pop("", [])
    _place_initials(groups)
    parts_by_key: dict[str, list[str]] = {}
    for given in sorted(groups):
        parts_by_key.update(_by_middle(given, groups[given], parsed))
    for key, members in _place_bare(bare, parts_by_key, seen or {}).items():
        parts_by_key.setdefault(key, []).extend(members)
    return [
        Cluster(fullest(members, names), tuple(sorted(members)), key) for key, members in sorted(parts_by_key.items())
    ]


def _place_bare(
    bare: Sequence[str], parts_by_key: Mapping[str, Sequence[str]], seen: Mapping[str, Sequence[Sighting]]
) -> dict[str, list[str]]:
    """Bare surnames by the key of whom they mean.

    Those whom no full name is sure to fit are one, unless honorifics, pronouns or titles tell them apart.
    """
    if not bare:
        return {}
    told = {name: told_gender(name) for name in bare}
    key, members = next(iter(parts_by_key.items())) if len(parts_by_key) == 1 else ("", [])
    # Nothing is known against a given name that is a man's or a woman's, for all that is known.
    gender = _gender(members) or _gender(bare)
    joining = [name for name in bare if members and told[name] in ("", gender) and _is_theirs(name, members, seen)]
    alone = {name: title_of(name) for name in bare if name not in joining}
    if len({told[name] for name in alone} - {""}) < 2 and len({*alone.values()} - {""}) < 2:
        return _keyed(bare, lambda name: key if name in joining else _NAMESAKE if parts_by_key else "")
    return _keyed(bare, lambda name: key if name in joining else _NAMESAKE + told[name] + alone[name])


def _is_theirs(name: str, members: Sequence[str], seen: Mapping[str, Sequence[Sighting]]) -> bool:
    """Whether something tells that a bare surname is that of the only one who is known in full."""
    is_office_theirs = agree(name, members, seen)
    if is_office_theirs is None:
        # A surname alone, or with pronouns, may be anybody's; who is “Mr. Venn” has been introduced
        is_office_theirs = is_honoured(name)
    return is_office_theirs and are_of_one_time(name, members, seen)


def _keyed(names: Sequence[str], key: Callable[[str], str]) -> dict[str, list[str]]:
    by_key: dict[str, list[str]] = defaultdict(list)
    for name in names:
        by_key[key(name)].append(name)
    return by_key


def _gender(names: Sequence[str]) -> str:
    """The gender that given names or honorifics tell; "" when none or both."""
    genders = {told_gender(name) for name in names} - {""}
    return genders.pop() if len(genders) == 1 else ""


def _place_initials(groups: dict[str, list[str]]) -> None:
    """“J. Biden” joins “Joe Biden” when he is the only J in the bucket."""
    for initial in sorted(given for given in groups if len(given) == 1):
        full = [given for given in groups if len(given) > 1 and given.startswith(initial)]
        if len(full) == 1:
            groups[full[0]].extend(groups.pop(initial))


def _by_middle(given: str, members: Sequence[str], parsed: Mapping[str, Name]) -> dict[str, list[str]]:
    """Part people of one given name by middle initials and suffix, if those contradict each other."""
    marks: dict[str, list[str]] = defaultdict(list)
    for name in members:
        parts = parsed[name]
        marks[" ".join(filter(None, (parts.middle, parts.suffix)))].append(name)
    plain = marks.pop("", [])
    told_apart = sorted(marks)
    apart = _juniors([parsed[name] for name in members])
    if apart:
        elders = [name for name in members if not parsed[name].suffix]
        parts_by_key = _by_middle(given, elders, parsed)
        parts_by_key.update({f"{given} {one}": [n for n in members if parsed[n].suffix == one] for one in apart})
        return parts_by_key
    if len(told_apart) < 2 or _all_agree([parsed[name] for mark in told_apart for name in marks[mark]]):
        return {given: [name for mark in told_apart for name in marks[mark]] + plain}
    parts_by_key = {f"{given} {mark}": marks[mark] for mark in told_apart}
    if plain:
        parts_by_key[given] = plain
    return parts_by_key


def _juniors(names: Sequence[Name]) -> list[str]:
    """The suffixes that tell people apart: “Tam Reck Jr.”, beside “Tam J. Reck”, is the son.

    Behind a middle initial too (“Joseph R. Venn Jr.”) a suffix only makes the name more formal.
    """
    if all(name.suffix for name in names) or all(name.middle or not name.suffix for name in names):
        return []
    return sorted({name.suffix for name in names if name.suffix})


def _all_agree(names: Sequence[Name]) -> bool:
    middles = sorted({name.middle for name in names if name.middle}, key=len)
    suffixes = {name.suffix for name in names if name.suffix}
    return len(suffixes) <= 1 and all(middles[-1].startswith(middle) for middle in middles)


def fullest(members: Sequence[str], counts: Mapping[str, int]) -> str:
    """The most frequent of the fullest forms of a name, without its honorifics; `counts` tells how frequent each is."""
    by_form: dict[str, int] = defaultdict(int)
    for name in members:
        by_form[" ".join(bare_words(name)) or name] += counts[name]
    return min(by_form, key=lambda form: (-_fullness(parse_name(form)), -by_form[form], -len(form), form))


def _fullness(name: Name) -> int:
    return 0 if not name.given else min(len(name.given), 2)


def speaker_id(bucket: str, cluster: Cluster) -> str:
    """`s_` and 12 hex digits; it stays while the cluster grows, unless a namesake must be told apart."""
    return _id(bucket, cluster.key or parse_name(cluster.name).given)


@lru_cache(maxsize=1 << 14)
def _id(bucket: str, key: str) -> str:
    return "s_" + hashlib.sha256(f"{bucket}\0{key}".encode("utf-8", "surrogatepass")).hexdigest()[:12]


def former_ids(bucket: str, cluster: Cluster) -> frozenset[str]:
    """The ids that a cluster may have had while the library knew fewer of its names; its own is among them."""
    keys = {parse_name(name).given for name in cluster.names}
    return frozenset(_id(bucket, key) for key in keys) | {speaker_id(bucket, cluster)}


def matches(query: str, cluster: Cluster) -> bool:
    """Whether a name as a user types it may mean this cluster: the same bucket, and no given name against it."""
    asked = parse_name(query)
    if not asked.key:
        return False
    known = [parse_name(name) for name in cluster.names]
    if asked.suffix and asked.suffix not in {name.suffix for name in known}:
        return False
    if asked.given and not any(name.given for name in known):
        # the library knows only a surname: a full name means it where gender speaks for that
        told = _gender(cluster.names)
        is_alone = not cluster.key and any(name.key == asked.key for name in known)
        return is_alone and bool(told) and told_gender(query) == told
    return any(_may_be(asked, name) for name in known)


def _may_be(asked: Name, known: Name) -> bool:
    if asked.key != known.key or (asked.middle and known.middle and asked.middle[0] != known.middle[0]):
        return False
    if not asked.given or asked.given == known.given:
        return True
    if not known.given:
        return False
    shorter, longer = sorted((asked.given, known.given), key=len)
    return len(shorter) == 1 and longer.startswith(shorter)
