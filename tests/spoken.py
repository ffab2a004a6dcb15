"""Statements of a text as tests of the rules look at them."""

import re

from index.statements import extract
from index.types import Paragraph, Statement


def paragraphs(text: str) -> list[Paragraph]:
    """One body paragraph per block between empty lines."""
    spans = [match.span() for match in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text)]
    return [Paragraph(i, start, end, "body", None, None) for i, (start, end) in enumerate(spans)]


def statements(text: str) -> list[Statement]:
    """The statements of a text in English."""
    return extract(text, paragraphs(text), "en")


def said(text: str) -> list[tuple[str, str | None]]:
    """What was said and the mention of every statement."""
    return [
        (" … ".join(text[a:b] for a, b in one.spans), text[slice(*one.mention)] if one.mention else None)
        for one in statements(text)
    ]
