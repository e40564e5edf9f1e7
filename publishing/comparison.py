"""Comparing two texts of one entry: word by word in prose, field by field in the rest."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any
from uuid import UUID

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from publishing import prose
from publishing.comparing import frozen, rendered, rows
from publishing.comparing.fields import Labels, names_of
from publishing.comparing.rows import Difference
from publishing.comparing.words import marked, of_text, steps
from publishing.documents import EntryDocument, Part
from publishing.pictures.figures import thumbnail

Namer = Callable[[Iterable[Any]], dict[UUID, str]]

# The language never changes; guesses are questions to the editor, no part of what is said.
_SKIPPED = frozenset({"language", "guesses"})
_LEFT_OUT = '<p class="desk-hint">…</p>'
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
_HEADING = re.compile(r"<(/?)h[234]>")


@dataclass(frozen=True)
class Passage:
    """A block of a rich text, both versions in one, and whether anything in it differs."""

    html: SafeString
    changed: bool


@dataclass(frozen=True)
class FieldChange:
    """One field that differs: its label, and both sides as HTML, changed words marked.

    ``place`` is the field's name in the Document (“key_points.2.certainty”). A rich text has
    ``passages``, the whole of it; its two sides hold the blocks that changed alone.
    """

    field: str
    before: SafeString
    after: SafeString
    place: str = ""
    passages: tuple[Passage, ...] = ()


def changed_fields(
    before: EntryDocument,
    after: EntryDocument,
    *,
    named: Namer = names_of,
    without: Collection[str] = (),
) -> list[FieldChange]:
    """Return the fields that differ, in reading order, then the rest.

    ``named`` gives names to the uids that some values hold, as ``names_of`` does; ``without`` are
    fields that are left out.
    """
    labels = Labels(type(after))
    names = [name for name in _order(before, after) if name not in without]
    differing = [n for n in names if getattr(before, n, None) != getattr(after, n, None)]
    known = named(getattr(side, n, None) for n in differing for side in (before, after))
    rich = {piece.field for side in (before, after) for piece in side.texts() if piece.html}
    return [
        change
        for name in differing
        for change in (
            [_rich(name, labels.field(name), getattr(before, name), getattr(after, name))]
            if name in rich
            else _plain(name, getattr(before, name), getattr(after, name), labels, known)
        )
    ]


def changed_sources(
    before: dict[str, Any], after: dict[str, Any], named: frozen.Namer = frozen.name_of
) -> list[FieldChange]:
    """Return what differs in the frozen sources of two revisions, as ``changed_fields`` does.

    ``named`` says what a source is called; one without a name is called by its key.
    """
    return [_change(difference) for difference in frozen.differences(before, after, named)]


def marked_words(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Return both plain texts as HTML, ``<del>`` round deleted and ``<ins>`` round new words."""
    found = steps(of_text(before), of_text(after))
    left, right = marked(found, inserted=False), marked(found, deleted=False)
    return mark_safe(left), mark_safe(right)


def _order(before: EntryDocument, after: EntryDocument) -> list[str]:
    """Return the names of all fields: what readers see in its order, settings after it."""
    read = [piece.field.partition(".")[0] for side in (after, before) for piece in side.texts()]
    names = dict.fromkeys([*read, *type(after).model_fields])
    return [name for name in names if name not in _SKIPPED]


def _rich(name: str, label: str, before: str, after: str) -> FieldChange:
    found = rendered.passages(before, after)
    left, right = rendered.sides(found, _LEFT_OUT)
    # Below the heading that names the field.
    passages = tuple(Passage(mark_safe(prose.inset(p.html, 2)), p.changed) for p in found)
    return FieldChange(label, _unheaded(left), _unheaded(right), name, passages)


def _unheaded(html: str) -> SafeString:
    """Write headings as paragraphs: in the cell of a table they would lead nowhere."""
    return mark_safe(
        _HEADING.sub(lambda m: "</strong></p>" if m[1] else '<p class="desk-head"><strong>', html)
    )


def _plain(
    name: str, old: Any, new: Any, labels: Labels, names: dict[UUID, str]
) -> Iterable[FieldChange]:
    if isinstance(new, tuple) and any(isinstance(item, Part) for item in (*old, *new)):
        return map(_change, rows.differences(name, old, new, labels, names))
    if isinstance(new, tuple):
        shown = [[labels.shown(name, item, names) for item in side] for side in (old, new)]
        return [FieldChange(labels.field(name), *_marked_items(*shown), name)]
    shown = [labels.shown(name, value, names) for value in (old, new)]
    return [_change(Difference(name, labels.field(name), *shown, labels.is_prose(name, new)))]


def _change(found: Difference) -> FieldChange:
    if found.prose:
        left, right = marked_words(found.before, found.after)
    else:
        left, right = _whole("del", found.before), _whole("ins", found.after)
    if found.place.startswith("pictures."):
        left, right = _seen(left), _seen(right)
    return FieldChange(found.label, left, right, found.place)


def _seen(html: str) -> SafeString:
    """Show pictures in the place of their digests."""
    return mark_safe(_DIGEST.sub(lambda match: thumbnail(match[0]), html))


def _whole(tag: str, text: str) -> SafeString:
    return mark_safe(f"<{tag}>{escape(text)}</{tag}>" if text else "")


def _marked_items(old: list[str], new: list[str]) -> tuple[SafeString, SafeString]:
    """Return two lists of names, one a line, those that are in one alone or moved marked."""
    left: list[str] = []
    right: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left += _items(old[a:b], "" if tag == "equal" else "del")
        right += _items(new[c:d], "" if tag == "equal" else "ins")
    return mark_safe("\n".join(left)), mark_safe("\n".join(right))


def _items(names: list[str], tag: str) -> Iterator[str]:
    for name in names:
        yield str(_whole(tag, name)) if tag else str(escape(name))
