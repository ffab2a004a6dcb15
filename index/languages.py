"""Which language a text is in."""

from functools import cache
from typing import Any

_PREFIXES = (500, 2000)
_FEWEST_LETTERS = 12
_FIRST_IDEOGRAPH = "\u2e80"
_SURE = 0.5
"""The detector's own probability from which on a language is believed."""


def detect(text: str) -> str | None:
    """The ISO 639-1 code of a text's language, by its beginning; None when unsure.

    500 characters settle it for most, 2000 are tried after them. Texts of less than a dozen letters
    (half of that without an alphabet, as in Chinese) are not judged. Deterministic.
    """
    for length in _PREFIXES:
        prefix = text[:length]
        if _has_letters(prefix):
            language, probability = _identifier().classify(prefix)
            # "zxx" and the like are the model's names for what is no language.
            if probability >= _SURE and len(language) == 2:
                return str(language)
        if len(text) <= length:
            break
    return None


def _has_letters(text: str) -> bool:
    letters = 0
    for character in text:
        if character.isalpha():
            letters += 2 if character >= _FIRST_IDEOGRAPH else 1
            if letters >= _FEWEST_LETTERS:
                return True
    return False


@cache
def _identifier() -> Any:
    """The identifier; loading its tables takes a second, so it is done at the first question."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
