"""Names as users type them: told from roles, and freed of the words before them."""

from search.wordings import DETERMINERS, RELATIONS


def is_name(speaker: str) -> bool:
    """Whether a speaker as typed is a name, not a role such as "the guard" or "the governor of the Bank"."""
    words = speaker.split()
    if not words or words[0].lower() not in DETERMINERS:
        return bool(words)
    return all(word[0].isupper() for word in (words[1:2] or words)) and words[-1][0].isupper()


def name_forms(speaker: str) -> tuple[str, ...]:
    """Give a speaker as typed, then without the role before the name: "fire chief Orr", "Orr".

    "the wife of Orr" is somebody else, and stays whole.
    """
    words = speaker.split()
    if not words[-1][0].isupper() or any(word.lower() in RELATIONS for word in words):
        return (speaker,)
    at = len(words)
    while at and words[at - 1][0].isupper():
        at -= 1
    return tuple(dict.fromkeys((speaker, " ".join(words[at:]))))
