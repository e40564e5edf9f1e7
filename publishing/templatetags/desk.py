"""Filters for the desk's templates."""

from datetime import datetime

from django import template

from publishing import zone

register = template.Library()


@register.filter
def ahead(at: datetime) -> str:
    """Return an instant to come with whose clock it is: “3 March 2026, 09:00 (London)”."""
    return zone.moment_ahead(at)
