"""Paragraphs → statements: who said what, with exact spans (`extract`)."""

from index.statements.extract import extract

STATEMENTS_VERSION: int = 9
"""Raised whenever the rules find other statements, so that libraries derive them again."""

__all__ = ["STATEMENTS_VERSION", "extract"]
