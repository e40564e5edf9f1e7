"""Reading the demo's files: TOML fields by entry, earlier and next editions, Documents."""

import json
import tomllib
from pathlib import Path
from typing import Any

from healthcms.demo.identity import uid
from healthcms.demo.pictures import digest_of
from publishing import kinds
from publishing.documents import EntryDocument
from publishing.models import Revision

CONTENT = Path(__file__).parent / "content"

# Fields of a file that name other rows by slug, and what they name.
_POINTERS = {"topics": "topic", "questions": "question", "comparisons": "supplement"}

Fields = dict[str, Any]


def load(name: str) -> Fields:
    """Return one TOML file of the content folder as data."""
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


def references() -> list[dict[str, Any]]:
    """Return the CSL-JSON items that the demo's texts cite."""
    return json.loads((CONTENT / "references.csl.json").read_text(encoding="utf-8"))


def entries() -> dict[tuple[str, str], Fields]:
    """Return today's fields of every entry by kind and slug, in the order of making their rows."""
    folders = (
        *("questions", "supplements", "articles", "pages", "terms"),
        *("es/questions", "es/articles"),
    )
    files = [
        "disclaimer.toml",
        "es/disclaimer.toml",
        *(f"{folder}/{name}" for folder in folders for name in _in(folder)),
    ]
    found = [load(name) for name in files]
    return {(fields["kind"], fields["slug"]): fields for fields in found}


def histories() -> list[Fields]:
    """Return what the files of earlier editions say: slug and ``editions``, the oldest first."""
    return [load(f"history/{name}") for name in _in("history")]


def schedules() -> list[Fields]:
    """Return what the files of next editions say: slug, ``in_days`` and the replacements."""
    return [load(f"schedule/{name}") for name in _in("schedule")]


def edited(today: Fields, edition: Fields) -> Fields:
    """Return today's fields as another edition has them.

    ``edition`` may hold ``fields`` that stand in for today's and ``replace`` rows (field, old,
    new). Raises ValueError where an old text does not stand in its field exactly once.
    """
    fields = {**today, **edition.get("fields", {})}
    for row in edition.get("replace", ()):
        text, old = fields[row["field"]], row["old"]
        found = text.count(old)
        if found != 1:
            raise ValueError(
                f"{today['slug']}: {found} times in {row['field']}, not once: {old[:60]!r}"
            )
        fields[row["field"]] = text.replace(old, row["new"])
    return {**fields, **{key: edition[key] for key in ("change_kind", "change_note")}}


def document(fields: Fields) -> EntryDocument:
    """Return the Document that a file's fields describe. Raises pydantic's ValidationError."""
    data = {name: value for name, value in fields.items() if name != "kind"}
    for name, sort in _POINTERS.items():
        if name in data:
            data[name] = [uid(sort, slug) for slug in data[name]]
    if "authors" in data:
        data["authors"] = [{"contributor": uid("contributor", slug)} for slug in data["authors"]]
    if "pictures" in data:
        data["pictures"] = [
            {**row, "picture": digest_of(row["picture"])} for row in data["pictures"]
        ]
    if "related" in data:
        data["related"] = [
            {"uid": uid("article", row["slug"]), "reason": row["reason"]} for row in data["related"]
        ]
    data["original"] = _original(fields["kind"], data.pop("translation_of", ""))
    return kinds.get(fields["kind"]).document.model_validate(data)


def _original(kind: str, slug: str) -> Fields | None:
    """Return the newest version of what a text was translated from; None before it has one."""
    versions = Revision.objects.filter(entry__uid=uid(kind, slug)).order_by("-number")
    newest = versions.values("number", "digest").first() if slug else None
    return newest and {**newest, "uid": uid(kind, slug)}


def _in(folder: str) -> list[str]:
    return sorted(path.name for path in (CONTENT / folder).glob("*.toml"))
