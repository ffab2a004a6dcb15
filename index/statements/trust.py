"""How likely a statement is right, by the pattern that found it: measured, not felt."""

from index.statements.findings import Pattern

_MEASURED = {
    Pattern.BESIDE: 0.97,
    Pattern.MIXED: 0.91,
    Pattern.ABOUT: 0.9,
    Pattern.INTRODUCED: 0.9,
    Pattern.PARTICIPLE: 0.87,
    Pattern.NAMED: 0.85,
    Pattern.NOUN: 0.85,
    Pattern.CONTINUED: 0.85,
    Pattern.INDIRECT: 0.82,
    Pattern.ACCORDING: 0.83,
    Pattern.FOLLOWING: 0.83,
    Pattern.COORDINATED: 0.79,
    Pattern.TAIL: 0.79,
    Pattern.TOLD: 0.7,
    Pattern.TURN: 0.85,
    Pattern.COLON: 0.85,
    Pattern.UNATTRIBUTED: 0.5,
}
"""The share that was right of each pattern's finds in 300 annotated news articles of 2015 and 2016.

A dozen constants, rounded; of patterns with fewer than twenty finds (introduced, named, noun,
told, turn) and of the colon they are shrunk towards the mean of their kind. Unattributed quotations cannot be scored.
"""
_WITH_PRONOUN = {
    Pattern.PARTICIPLE: 0.76,
    Pattern.CONTINUED: 0.78,
    Pattern.INDIRECT: 0.73,
    Pattern.FOLLOWING: 0.7,
}
"""Where “he” or “who” as the sayer makes a difference of more than a few hundredths."""


def confidence_of(pattern: Pattern, *, is_pronoun: bool) -> float:
    """The share of statements found in this way whose words and mention are right; between 0 and 1.

    Says nothing about the name behind the mention: a name that is not sure is left out.
    """
    return _WITH_PRONOUN.get(pattern, _MEASURED[pattern]) if is_pronoun else _MEASURED[pattern]
