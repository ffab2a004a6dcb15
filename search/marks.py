"""Quotations in a sentence that somebody else wrote: everything between any two quotation marks."""

_CLOSERS = {
    "“": "”",
    "”": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "‘": "’",
    "‚": "‘’",
    '"': '"',
    "'": "'",
    "`": "`'´",
    "´": "´",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "〝": "〞〟",
    "＂": "＂",
    "＇": "＇",
    "❝": "❞",
    "❛": "❜",
}
_APOSTROPHES = "'’"
_SPACED = "«»‹›"
"""Marks that French sets off by a blank."""
_LOOKALIKES = "‟‛❜❞〞〟」』》〉′″‴‵‶‷ʹʺʻʼʽˮ˝״׳〃՚ߴߵꞋꞌ❟❠🙶🙷🙸⹂"
"""Marks that open nothing, and signs that readers take for quotation marks."""
_ALL = frozenset(_CLOSERS) | frozenset("".join(_CLOSERS.values())) | frozenset(_LOOKALIKES)


def quotations(text: str) -> list[str] | None:
    """What stands between quotation marks, outermost ones only; None where it is not clear what does.

    Apostrophes (“Drin's”, “the islanders' boat”) are none. Takes time in proportion to the text.
    """
    found: list[str] = []
    place = 0
    while place < len(text):
        if text[place] not in _ALL or _is_apostrophe(text, place):
            place += 1
            continue
        end = _end(text, place)
        if end is None:
            return None
        quoted = text[place + 1 : end].strip() if text[place] in _SPACED else text[place + 1 : end]
        if quoted != quoted.strip() or not any(map(str.isalnum, quoted)):
            return None
        found.append(quoted)
        place = end + 1
    return found


def _is_apostrophe(text: str, place: int) -> bool:
    """Whether a mark stands within a word, or behind a plural."""
    if text[place] not in _APOSTROPHES or place == 0:
        return False
    before, after = text[place - 1], text[place + 1 : place + 2]
    return before.isalnum() and (after.isalnum() or before in "sS")


def _end(text: str, start: int) -> int | None:
    """Where the quotation that opens at `start` is closed; None where it isn't, or where a mark touches a word."""
    closers = _CLOSERS.get(text[start])
    if closers is None or text[start - 1 : start].isalnum():
        return None
    for place in range(start + 1, len(text)):
        if text[place] not in closers:
            continue
        inside = text[place] in _APOSTROPHES and text[place - 1].isalnum() and text[place + 1 : place + 2].isalnum()
        if not inside:
            return None if text[place + 1 : place + 2].isalnum() else place
    return None
