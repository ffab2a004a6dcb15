"""The names of one bucket → who is who across a library: pure, deterministic, free of order."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.speakers.names import Name, bare_words, parse_name

_NAMESAKE = "?"
"""The key of a bare surname that several people bear."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """One person or body: `name` to show, `names` all the forms (sorted), `key` what sets it apart in its bucket."""

    name: str
    names: tuple[str, ...]
    key: str = ""


def cluster(names: Mapping[str, int]) -> list[Cluster]:
    """Names of ONE bucket with their counts → clusters, sorted by key.

    Compatible given names and initials join; middle initials and suffixes part those that differ in
    them; a bare surname joins only where there is one cluster to join. Who cannot be placed
    stays on their own: two people are never made one on a guess.
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
    if bare:
        target = next(iter(parts_by_key)) if len(parts_by_key) == 1 else _NAMESAKE if parts_by_key else ""
        parts_by_key.setdefault(target, []).extend(bare)
    return [
        Cluster(_best(members, names), tuple(sorted(members)), key) for key, members in sorted(parts_by_key.items())
    ]


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
    if len(told_apart) < 2 or _all_agree([parsed[name] for mark in told_apart for name in marks[mark]]):
        return {given: [name for mark in told_apart for name in marks[mark]] + plain}
    parts_by_key = {f"{given} {mark}": marks[mark] for mark in told_apart}
    if plain:
        parts_by_key[given] = plain
    return parts_by_key


def _all_agree(names: Sequence[Name]) -> bool:
    middles = sorted({name.middle for name in names if name.middle}, key=len)
    suffixes = {name.suffix for name in names if name.suffix}
    return len(suffixes) <= 1 and all(middles[-1].startswith(middle) for middle in middles)


def _best(members: Sequence[str], counts: Mapping[str, int]) -> str:
    """The most frequent of the fullest forms, without its honorifics."""
    by_form: dict[str, int] = defaultdict(int)
    for name in members:
        by_form[" ".join(bare_words(name)) or name] += counts[name]
    return min(by_form, key=lambda form: (-_fullness(parse_name(form)), -by_form[form], -len(form), form))


def _fullness(name: Name) -> int:
    return 0 if not name.given else min(len(name.given), 2)


def speaker_id(bucket: str, cluster: Cluster) -> str:
    """`s_` and 12 hex digits; it stays while the cluster grows, unless a namesake must be told apart."""
    return _id(bucket, cluster.key or parse_name(cluster.name).given)


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
    if not cluster.key and not any(name.given for name in known):
        # the library knows only a surname, and nobody else who bears it
        return any(name.key == asked.key for name in known)
    return any(_may_be(asked, name) for name in known)


def _may_be(asked: Name, known: Name) -> bool:
    if asked.key != known.key or (asked.suffix and known.suffix and asked.suffix != known.suffix):
        return False
    if asked.middle and known.middle and asked.middle[0] != known.middle[0]:
        return False
    if not asked.given:
        return True
    if not known.given:
        return False
    shorter, longer = sorted((asked.given, known.given), key=len)
    return shorter == longer or (len(shorter) == 1 and longer.startswith(shorter))
