"""verify_editions: is everything that was signed still what it was?"""

from argparse import ArgumentTypeError

from django.core.management.base import BaseCommand, CommandParser

from publishing.models import Change, Edition, Ledger, Revision, SignOff
from publishing.verification import verify


def kept_digest(text: str) -> tuple[int, str]:
    """Read “<number>:<digest>” as an earlier run printed it."""
    number, _colon, digest = text.partition(":")
    if not (number.isdecimal() and digest):
        raise ArgumentTypeError(f"{text!r} is not <number>:<digest>, as an earlier run printed it")
    return int(number), digest


class Command(BaseCommand):
    """Recomputes digests and chains; exit 1 on any mismatch, naming each."""

    help = "Prove that revisions, sign-offs, editions and the ledger are unaltered."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--expect",
            type=kept_digest,
            metavar="NUMBER:DIGEST",
            help="the ledger's end as an earlier run printed it, kept outside the database: "
            "proves that nothing up to there was rewritten or cut off",
        )

    def handle(self, *, expect: tuple[int, str] | None = None, **options) -> None:
        wrong = 0
        for line in verify(expect=expect):
            wrong += 1
            self.stdout.write(line)
        counts = [
            f"{m.objects.count()} {m._meta.verbose_name}s"
            for m in (Revision, SignOff, Edition, Change)
        ]
        end = Ledger.objects.filter(pk=1).first()
        if end and end.number and not wrong:
            self.stdout.write(f"The ledger's end, to keep elsewhere: {end.number}:{end.digest}")
        self.stdout.write(
            f"Checked {', '.join(counts)}: "
            + (f"{wrong} mismatches." if wrong else "all as recorded.")
        )
        if wrong:
            raise SystemExit(1)
