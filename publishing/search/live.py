"""Which rows readers may see at an instant, as a part of an engine's own query."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from publishing.models import Edition


@lru_cache(maxsize=4)
def live_sql(at: datetime, using: str) -> tuple[str, tuple[Any, ...]]:
    """Return the query for the keys of the live editions, with its parameters."""
    live = Edition.objects.using(using).live(at).values("id").order_by()
    return live.query.get_compiler(using).as_sql()
