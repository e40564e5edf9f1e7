"""Levels of checks: what may be lowered, how far, and setting it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.checks import engine
from publishing.checks.levels import EVERY, FIXED, ceiling_of
from publishing.checks.problems import Level
from publishing.models import Site, Topic
from publishing.setup.log import log
from publishing.setup.standing import Fact, Found

LEVEL_LABELS = {
    Level.ERROR: gettext_lazy("error: must be mended"),
    Level.WARNING: gettext_lazy("warning: needs a reason"),
    Level.ADVICE: gettext_lazy("advice: is shown"),
}
_GRAVEST_FIRST = tuple(LEVEL_LABELS)


def gravest(check: str) -> Level:
    """Return the gravest level of a check's own rules. Raises KeyError for an unknown check."""
    return min(engine.levels_of(check), key=_GRAVEST_FIRST.index)


def may_become(check: str) -> tuple[Level, ...]:
    """Return the levels to which a check may be lowered, gravest first; none for a fixed one."""
    if check in FIXED or check not in engine.rule_ids():
        return ()
    return _GRAVEST_FIRST[_GRAVEST_FIRST.index(gravest(check)) + 1 :]


def lowerable() -> list[str]:
    """Return the checks that can be lowered."""
    return [check for check in engine.rule_ids() if may_become(check)]


def fixed() -> list[str]:
    """Return the checks that nobody can lower."""
    return [check for check in engine.rule_ids() if check in FIXED]


def set_for(site: Site, check: str, topic: Topic | None) -> Level | None:
    """Return the level that is set for a check, for all pages or for a topic alone."""
    value = site.check_levels.get(check) if isinstance(site.check_levels, dict) else None
    if not isinstance(value, Mapping):
        return ceiling_of(value) if topic is None else None
    return ceiling_of(value.get(EVERY if topic is None else str(topic.uid)))


@transaction.atomic
def lower(
    wanted: Mapping[str, Level | None], *, by, why: str, topic: Topic | None = None
) -> list[str]:
    """Set the levels of checks, for all pages or for one topic, and return what changed.

    ``None`` gives a check its own level back. Each change is a line of the admin's log, with who
    and why. Raises ValueError for a level that the check may not have, and where no reason is
    given for a change.
    """
    site = Site.objects.select_for_update().get_or_create(only_row=True)[0]
    stored = dict(site.check_levels) if isinstance(site.check_levels, dict) else {}
    changed = []
    for check, level in wanted.items():
        if level is not None and level not in may_become(check):
            raise ValueError(
                _("%(check)s can't become %(level)s.") % {"check": check, "level": level}
            )
        before = set_for(site, check, topic)
        if before == level:
            continue
        own = gravest(check)
        changed.append(
            _("%(check)s: from %(before)s to %(after)s for %(where)s")
            % {
                "check": check,
                "before": before or own,
                "after": level or own,
                "where": topic.name if topic else _("all pages"),
            }
        )
        _store(stored, check, level, topic)
    if changed:
        if not why.strip():
            raise ValueError(_("Say why."))
        site.check_levels = stored
        site.save(update_fields=["check_levels"])
        log(by, site, "; ".join([*changed, _("Why: %(why)s") % {"why": why.strip()}]))
    return changed


def _store(stored: dict, check: str, level: Level | None, topic: Topic | None) -> None:
    value = stored.get(check)
    by_place = dict(value) if isinstance(value, Mapping) else ({EVERY: value} if value else {})
    place = EVERY if topic is None else str(topic.uid)
    by_place.pop(place, None)
    if level is not None:
        by_place[place] = level.value
    if not by_place:
        stored.pop(check, None)
    elif list(by_place) == [EVERY]:
        stored[check] = by_place[EVERY]
    else:
        stored[check] = by_place


def look(at: datetime) -> Found:
    """Nothing is missing; what was lowered is told, by check."""
    site = Site.current()
    stored = site.check_levels if isinstance(site.check_levels, dict) else {}
    by_topic = any(isinstance(value, Mapping) for value in stored.values())
    names = {str(t.uid): t.name for t in Topic.objects.all()} if by_topic else {}
    facts, everywhere = [], _("all pages")
    for check, value in sorted(stored.items()):
        if not may_become(check):
            continue
        places = value if isinstance(value, Mapping) else {EVERY: value}
        said = [
            f"{LEVEL_LABELS[level]} ({everywhere if place == EVERY else names[place]})"
            for place, stored_level in places.items()
            if (level := ceiling_of(stored_level)) and (place == EVERY or place in names)
        ]
        if said:
            facts.append(Fact(check, " · ".join(said)))
    return facts, []
