"""The generation that a process reads: opened once, shared by all of its threads, held only while one answers."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from index.errors import LibraryDamagedError
from index.store.generations import Generations
from index.store.opened import OpenGeneration


@dataclass(slots=True)
class Held:
    """A generation that this process has open, as CURRENT named it, and by how many users it is held.

    Only while there are users is it locked: a server that nobody asks anything must not keep removed
    text alive.
    """

    generation: OpenGeneration
    lock: BinaryIO
    token: bytes
    users: int = 0
    superseded: bool = False
    damage: LibraryDamagedError | None = None

    def is_still_there(self, generations: Generations) -> bool:
        """Whether it can be used again; it is locked then."""
        return self.users > 0 or generations.lock_again(self.generation.manifest.generation, self.lock)

    def release_if_unused(self, generations: Generations) -> None:
        """Unlock it when its last user is gone, and close it when another one is current."""
        if self.users == 0:
            generations.unlock(self.lock)
            if self.superseded:
                self.lock.close()


class Current:
    """The generation that CURRENT names, as far as this process has it open.

    Two locks: one is held for a moment to count users, the other while a thread opens a generation, for which only
    those wait that want one, and nobody who is done.
    """

    def __init__(self, generations: Generations) -> None:
        self._generations = generations
        self._held: Held | None = None
        self._mended = 0
        self._counting, self._opening = threading.Lock(), threading.Lock()

    def hold(self, opened: Callable[[], Held]) -> Held:
        """The generation that is current, with one more user; `opened` opens it where it is not open yet."""
        held = self._one_more_user()
        if held is None:
            with self._opening:
                # Whoever waited here finds it opened by another.
                held = self._one_more_user() or self._replaced_by(opened())
        return held

    def _one_more_user(self) -> Held | None:
        token = self._generations.token()
        with self._counting:
            held = self._held
            if held is None or held.token != token or not held.is_still_there(self._generations):
                return None
            if held.damage:
                raise LibraryDamagedError(held.damage.where, held.damage.what)
            held.users += 1
            return held

    def _replaced_by(self, opened: Held) -> Held:
        opened.users += 1
        with self._counting:
            self._let_go()
            self._held = opened
        return opened

    def release(self, held: Held) -> None:
        """Take note that a user is done."""
        with self._counting:
            held.users -= 1
            held.release_if_unused(self._generations)

    def distrust(self, held: Held, damage: LibraryDamagedError) -> None:
        """Lend a generation no more in which damage was met, unless it is the one made anew for that."""
        with self._counting:
            if held.generation.manifest.generation != self._mended:
                held.damage = damage

    def note_mended(self, generation: int) -> None:
        """Take note that this one was made anew for damage: what is wrong with it is wrong beneath it, too."""
        self._mended = generation

    def is_of(self, token: bytes) -> bool:
        """Whether what is open, if anything, is of the library that this token names."""
        return self._held is None or self._held.token.split()[1:] == token.split()[1:]

    def close(self) -> None:
        """Let go of it, once its users are done."""
        with self._opening, self._counting:
            self._let_go()

    def _let_go(self) -> None:
        if self._held:
            self._held.superseded = True
            self._held.release_if_unused(self._generations)
            self._held = None
