"""Months and days of the week as English writes them."""

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
PLAIN_MONTHS = tuple(month for month in MONTHS if month not in ("March", "May"))
"""Those that are no other word without a capital."""
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LAST_DAY = 31

ANY_MONTH, ANY_SHORT_MONTH, ANY_DAY = (f"(?:{'|'.join(names)})" for names in (MONTHS, SHORT_MONTHS, WEEKDAYS))
"""One of each in a pattern."""
