"""Importing one file: read, recognise, write in one transaction, report."""

import hashlib

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from articles.importing.drafts import DraftWriter
from articles.importing.limits import within_limits
from articles.importing.parsed import FileProblem, ParsedArticle, Place, UnreadableFile
from articles.importing.reader import read_article
from articles.importing.report import FileReport
from articles.models import Article, ImportRecord
from publishing import assessment, kinds, permissions
from publishing import clock as clocks
from publishing.models import Entry, Revision
from publishing.refusals import Refused
from publishing.slugs import free_slug, slug_from

# What the parser says with its line; the draft's checks would say it again without one.
_SAID_BY_THE_PARSER = frozenset({"GUESS-1", "FAQ-1"})


class _DryRun(Exception):
    """Undoes everything that a dry run wrote."""


def import_file(
    data: bytes, filename: str, *, by, dry_run: bool = False, clock=clocks.now
) -> FileReport:
    """Import one file and return its report; never raises for what a file holds.

    All of it is written, or nothing. With ``dry_run`` the same is done and undone, so that the
    report is the one that the import would give. Running it again changes nothing.
    """
    try:
        parsed = within_limits(read_article(data, filename))
    except UnreadableFile as error:
        return FileReport(filename, "failed", error=_failed(str(error)))
    report: FileReport | None = None
    try:
        with transaction.atomic():
            permissions.require(by, "write", kinds.get("article"))
            report = _import(parsed, data, filename, by=by, clock=clock)
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    except Refused as refusal:
        return FileReport(filename, "failed", error=_failed(refusal.message))
    except (ValueError, DataError, IntegrityError) as error:
        # Pydantic's ValidationError is a ValueError: the file holds what no draft can.
        why = _("A part of it does not fit into a draft (%(error)s).")
        return FileReport(filename, "failed", error=_failed(why % {"error": _first_line(error)}))
    return report


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


def _failed(why: str) -> str:
    return why if why.startswith(str(_("Not "))) else _("Not imported. %(why)s") % {"why": why}


def _import(parsed: ParsedArticle, data: bytes, filename: str, *, by, clock) -> FileReport:
    sha256 = hashlib.sha256(data).hexdigest()
    own = recognised_slug(parsed, filename, sha256)
    record = ImportRecord.objects.filter(slug=own).order_by("-pk").first()
    report = FileReport(filename, "created", parsed.title, counts=parsed.counts())
    report.problems = list(parsed.problems)
    if record is not None and record.sha256 == sha256:
        article = record.article
        report.outcome, report.slug = "unchanged", article.slug
        report.problems += _draft_problems(article, data, clock)
        return report
    if record is not None:
        _refuse_edited(record)
    article = record.article if record else None
    slug = article.slug if article else free_slug("article", own)
    guesses, told = _guesses(parsed, own, slug)
    report.problems += [_guess_problem(guess) for guess in guesses[told:]]
    reason = _("Imported from %(file)s") % {"file": filename.rpartition("/")[2]}
    writer = DraftWriter(parsed, slug, by=by, reason=reason[:300], clock=clock)
    before = article.head_id if article else None
    article = writer.write(article, record.made if record else {}, guesses)
    if record is not None:
        unchanged = before == Entry.objects.get(pk=article.pk).head_id
        report.outcome = "unchanged" if unchanged else "updated"
    report.slug, report.notes = article.slug, writer.made.notes
    report.problems += _draft_problems(article, data, clock)
    ImportRecord.objects.create(
        article=article,
        slug=own,
        filename=filename.rpartition("/")[2][:300],
        original=data,
        sha256=sha256,
        report={**report.as_data(), "path": filename.rpartition("/")[2], "notes": report.notes},
        made=writer.made.as_data(),
        offered=writer.made.offered,
        by=by,
        at=clock(),
    )
    return report


def recognised_slug(parsed: ParsedArticle, filename: str, sha256: str) -> str:
    """Return the slug by which a file is known again: its title's, at most 160 characters."""
    stem = filename.rpartition("/")[2].rpartition(".")[0]
    return (
        slug_from(parsed.title)
        or slug_from(parsed.slug_hint)
        or slug_from(stem)
        or f"article-{sha256[:8]}"
    )


def _refuse_edited(record: ImportRecord) -> None:
    """Refuse to overwrite what a person has worked on since the import."""
    digests = record.made.get("digests", {})
    for entry in Entry.objects.filter(uid__in=digests).select_related("head__by"):
        head: Revision | None = entry.head
        if head is not None and head.digest != digests[str(entry.uid)]:
            raise Refused(
                _(
                    "Not imported. %(name)s edited the %(kind)s “%(slug)s” on %(day)s, after it "
                    "was imported. Nothing was overwritten. Make your changes in the draft."
                )
                % {
                    "name": permissions.person_name(head.by),
                    "kind": kinds.of(entry).label,
                    "slug": entry.slug,
                    "day": f"{head.at.day} {head.at:%B}",
                }
            )


def _guesses(parsed: ParsedArticle, own: str, slug: str) -> tuple[list[dict], int]:
    """Return the article's guesses, and how many of them the parser has told already."""
    guesses = [
        {"field": guess.field, "heading": guess.heading, "message": guess.message}
        for guess in parsed.guesses
        # That of the table's columns is confirmed where the table is: on the supplement.
        if guess.field != "comparison"
    ]
    told = len(guesses)
    if parsed.key_points:
        message = _("The file does not say which key points are effects or advice: all are facts.")
        guesses.append({"field": "key_points", "heading": "", "message": message})
    if not slug_from(parsed.title):
        message = _("The title gives no address, so “%(slug)s” was made up.") % {"slug": slug}
        guesses.append({"field": "slug", "heading": "", "message": message})
    elif slug != own:
        message = _("Another article has the address “%(own)s”; this one got “%(slug)s”.")
        guesses.append(
            {"field": "slug", "heading": "", "message": message % {"own": own, "slug": slug}}
        )
    return guesses, told


def _guess_problem(guess: dict) -> FileProblem:
    return FileProblem(
        "GUESS-1",
        "error",
        guess["message"],
        _("Confirm it on the draft's page."),
        Place(guess["field"], guess["heading"]),
        None,
    )


def _draft_problems(article: Article, data: bytes, clock) -> list[FileProblem]:
    """Return what the checks say of the article's draft, with the line where it can be told."""
    entry = Entry.objects.get(pk=article.pk)
    head = Revision.objects.select_related("entry", "payload").get(pk=entry.head_id)
    lines = data.decode("utf-8", errors="replace").splitlines()
    return [
        FileProblem(
            problem.id,
            problem.level.value,
            problem.message,
            problem.hint,
            Place(problem.place.field, problem.place.heading, problem.place.sentence),
            _line_of(problem.place.sentence, lines),
        )
        for problem in assessment.problems_of(head, clock())
        if not problem.step and problem.id not in _SAID_BY_THE_PARSER
    ]


def _line_of(sentence: str, lines: list[str]) -> int | None:
    """Return the first line, from 1, that holds the beginning of a sentence."""
    start = sentence.strip()[:40]
    if len(start) < 8:
        return None
    return next((n for n, line in enumerate(lines, 1) if start in line), None)
