"""Mentions → one speaker: within an article (`resolve_names`), and across the library (the rest, pure functions)."""

from index.speakers.clusters import Cluster, cluster, former_ids, fullest, matches, speaker_id
from index.speakers.descriptions import count_mentions, describe, role_in
from index.speakers.names import forms_of, is_form, is_full, name_bucket
from index.speakers.resolve import resolve_names
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
    "resolve_names",
    "role_in",
    "speaker_id",
]
