"""What a request may ask: an error names the field that is wrong."""

import pytest

from index.errors import InvalidValueError
from index.types import Filters
from search.checks import MAX_FIELDS, check_filters


@pytest.mark.parametrize(
    ("filters", "field"),
    [
        (Filters(after="2031"), "after"),
        (Filters(after="2031-02-30"), "after"),
        (Filters(before="2031-03-11T00:00:00Z"), "before"),
        (Filters(after="2031-03-12", before="2031-03-11"), "after"),
        (Filters(meta=tuple((f"f{number}", "x") for number in range(MAX_FIELDS + 1))), "meta"),
        (Filters(meta=(("desk", "\ud800"),)), "meta.desk"),
        (Filters(meta=(("", "x"),)), "meta"),
        (Filters(meta=(("", ""), ("desk", "city"))), "meta"),
        (Filters(meta=(("desk", "city"), ("by", "x"), ("desk", "home"))), "meta.desk"),
        (Filters(meta=(("desk", "city"), ("desk", "city"))), "meta.desk"),
    ],
)
def test_a_filter_that_cannot_hold_is_named(filters: Filters, field: str) -> None:
    """Partial dates, times, dates in the wrong order, fields too many or there twice, and half characters."""
    with pytest.raises(InvalidValueError, match=f"^{field}:"):
        check_filters(filters)


def test_filters_that_can_hold_pass() -> None:
    """One day, an empty value of a field, and signs of any kind."""
    check_filters(Filters(after="2031-03-11", before="2031-03-11", source="%", meta=(("desk", ""), ("a b", "é=1"))))
