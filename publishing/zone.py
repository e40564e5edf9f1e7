"""Times as people read them: in the site's time zone, on the desk and on the readers' pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format

from publishing.models import Site


@contextmanager
def site_zone() -> Iterator[None]:
    """Read the site's row once for all that is done inside, in the site's time zone."""
    site = Site.current()
    with Site.held(site), timezone.override(site.zone):
        yield


def date_of(at: datetime) -> date:
    """Return the day on which an instant falls, in the zone."""
    return timezone.localtime(at).date()


def day(value: date | datetime) -> str:
    """Return “9 March 2026”; an instant by the day that it is in the zone."""
    return date_format(_local(value), "DATE_FORMAT")


def day_and_month(value: date | datetime) -> str:
    """Return “9 March”, for what is recent."""
    return date_format(_local(value), "MONTH_DAY_FORMAT")


def moment(at: datetime) -> str:
    """Return “9 March 2026, 14:05”."""
    return date_format(_local(at), "DATETIME_FORMAT")


def moment_ahead(at: datetime) -> str:
    """Return “9 March 2026, 14:05 (London)”: of a time to come, whose clock it is counts."""
    place = timezone.get_current_timezone_name().rpartition("/")[2].replace("_", " ")
    return f"{moment(at)} ({place})"


def hour(at: datetime) -> str:
    """Return “14:05”."""
    return date_format(_local(at), "TIME_FORMAT")


def _local(value: date | datetime) -> date | datetime:
    aware = isinstance(value, datetime) and timezone.is_aware(value)
    return timezone.localtime(value) if aware else value
