"""Comparing the rows of a Document: which were added, taken out, moved or changed, and in what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from publishing.comparing.fields import Labels
from publishing.comparing.pairing import ALIKE, overlap, paired
from publishing.documents import Part


@dataclass(frozen=True)
class Difference:
    """Something that differs, as texts: ``prose`` is compared word by word, others as a whole."""

    place: str
    label: str
    before: str
    after: str
    prose: bool = False


@dataclass(frozen=True)
class _Row:
    number: int
    value: Part
    key: str
    said: frozenset[str]


def differences(
    name: str, old: Sequence[Part], new: Sequence[Part], labels: Labels, names: dict[UUID, str]
) -> Iterator[Difference]:
    """Yield what differs between two lists of rows, in the order of the new list."""
    pairs = paired(_rows(old), _rows(new), lambda row: row.key, _likeness)
    taken_out = {row.key: row for row, other in pairs if row and other is None}
    added = {row.key for other, row in pairs if row and other is None}
    for before, after in pairs:
        if after is None:
            if before.key not in added:
                whole = _whole(name, before, labels, names)
                yield _difference(name, before, labels, _("taken out"), before=whole)
        elif before is None and after.key in taken_out:
            moved = _difference(name, after, labels, _("moved"))
            there = _("Place %(number)s") % {"number": taken_out[after.key].number}
            here = _("Place %(number)s") % {"number": after.number}
            yield Difference(moved.place, moved.label, there, here)
        elif before is None:
            whole = _whole(name, after, labels, names)
            yield _difference(name, after, labels, _("new"), after=whole)
        elif before.key != after.key:
            yield from _columns(name, before, after, labels, names)


def _rows(values: Sequence[Part]) -> list[_Row]:
    return [
        _Row(number, value, value.model_dump_json(), _said(value))
        for number, value in enumerate(values, 1)
    ]


def _said(value: Part) -> frozenset[str]:
    return frozenset(word for _n, text in value if isinstance(text, str) for word in text.split())


def _likeness(one: _Row, other: _Row) -> float:
    """Rows of the same name are the same row: the first field of each part is what names it."""
    first = [next(iter(row.value))[1] for row in (one, other)]
    same_name = ALIKE if first[0] and first[0] == first[1] else 0.0
    return min(1.0, overlap(one.said, other.said) + same_name)


def _difference(name: str, row: _Row, labels: Labels, what: str, before="", after=""):
    label = _("%(row)s (%(what)s)") % {"row": labels.row(name, row.number), "what": what}
    return Difference(f"{name}.{row.number}", label, before, after)


def _whole(name: str, row: _Row, labels: Labels, names: dict[UUID, str]) -> str:
    told = [
        (labels.column(name, column), labels.shown(name, value, names, column))
        for column, value in row.value
        if value not in ("", None, False)
    ]
    return "\n".join(f"{label}: {text}" for label, text in told if text)


def _columns(
    name: str, before: _Row, after: _Row, labels: Labels, names: dict[UUID, str]
) -> Iterator[Difference]:
    for column, value in after.value:
        old: Any = getattr(before.value, column)
        if old == value:
            continue
        label = _("%(row)s, %(column)s") % {
            "row": labels.row(name, after.number),
            "column": labels.column(name, column),
        }
        yield Difference(
            f"{name}.{after.number}.{column}",
            label,
            labels.shown(name, old, names, column),
            labels.shown(name, value, names, column),
            labels.is_prose(name, value, column),
        )
