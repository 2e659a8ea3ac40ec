"""Which days people work: public holidays by country, weekends, absences."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

WEEKEND = (5, 6)
_WEEKENDS = {"AE": (5, 6), "IL": (4, 5), "EG": (4, 5), "SA": (4, 5), "JO": (4, 5), "KW": (4, 5)}
"""Where the week ends on Friday and Saturday; everywhere else on Saturday and Sunday."""


def is_weekend(day: date, country: str) -> bool:
    """Tells whether `day` belongs to the weekend of a country."""
    return day.weekday() in _WEEKENDS.get(country.upper(), WEEKEND)


def works_on(day: date, country: str) -> bool:
    """Tells whether `day` is a working day in a country (`GB`); without one only the weekend is free."""
    return not is_weekend(day, country) and not holiday_on(day, country)


def holiday_on(day: date, country: str) -> str:
    """Returns the name of the public holiday on `day`, in English where it has one; or nothing.

    `country` may name a subdivision as well: `DE-BY`. A country that is not known has no holidays.
    """
    calendar = _calendar(country.upper(), day.year)
    return "" if calendar is None else str(calendar.get(day) or "")


def working_days_between(first: date, last: date, country: str) -> int:
    """Returns how many working days lie after `first` and not after `last`: the age of what began then."""
    days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    return sum(works_on(day, country) for day in days)


@lru_cache(maxsize=500)
def _calendar(country: str, year: int) -> HolidayBase | None:
    import holidays  # noqa: PLC0415  # a tenth of a second, needed once a country is named

    code, _, part = country.partition("-")
    if code not in holidays.list_supported_countries():
        return None
    if part and part not in holidays.list_supported_countries()[code]:
        part = ""
    spoken = holidays.list_localized_countries().get(code, [])
    language = next((one for one in ("en_GB", "en_US") if one in spoken), None)
    return holidays.country_holidays(code, subdiv=part or None, years=year, language=language)
