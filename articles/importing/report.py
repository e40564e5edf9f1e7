"""What an import says of each file: to people in words, to programs as JSON."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.importing.parsed import FileProblem

Outcome = Literal["created", "updated", "unchanged", "failed"]


@dataclass
class FileReport:
    """The report on one file. ``error`` is set where it failed, and then nothing else is.

    ``summary`` says whether the file has a quick summary, ``unasked`` how many of its answers
    have no question, and ``empty_references`` how many entries of its list held nothing.
    ``language`` is the draft's.
    """

    path: str
    outcome: Outcome
    title: str = ""
    slug: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    problems: list[FileProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    error: str = ""
    summary: bool = False
    unasked: int = 0
    empty_references: int = 0
    language: str = ""

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
            "problems": [asdict(problem) for problem in self.problems],
        }

    def again(self, path: str) -> "FileReport":
        """Return the report on a second file that holds the same, byte for byte."""
        return replace(self, path=path, outcome="unchanged", notes=[])

    def found(self) -> str:
        """Return what was found, what is to be confirmed and what is missing."""
        missing = []
        if n := self.unasked:
            missing.append(ngettext("%(n)d question", "%(n)d questions", n) % {"n": n})
        if n := self.empty_references:
            missing.append(ngettext("%(n)d reference", "%(n)d references", n) % {"n": n})
        guessed = [p.place.field for p in self.problems if p.id == "GUESS-1"]
        names = dict.fromkeys(_NAMES.get(name, lambda: _("the text"))() for name in guessed)
        sentences = (
            (_("Found: %(parts)s."), self._parts()),
            (_("To confirm: %(parts)s."), list(names)),
            (_("Missing: %(parts)s."), missing),
        )
        return " ".join(s % {"parts": ", ".join(parts)} for s, parts in sentences if parts)

    def _parts(self) -> list[str]:
        counts = self.counts
        words = {
            "key_points": ngettext("%(n)d key point", "%(n)d key points", counts["key_points"]),
            "headings": ngettext("%(n)d heading", "%(n)d headings", counts["headings"]),
            "list_items": ngettext("%(n)d list item", "%(n)d list items", counts["list_items"]),
            "questions": ngettext("%(n)d answer", "%(n)d answers", counts["questions"]),
            "references": ngettext("%(n)d reference", "%(n)d references", counts["references"]),
            "links": ngettext("%(n)d link", "%(n)d links", counts["links"]),
        }
        parts = [_("title")] * bool(self.title) + [_("summary")] * self.summary
        parts += [text % {"n": counts[name]} for name, text in words.items() if counts[name]]
        if counts["comparison_rows"]:
            parts.append(
                _("a table of %(rows)d × %(columns)d")
                % {"rows": counts["comparison_rows"], "columns": counts["comparison_columns"]}
            )
        return parts

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
            yield f"  {_line(problem)}"
        yield "  " + _("Nothing is public.")


_NAMES = {
    "title": lambda: _("the title"),
    "slug": lambda: _("the address"),
    "key_points": lambda: _("the kinds of the key points"),
    "questions": lambda: _("the questions"),
    "comparison": lambda: _("the table's columns"),
    "comparisons": lambda: _("the supplement that the table is about"),
    "forms": lambda: _("the table's forms"),
    "references": lambda: _("the references"),
}


def _line(problem: FileProblem) -> str:
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
    return f"{problem.id} {problem.level}{where}: {problem.message} {problem.hint}"
