"""Levels that the publisher lowered, from ``Site.check_levels``; the fixed ones can't be lowered.

The register maps a check's id to a level that holds for the whole site, or to levels by topic
uid, with ``"*"`` for every other page: ``{"READ-2": "advice", "REF-5": {"<uid>": "advice"}}``.
A level is a ceiling: it lowers what is graver and never raises what is milder.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from publishing.checks.context import Context
from publishing.checks.problems import Level

FIXED = frozenset({"AUTH-2", "SIGN-1", "EMB-1", "REF-4", "GUESS-1", "JUNK-1"})
"""Lowering these would let a text out that nobody signed, or that cites what was retracted.

One that is not built yet stands here already: nobody can lower it before it comes.
"""

EVERY = "*"

_GRAVITY = (Level.ADVICE, Level.WARNING, Level.ERROR)


def ceilings(context: Context) -> dict[str, Level]:
    """Return the gravest level that each lowered check may have on a page.

    Where a page's topics say different things, the strictest holds. What is no level, and any
    level for a fixed check, is passed over.
    """
    levels = context.site.check_levels
    if not isinstance(levels, Mapping) or not levels:
        return {}
    by_topic = any(isinstance(value, Mapping) for value in levels.values())
    topics = [topic.uid for topic in context.topics] if by_topic else []
    found = {check: ceiling_of(value, topics) for check, value in levels.items()}
    return {check: level for check, level in found.items() if level and check not in FIXED}


def ceiling_of(value: Any, topics: Iterable[UUID] = ()) -> Level | None:
    """Return the ceiling that one value of the register sets for a page with these topics."""
    if not isinstance(value, Mapping):
        return _level(value)
    said = [_level(value.get(str(uid), value.get(EVERY))) for uid in topics]
    if not said:
        return _level(value.get(EVERY))
    # A topic of which nothing is said keeps the check's own level.
    return None if None in said else max(said, key=_GRAVITY.index)


def lowered(level: Level, ceiling: Level | None) -> Level:
    """Return a finding's level under a ceiling."""
    return level if ceiling is None else min(level, ceiling, key=_GRAVITY.index)


def _level(value: Any) -> Level | None:
    try:
        return Level(value)
    except ValueError:
        return None
