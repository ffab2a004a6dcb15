"""How often a server looks for garbage that refers to itself: seldom, and never among what is loaded for good."""

import gc

_YOUNG, _OLDER, _OLDEST = 10_000, 20, 20
"""How many objects more than were let go make the interpreter look through the youngest, and after how many such looks
it goes through those that outlived them. A search makes some thousand objects and lets them go without its help."""


def settle() -> None:
    """Leave out of every later look what this process holds now; to be called when it has loaded what it needs.

    Else the interpreter goes through libraries and model every few searches: a warm search took a twentieth more, the
    slowest in a hundred a fifth more.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _OLDER, _OLDEST)
