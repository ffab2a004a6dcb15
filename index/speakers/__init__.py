"""Mentions → one speaker: across the library, by pure functions; within an article by `resolve.py`."""

from index.speakers.clusters import Cluster, cluster, former_ids, fullest, matches, speaker_id
from index.speakers.descriptions import count_mentions, describe, role_in
from index.speakers.names import forms_of, is_form, is_full, name_bucket
from index.speakers.sightings import Sighting

__all__ = [
    "Cluster",
    "Sighting",
    "cluster",
    "count_mentions",
    "describe",
    "former_ids",
    "forms_of",
    "fullest",
    "is_form",
    "is_full",
    "matches",
    "name_bucket",
    "role_in",
    "speaker_id",
]
