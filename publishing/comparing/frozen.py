"""Comparing the sources that were frozen with two texts: people's details, cited references."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from publishing.comparing.rows import Difference

Namer = Callable[[dict[str, Any]], str]

# What only says which row of a library is meant.
_UNTOLD = frozenset({"uid", "slug", "id", "files"})


def name_of(source: dict[str, Any]) -> str:
    """Return the name that a source bears, as people do."""
    return source.get("name", "")


def differences(
    before: dict[str, Any], after: dict[str, Any], named: Namer = name_of
) -> Iterator[Difference]:
    """Yield what differs in what the pointers of a text said when it was saved."""
    for group in dict.fromkeys([*after, *before]):
        old, new = before.get(group, {}), after.get(group, {})
        for key in dict.fromkeys([*new, *old]):
            if old.get(key) != new.get(key):
                yield from _of_one(group, key, old.get(key), new.get(key), named)


def _of_one(group: str, key: str, old: Any, new: Any, named: Namer) -> Iterator[Difference]:
    said = new if new is not None else old
    name = (named(said) or name_of(said) or key[:20]) if isinstance(said, dict) else key
    head = _("%(group)s: %(name)s") % {"group": _group(group), "name": name}
    place = f"sources.{group}.{key}"
    if not isinstance(old, dict) or not isinstance(new, dict):
        yield Difference(place, head, _in_short(old), _in_short(new))
        return
    was, now = dict(_flat(old)), dict(_flat(new))
    for path in dict.fromkeys([*now, *was]):
        if was.get(path, "") != now.get(path, ""):
            label = f"{head}, {path.rpartition('.')[2].replace('_', ' ').replace('-', ' ')}"
            yield Difference(
                f"{place}.{path}", label, was.get(path, ""), now.get(path, ""), prose=True
            )


def _group(name: str) -> str:
    known = {
        "people": _("Author"),
        "references": _("Source"),
        "forms": _("Table"),
        "pictures": _("Picture"),
    }
    return known.get(name, capfirst(name.replace("_", " ")))


def _in_short(value: Any) -> str:
    """Return the one line by which people know a source."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return str(value.get("name") or value.get("csl", {}).get("title") or _("Listed"))
    return _("Listed")


def _flat(value: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for name, item in value.items():
        if name in _UNTOLD:
            continue
        if isinstance(item, dict):
            yield from _flat(item, f"{path}{name}.")
        else:
            yield f"{path}{name}", _text(item)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_text(item) for item in value)
    if isinstance(value, dict):
        return " ".join(_text(item) for item in value.values())
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return "" if value is None else str(value)
