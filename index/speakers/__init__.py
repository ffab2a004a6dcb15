"""Mentions → one speaker: within an article (`resolve_names`), and across the library (the rest, pure functions)."""

from index.speakers.clusters import Cluster, cluster, former_ids, matches, speaker_id
from index.speakers.descriptions import describe, role_in
from index.speakers.names import forms_of, is_form, name_bucket
from index.speakers.resolve import resolve_names

__all__ = [
    "Cluster",
    "cluster",
    "describe",
    "former_ids",
    "forms_of",
    "is_form",
    "matches",
    "name_bucket",
    "resolve_names",
    "role_in",
    "speaker_id",
]
