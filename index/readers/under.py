"""Whether a file lies under one of the paths that somebody named."""

import re
from functools import lru_cache

from index.readers.discover import file_uri


def is_under(uri: str, path: str) -> bool:
    """Whether a file's URI lies at or below a path, or matches it as a glob."""
    base = file_uri(path)
    return uri == base or uri.startswith(base.rstrip("/") + "/") or bool(_glob_pattern(base).fullmatch(uri))


@lru_cache(maxsize=64)
def _glob_pattern(glob: str) -> re.Pattern[str]:
    """A glob as the shell reads it: `*` and `?` stay within one folder, `**` does not."""
    parts = re.split(r"(\*\*/?|\*|\?|\[[^\]]+\])", glob)
    known = {"**": ".*", "**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}
    return re.compile(
        "".join(known.get(p, p if p.startswith("[") and p.endswith("]") else re.escape(p)) for p in parts)
    )
