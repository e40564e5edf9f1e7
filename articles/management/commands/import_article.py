"""import_article: article files become drafts, never pages."""

import json
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from articles.importing.parsed import UnreadableFile
from articles.importing.reader import MAX_BYTES
from articles.importing.report import FileReport
from articles.importing.run import import_file


class Command(BaseCommand):
    """One transaction a file; a bad file does not stop the others; exit 1 if any failed."""

    help = "Read .txt, .md and .html articles into drafts, and report what was found."

    def add_arguments(self, parser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--user", help="the account that imports; not needed for --dry-run")
        parser.add_argument("--dry-run", action="store_true", help="report without writing")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *, files, user, dry_run, format, **options) -> None:
        if not user and not dry_run:
            raise CommandError("Say who imports: --user NAME (or try it with --dry-run).")
        reports = []
        for name in files:
            report = self._import(name, user, dry_run)
            reports.append(report)
            if format == "text":
                for line in report.lines():
                    self.stdout.write(line)
        if format == "json":
            data = {"files": [report.as_data() for report in reports]}
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=1))
        if any(report.outcome == "failed" for report in reports):
            raise SystemExit(1)

    def _import(self, name: str, user: str | None, dry_run: bool) -> FileReport:
        try:
            data = read_limited(Path(name))
        except (OSError, UnreadableFile) as error:
            why = error.strerror if isinstance(error, OSError) else str(error)
            return FileReport(name, "failed", error=f"Not imported. {why}")
        if user:
            return import_file(data, name, by=self._user(user), dry_run=dry_run)
        return self._without_user(data, name)

    def _user(self, name: str):
        person = get_user_model().objects.filter(username=name, is_active=True).first()
        if person is None:
            raise CommandError(f"No active account is called “{name}”.")
        return person

    def _without_user(self, data: bytes, name: str) -> FileReport:
        """Run dry as a stand-in account that exists only inside the undone transaction."""
        with transaction.atomic():
            stand_in = get_user_model().objects.create(
                username="import-dry-run-stand-in", is_superuser=True
            )
            report = import_file(data, name, by=stand_in, dry_run=True)
            transaction.set_rollback(True)
        return report


def read_limited(path: Path) -> bytes:
    """Return a file's bytes. Raises OSError, or UnreadableFile for one that is too large."""
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UnreadableFile(
            f"The file is larger than {MAX_BYTES // 1_000_000} MB. Save the article alone as text."
        )
    return data
