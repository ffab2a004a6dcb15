"""Control characters in what is shown: a document or a file's name must not steer the terminal that shows it."""

_NEWLINES = {"\n": "␤", "\r": "␍", "\v": "␋", "\f": "␌", "\x85": "�", "\u2028": "�", "\u2029": "�"}
_PICTURES = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t"},
    0x7F: "␡",
    **dict.fromkeys([*range(0x80, 0xA0), 0x202D, 0x202E], "�"),
}
"""C0, C1 and delete, but for line ends and tabs, and the two marks that turn letters round."""
_ON_ONE_LINE = _PICTURES | {ord(end): picture for end, picture in _NEWLINES.items()}


def harmless(text: str) -> str:
    """The text with a picture (␛) in place of what would move the cursor, colour, or type for the user."""
    return text.translate(_PICTURES)


def on_one_line(text: str) -> str:
    """The same without line ends: a name must not look like a line of ours."""
    return text.translate(_ON_ONE_LINE)
