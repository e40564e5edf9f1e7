"""check_content: the checks over every entry, as a person or a nightly job wants to see them."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from django.core.management.base import BaseCommand

from publishing import assessment, clock, zone
from publishing.checks.problems import Gate, Level, Place, Problem
from publishing.models import Edition, Entry, Revision

_STEP = "step"
_WORDS = {
    Level.ERROR: ("error", "errors"),
    Level.WARNING: ("warning", "warnings"),
    Level.ADVICE: ("advice", "advice"),
    _STEP: ("step to take", "steps to take"),
}


class Command(BaseCommand):
    """Prints one line a problem and a summary; exit 1 where an error stops publication.

    What a draft merely waits for (a signature, say) is shown as a step and is no error; of a live
    page nothing is waited for any more, so there it is one.
    """

    help = "Run the checks over the newest version of every entry, or over what is live."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--live", action="store_true", help="check what readers see instead of the drafts"
        )

    @zone.site_zone()
    def handle(self, *, live: bool, **options) -> None:
        now = clock.now()
        counts: Counter[str] = Counter()
        entries = stopping = 0
        for revision in _live_revisions(now) if live else _heads():
            entries += 1
            if revision.payload.text is None:
                self.stdout.write(f"{_name(revision)}: its text was removed; nothing to check.")
                continue
            for problem in assessment.problems_of(revision, now):
                level = _STEP if problem.step and not live else problem.level
                counts[level] += 1
                if level is Level.ERROR and problem.stops(Gate.PUBLISH):
                    stopping += 1
                self.stdout.write(_line(revision, problem, level))
        self.stdout.write(_summary(entries, counts, live))
        if stopping:
            raise SystemExit(1)


def _heads() -> Iterator[Revision]:
    found = Entry.objects.exclude(head=None).select_related("head__payload")
    for entry in found.order_by("kind", "slug").iterator(200):
        entry.head.entry = entry
        yield entry.head


def _live_revisions(now: datetime) -> Iterator[Revision]:
    found = Edition.objects.live(now).select_related("revision__payload", "revision__entry")
    for edition in found.order_by("path").iterator(200):
        yield edition.revision


def _name(revision: Revision) -> str:
    return f"{revision.entry.kind} {revision.entry.slug}"


def _line(revision: Revision, problem: Problem, level: str) -> str:
    place = _place(problem.place)
    answered = f" Answered: {problem.override_reason}" if problem.override_reason else ""
    return f"{_name(revision)} {problem.id} {level}: {problem.message}{place}{answered}"


def _place(place: Place) -> str:
    parts = [place.field, place.heading and f"under “{place.heading}”"]
    parts.append(place.sentence and f"“{' '.join(place.sentence.split())}”")
    said = ", ".join(part for part in parts if part)
    return f" ({said})" if said else ""


def _summary(entries: int, counts: Counter, live: bool) -> str:
    what = ("live page", "live pages") if live else ("entry", "entries")
    found = ", ".join(
        f"{counts[level]} {words[counts[level] != 1]}" for level, words in _WORDS.items()
    )
    return f"Checked {entries} {what[entries != 1]}: {found}."
