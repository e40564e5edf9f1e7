"""import_article: article files become drafts, never pages."""

import json
import uuid
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, transaction

from articles.importing.parsed import UnreadableFile
from articles.importing.reader import MAX_BYTES
from articles.importing.report import FileReport
from articles.importing.run import import_file, report_without_drafts
from articles.models import ImportRecord
from publishing import languages


class Command(BaseCommand):
    """One transaction a file; a bad file does not stop the others; exit 1 if any failed."""

    help = "Read .txt, .md and .html articles into drafts, and report what was found."

    def add_arguments(self, parser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--user", help="the account that imports; not needed for --dry-run")
        parser.add_argument(
            "--language",
            default="",
            metavar="CODE",
            help="the articles' language, one of the site's; without it what each file says of "
            "itself (lang of HTML, language of front matter), or else the site's default",
        )
        parser.add_argument("--dry-run", action="store_true", help="report without writing")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *, files, user, language, dry_run, format, **options) -> None:
        if not user and not dry_run:
            raise CommandError("Say who imports: --user NAME (or try it with --dry-run).")
        without_tables = _lacks_tables()
        if without_tables and not dry_run:
            raise CommandError("The database has no tables yet. Run migrate first.")
        if language and not without_tables and languages.of_tag(language) is None:
            codes = ", ".join(languages.every())
            raise CommandError(
                f"Nothing was imported. “{language}” is none of the site's languages: {codes}. "
                "Choose one of them, or add it under Site."
            )
        self.language = language
        by = self._user(user) if user and not without_tables else None
        reports: list[FileReport] = []
        seen: dict[bytes, FileReport] = {}
        for name in files:
            report = self._report(name, by, dry_run, without_tables, seen)
            reports.append(report)
            if format == "text":
                self._say(report, dry_run)
        if format == "json":
            data = {"files": [report.as_data() for report in reports]}
            self.stdout.write(json.dumps(data, indent=1))
        if any(report.outcome == "failed" for report in reports):
            raise SystemExit(1)

    def _say(self, report: FileReport, dry_run: bool) -> None:
        for line in report.lines():
            self._write(line)
        if dry_run and report.outcome != "failed":
            self._write("  Dry run: nothing was written.")

    def _write(self, line: str) -> None:
        """Write one line; what the terminal cannot show is escaped."""
        shown = "".join(c if c.isprintable() else repr(c)[1:-1] for c in line)
        encoding = getattr(self.stdout, "encoding", None) or "utf-8"
        self.stdout.write(shown.encode(encoding, "backslashreplace").decode(encoding))

    def _report(
        self, name: str, by, dry_run: bool, without_tables: bool, seen: dict[bytes, FileReport]
    ) -> FileReport:
        try:
            data = read_limited(Path(name))
        except UnreadableFile as error:
            return FileReport(name, "failed", error=f"Not imported. {error}")
        if without_tables:
            return report_without_drafts(data, name)
        if dry_run and data in seen:
            # The first of them was undone, so that the database cannot tell.
            return seen[data].again(name)
        others = {report.slug for report in seen.values()}
        try:
            report = self._import(data, name, by, dry_run, others)
        except DatabaseError as error:
            why = next(iter(str(error).splitlines()), type(error).__name__)
            return FileReport(name, "failed", error=f"Not imported. The database refused: {why}")
        if report.outcome != "failed":
            seen[data] = report
        return report

    def _import(self, data: bytes, name: str, by, dry_run: bool, others: set[str]) -> FileReport:
        options = {"language": self.language, "others": others}
        if by is not None:
            return import_file(data, name, by=by, dry_run=dry_run, **options)
        # Run dry as a stand-in account that exists only inside the undone transaction.
        with transaction.atomic():
            stand_in = get_user_model().objects.create(
                username=f"dry-run-{uuid.uuid4()}", is_superuser=True
            )
            report = import_file(data, name, by=stand_in, dry_run=True, **options)
            transaction.set_rollback(True)
        return report

    def _user(self, name: str):
        person = get_user_model().objects.filter(username=name, is_active=True).first()
        if person is None:
            raise CommandError(f"No active account is called “{name}”.")
        return person


def read_limited(path: Path) -> bytes:
    """Return a file's bytes. Raises UnreadableFile, with what to do, where that is not possible."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise UnreadableFile("There is no such file. Check the path.") from None
    except IsADirectoryError:
        raise UnreadableFile("It is a folder. Name the files inside it.") from None
    except PermissionError:
        raise UnreadableFile("Its permissions do not let you read it.") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UnreadableFile(f"It could not be read ({why}).") from None
    if len(data) > MAX_BYTES:
        most = MAX_BYTES // 1024**2
        raise UnreadableFile(f"It is larger than {most} MB. Save the article alone as text.")
    return data


def _lacks_tables() -> bool:
    """Say whether the database was never migrated."""
    try:
        return ImportRecord._meta.db_table not in connection.introspection.table_names()
    except DatabaseError as error:
        why = next(iter(str(error).splitlines()), type(error).__name__)
        raise CommandError(f"The database does not answer: {why}") from error
