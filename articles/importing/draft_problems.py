"""What the checks say of the drafts of a file, each with its line where that can be told."""

from collections.abc import Collection, Iterator

from articles.importing.decoding import decode
from articles.importing.findings import Findings
from articles.importing.parsed import FileProblem, Place
from articles.models import Article
from publishing import assessment
from publishing.documents import normalise_line
from publishing.models import Entry, Revision

# What the parser says with its line; the drafts' checks say it without one.
SAID_BY_THE_PARSER = frozenset({"GUESS-1", "FAQ-1"})
# Of the drafts shown inside the article, what their texts lack: the rest is on their own pages.
_OF_EMBEDS = frozenset({"GUESS-1", "FAQ-1", "REF-1", "A11Y-1", "JUNK-1"})
_FIELDS = {"question": "questions", "supplement": "comparison"}


def of_the_file(problems: Collection[FileProblem]) -> list[FileProblem]:
    """Return what the parser said and the library cannot tell better.

    A `[@key]` that the file does not list may be the library's: the draft's REF-1 knows.
    """
    return [p for p in problems if not (p.id == "REF-1" and p.message.startswith("“[@"))]


def draft_problems(
    article: Article,
    made: Collection[str],
    data: bytes,
    parsed: Collection[FileProblem],
    clock,
) -> list[FileProblem]:
    """Return the problems of an article's draft, and of those that the import made beside it.

    ``made`` are the uids of all of them; ``parsed`` is what the parser said, not to be said twice.
    """
    lines = decode(data, Findings()).split("\n")
    messages = {(problem.id, normalise_line(problem.message)) for problem in parsed}
    places = {_place(problem) for problem in parsed if problem.id not in SAID_BY_THE_PARSER}
    unasked_told = any(problem.id == "FAQ-1" for problem in parsed)
    found: dict[tuple[str, str], FileProblem] = {}
    for entry in [Entry.objects.get(pk=article.pk), *_beside(made)]:
        for problem in _of(entry, lines, clock):
            unasked = problem.id == "FAQ-1" and not problem.place.sentence
            same = (problem.id, normalise_line(problem.message))
            if entry.kind != "article" and problem.id not in _OF_EMBEDS:
                continue
            if unasked and not unasked_told:
                found[(problem.id, str(entry.uid))] = problem
            elif not unasked and same not in messages and _place(problem) not in places:
                found.setdefault((*same, problem.place.sentence), problem)
    return list(found.values())


def _place(problem: FileProblem) -> tuple[str, str, str]:
    return problem.id, problem.place.field, problem.place.sentence[:40]


def _beside(uids: Collection[str]) -> list[Entry]:
    return list(Entry.objects.filter(uid__in=uids, kind__in=_FIELDS).order_by("pk"))


def _of(entry: Entry, lines: list[str], clock) -> Iterator[FileProblem]:
    head = Revision.objects.select_related("entry", "payload").get(pk=entry.head_id)
    for problem in assessment.problems_of(head, clock()):
        if problem.step:
            continue
        place = problem.place
        yield FileProblem(
            problem.id,
            problem.level.value,
            problem.message,
            problem.hint,
            Place(_FIELDS.get(entry.kind, place.field), place.heading, place.sentence),
            _line_of(place.sentence, lines),
        )


def _line_of(sentence: str, lines: list[str]) -> int | None:
    """Return the first line, from 1, that holds the beginning of a sentence."""
    start = sentence.strip()[:40]
    if len(start) < 8:
        return None
    return next((n for n, line in enumerate(lines, 1) if start in line), None)
