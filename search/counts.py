"""Numbers of things, in words."""

from collections.abc import Mapping, Sequence

_SHOWN = 10
_NAMED = 3


def counted(n: int, noun: str) -> str:
    """`1 document`, `2 documents`, `1,200 documents`; the noun takes a plain `s`."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def left_out(formats: Mapping[str, int]) -> str:
    """How many files of formats that are not read were left out, by suffix, the most frequent first."""
    ranked = sorted(formats.items(), key=lambda pair: (-pair[1], pair[0]))
    named = ", ".join(f"{suffix} {n:,}" for suffix, n in ranked[:_SHOWN]) + (", …" if len(ranked) > _SHOWN else "")
    total = sum(formats.values())
    verb = "was" if total == 1 else "were"
    # A name that is no UTF-8 comes as lone surrogates.
    return f"{counted(total, 'file')} of formats Quoth doesn't read {verb} left out: {named}".encode(
        errors="replace"
    ).decode()


def named(ids: Sequence[str], noun: str) -> str:
    """How many they are, and the first of them."""
    more = ", …" if len(ids) > _NAMED else ""
    return f"{counted(len(ids), noun)} ({', '.join(ids[:_NAMED])}{more})"
