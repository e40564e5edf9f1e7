"""Which rows readers may see at an instant, as a part of an engine's own query."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from publishing import languages
from publishing.models import Edition


def live_sql(at: datetime, using: str) -> tuple[str, tuple[Any, ...]]:
    """Return the query for the keys of what is live in the active language, with its parameters."""
    return _live_sql(at, using, languages.current(), languages.every())


@lru_cache(maxsize=8)
def _live_sql(
    at: datetime, using: str, language: str, known: tuple[str, ...]
) -> tuple[str, tuple[Any, ...]]:
    """Write it once; ``known`` languages decide what the default's texts are."""
    live = languages.said_in(Edition.objects.using(using).live(at), language)
    return live.values("id").order_by().query.get_compiler(using).as_sql()
