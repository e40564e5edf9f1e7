"""Importing one file: read, recognise, write in one transaction, report."""

import hashlib
import logging
from collections.abc import Collection
from dataclasses import dataclass, replace

from django.db import DataError, IntegrityError, transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from articles.importing import recognition
from articles.importing.counting import counts_of
from articles.importing.draft_problems import SAID_BY_THE_PARSER, draft_problems, of_the_file
from articles.importing.drafts import OF_THE_SUPPLEMENT, DraftWriter, Made
from articles.importing.limits import within_limits
from articles.importing.parsed import ParsedArticle, UnreadableFile
from articles.importing.reader import read_article
from articles.importing.report import FileReport
from articles.models import Article, ImportRecord
from publishing import clock as clocks
from publishing import kinds, languages, permissions
from publishing.models import Guess
from publishing.refusals import Refused

_log = logging.getLogger(__name__)
_HEADING = Guess._meta.get_field("heading").max_length


@dataclass(frozen=True)
class _File:
    """The file at hand: its bytes, its name as one line, and what it is known by."""

    data: bytes
    path: str
    name: str
    sha256: str
    known_as: str
    parsed: ParsedArticle
    language: str = ""
    asked: str = ""

    def report(self, outcome: str) -> FileReport:
        return FileReport(
            self.path,
            outcome,
            self.parsed.title,
            counts=self.parsed.counts(),
            problems=list(self.parsed.problems),
            summary=bool(self.parsed.quick_summary),
            unasked=sum(not question.question for question in self.parsed.questions),
            empty_references=self.parsed.empty_references,
            language=self.language,
        )


def import_file(
    data: bytes,
    path: str,
    *,
    by,
    language: str = "",
    dry_run: bool = False,
    clock=clocks.now,
    others: Collection[str] = (),
) -> FileReport:
    """Import one file and return its report; never raises for what a file holds.

    All of it is written, or nothing. With ``dry_run`` the same is done and undone, so that the
    report is the one that the import would give. Running it again changes nothing. Without a
    ``language`` the file's own counts, or else the site's default. ``others`` are the addresses
    of articles that the same call imported from other files.
    """
    try:
        file = _read(data, path)
        spoken = recognition.language_for(file.parsed, language)
        file = replace(file, language=spoken, asked=language)
    except UnreadableFile as error:
        return _failed(path, str(error))
    options = {"by": by, "dry_run": dry_run, "clock": clock, "others": others}
    try:
        try:
            return _attempt(file, **options)
        except IntegrityError:
            # Somebody else took an address or a key in the meantime; now it can be seen.
            return _attempt(file, **options)
    except Refused as refusal:
        return _failed(path, refusal.message)
    except (ValueError, DataError, IntegrityError) as error:
        # Pydantic's ValidationError is a ValueError: the file holds what no draft can.
        why = _("A part of it does not fit into a draft (%(error)s).")
        return _failed(path, why % {"error": _first_line(error)})


def report_without_drafts(data: bytes, path: str) -> FileReport:
    """Return what can be told of a file where there is no database to try it in."""
    try:
        file = _read(data, path)
    except UnreadableFile as error:
        return _failed(path, str(error))
    report = file.report("created")
    report.slug = recognition.address_for(file.parsed, file.name, file.sha256)
    return report


def _read(data: bytes, path: str) -> _File:
    name = recognition.plain_name(path)
    try:
        parsed = within_limits(read_article(data, name))
    except UnreadableFile:
        raise
    except Exception as error:
        # The boundary of the parser: a file that it stumbles over must not stop the others.
        _log.exception("The article reader failed on a file.")
        raise UnreadableFile(
            _("The program stumbled over it (%(error)s). Save the article alone as plain text.")
            % {"error": type(error).__name__}
        ) from error
    sha256 = hashlib.sha256(data).hexdigest()
    known_as = recognition.recognised_as(parsed.title, sha256)
    return _File(data, path, name, sha256, known_as, parsed)


def _failed(path: str, why: str) -> FileReport:
    refusal = why.startswith(str(_("Not ")))
    return FileReport(
        path, "failed", error=why if refusal else _("Not imported. %(why)s") % {"why": why}
    )


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


