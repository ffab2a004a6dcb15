"""What a server does once it has loaded what it needs: what it holds for good is set aside."""

import gc

from index.memory import lay_in_huge_pages

_YOUNG, _OLDER, _OLDEST = 10_000, 20, 20
"""How many objects more than were let go make the interpreter look through the youngest, and after how many such looks
it goes through those that outlived them. A search makes some thousand objects and lets them go without its help."""


def settle() -> None:
    """Leave out of every later look for garbage what this process holds now, and lay it in large pages.

    Else the interpreter goes through libraries and model every few searches: a warm search took a twentieth more, the
    slowest in a hundred a fifth more.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _OLDER, _OLDEST)
    lay_in_huge_pages()
