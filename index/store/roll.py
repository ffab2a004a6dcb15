"""Who is who: statements by their speakers."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from index.speakers import count_mentions, describe
from index.types import StoredSpeaker, StoredStatement


def speakers_of(statements: Iterable[StoredStatement]) -> list[StoredSpeaker]:
    """Those who said something, most statements first; of statements without a known speaker nothing is told."""
    said = defaultdict[str, list[StoredStatement]](list)
    for statement in statements:
        if statement.speaker_id:
            said[statement.speaker_id].append(statement)
    found = [_speaker(identity, theirs) for identity, theirs in said.items()]
    return sorted(found, key=lambda speaker: (-speaker.statements, speaker.name, speaker.id))


def _speaker(identity: str, said: Sequence[StoredStatement]) -> StoredSpeaker:
    mentions = count_mentions(statement.mention for statement in said if statement.mention)
    dates = sorted(s.document.published for s in said if s.document.published)
    return StoredSpeaker(
        id=identity,
        name=said[0].speaker or "",
        description=describe(dict(mentions)),
        mentions=mentions,
        statements=len(said),
        documents=len({statement.document.id for statement in said}),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
    )
