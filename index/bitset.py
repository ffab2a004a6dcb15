"""Which of many whole numbers were seen, where they lie close together: two or three bits each."""


class BitSet:
    """A set of whole numbers that can only grow; numbers far apart from all others take 200 bytes each."""

    def __init__(self) -> None:
        self._blocks: dict[int, int] = {}

    def add(self, number: int) -> None:
        """Put a number in, which may be in it."""
        block = number >> 9
        self._blocks[block] = self._blocks.get(block, 0) | 1 << (number & 511)

    def __contains__(self, number: int) -> bool:
        return bool(self._blocks.get(number >> 9, 0) >> (number & 511) & 1)
