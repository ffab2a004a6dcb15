"""Near-duplicates folded under the first of them."""

from collections.abc import Iterable

from index.duplicates import Signature, is_near_duplicate, signature


def fold(texts: Iterable[str]) -> list[list[int]]:
    """Group texts by near-duplication: positions, each group led by its first, in order of leaders.

    Every text is compared with the leaders only, never with what is folded under them, so that a
    chain of small edits does not draw different texts together.
    """
    groups: list[list[int]] = []
    leaders: list[Signature] = []
    for position, text in enumerate(texts):
        mark = signature(text)
        home = next((i for i, leader in enumerate(leaders) if is_near_duplicate(leader, mark)), None)
        if home is None:
            leaders.append(mark)
            groups.append([position])
        else:
            groups[home].append(position)
    return groups
