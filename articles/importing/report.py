"""What an import says of each file: to people in words, to programs as JSON."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.importing.parsed import FileProblem

Outcome = Literal["created", "updated", "unchanged", "failed"]


@dataclass
class FileReport:
    """The report on one file. ``error`` is set where it failed, and then nothing else is."""

    path: str
    outcome: Outcome
    title: str = ""
    slug: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    problems: list[FileProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    error: str = ""

    def as_data(self) -> dict[str, Any]:
        """Return the report with exactly the keys of the command's JSON."""
        if self.outcome == "failed":
            return {"path": self.path, "outcome": self.outcome, "error": self.error}
        return {
            "path": self.path,
            "outcome": self.outcome,
            "title": self.title,
            "slug": self.slug,
            "counts": self.counts,
            "problems": [_problem_data(problem) for problem in self.problems],
        }

    def found(self) -> str:
        """Return what was found, in one sentence."""
        counts = self.counts
        parts = [_("title")] if self.title else []
        words = {
            "key_points": ngettext("%(n)d key point", "%(n)d key points", counts["key_points"]),
            "headings": ngettext("%(n)d heading", "%(n)d headings", counts["headings"]),
            "list_items": ngettext("%(n)d list item", "%(n)d list items", counts["list_items"]),
            "questions": ngettext("%(n)d answer", "%(n)d answers", counts["questions"]),
            "references": ngettext("%(n)d reference", "%(n)d references", counts["references"]),
            "links": ngettext("%(n)d link", "%(n)d links", counts["links"]),
        }
        parts += [text % {"n": counts[name]} for name, text in words.items() if counts[name]]
        if counts["comparison_rows"]:
            parts.append(
                _("a table of %(rows)d × %(columns)d")
                % {"rows": counts["comparison_rows"], "columns": counts["comparison_columns"]}
            )
        return _("Found: %(parts)s.") % {"parts": ", ".join(parts)}

    def lines(self) -> Iterable[str]:
        """Yield the report as lines for people."""
        if self.outcome == "failed":
            yield f"{self.path}: {self.error}"
            return
        outcome = {
            "created": _("a new draft"),
            "updated": _("the draft was updated"),
            "unchanged": _("nothing changed: this file was imported before"),
        }[self.outcome]
        yield f"{self.path}: {outcome}, “{self.title}” ({self.slug})"
        yield f"  {self.found()}"
        for note in self.notes:
            yield f"  {note}"
        for problem in self.problems:
            place = ", ".join(
                part
                for part in (
                    _("line %(n)d") % {"n": problem.line} if problem.line else "",
                    problem.place.field,
                    f"“{problem.place.heading}”" if problem.place.heading else "",
                )
                if part
            )
            where = f" ({place})" if place else ""
            yield f"  {problem.id} {problem.level}{where}: {problem.message} {problem.hint}"
        yield "  " + _("Nothing is public.")


def _problem_data(problem: FileProblem) -> dict[str, Any]:
    return {
        "id": problem.id,
        "level": problem.level,
        "message": problem.message,
        "hint": problem.hint,
        "place": {
            "field": problem.place.field,
            "heading": problem.place.heading,
            "sentence": problem.place.sentence,
        },
        "line": problem.line,
    }