def _attempt(file: _File, *, by, dry_run: bool, clock, others: Collection[str]) -> FileReport:
    with transaction.atomic():
        permissions.require(by, "write", kinds.get("article"))
        known = (file.known_as, file.language, file.name, file.sha256, others)
        record = recognition.record_of(*known)
        if record is not None and record.sha256 != file.sha256:
            recognition.lock_made(record)
            # Another import may have ended while this one waited for the locks.
            record = recognition.record_of(*known)
        if record is not None and record.sha256 == file.sha256:
            report = _unchanged(file, record, clock)
        else:
            report = _write(file, record, by=by, clock=clock, others=others)
        if dry_run:
            transaction.set_rollback(True)
    return report


def _unchanged(file: _File, record: ImportRecord, clock) -> FileReport:
    report = file.report("unchanged")
    report.problems = of_the_file(report.problems)
    report.slug, report.counts = record.article.slug, record.report["counts"]
    if recognition.edited_since(record):
        # What the file leaves open may have been settled in the draft by now.
        report.problems = [p for p in report.problems if p.id not in SAID_BY_THE_PARSER]
    digests = record.made["digests"]
    report.problems += draft_problems(record.article, digests, file.data, report.problems, clock)
    return report


def _write(
    file: _File, record: ImportRecord | None, *, by, clock, others: Collection[str]
) -> FileReport:
    if record is not None:
        recognition.refuse_edited(record)
    earlier = record.made if record else {}
    wanted = recognition.address_for(file.parsed, file.name, file.sha256)
    slug = (
        record.article.slug if record else recognition.free_address(wanted, file.language, others)
    )
    with languages.in_default():
        reason = _("Imported from %(file)s") % {"file": file.name}
    writer = DraftWriter(file.parsed, slug, file.language, by=by, reason=reason[:300], clock=clock)
    entry = record.article if record else None
    article = writer.write(entry, earlier, _guesses(file.parsed, wanted, slug))
    made = writer.made
    report = file.report("created")
    if record is not None:
        report.outcome = "updated" if _changed(made, earlier) else "unchanged"
    notes = recognition.language_notes(file.parsed, file.language, file.asked)
    report.slug, report.notes = article.slug, [*notes, *made.notes]
    report.counts = counts_of(article, file.parsed, made.references)
    report.problems = [*of_the_file(report.problems), *made.problems]
    report.problems += draft_problems(article, made.digests, file.data, report.problems, clock)
    _keep(file, article, report, made, by=by, at=clock())
    return report


def _changed(made: Made, earlier: dict) -> bool:
    """Say whether any draft differs from what the earlier import left."""
    return bool(made.digests.items() - earlier["digests"].items())


def _keep(file: _File, article: Article, report: FileReport, made: Made, *, by, at) -> None:
    """Attach the file and its report to the draft."""
    ImportRecord.objects.create(
        article=article,
        slug=file.known_as,
        filename=file.name,
        original=file.data,
        sha256=file.sha256,
        report={
            **report.as_data(),
            "path": file.name,
            "notes": report.notes,
            "found": report.found(),
        },
        made=made.as_data(),
        offered=made.offered,
        by=by,
        at=at,
    )


def _guesses(parsed: ParsedArticle, wanted: str, slug: str) -> list[dict[str, str]]:
    """Return what a person must confirm on the article."""
    guesses = [
        {
            "field": guess.field,
            "heading": Truncator(guess.heading).chars(_HEADING),
            "message": guess.message,
        }
        for guess in parsed.guesses
        if guess.field not in OF_THE_SUPPLEMENT
    ]
    said = []
    if parsed.key_points:
        said.append(
            (
                "key_points",
                _("The file does not say which key points are effects or advice: all are facts."),
            )
        )
    if not recognition.spells(parsed.title):
        message = _("The title gives no address, so “%(slug)s” was made up.") % {"slug": slug}
        said.append(("slug", message))
    elif slug != wanted:
        message = _("Another article has the address “%(wanted)s”; this one got “%(slug)s”.")
        said.append(("slug", message % {"wanted": wanted, "slug": slug}))
    return guesses + [{"field": f, "heading": "", "message": m} for f, m in said]
