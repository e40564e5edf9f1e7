"""verify_editions: is everything that was signed still what it was?"""

from django.core.management.base import BaseCommand

from publishing.models import Change, Edition, Revision, SignOff
from publishing.verification import verify


class Command(BaseCommand):
    """Recomputes digests and chains; exit 1 on any mismatch, naming each."""

    help = "Prove that revisions, sign-offs, editions and the ledger are unaltered."

    def handle(self, **options) -> None:
        wrong = 0
        for line in verify():
            wrong += 1
            self.stdout.write(line)
        counts = [
            f"{m.objects.count()} {m._meta.verbose_name}s"
            for m in (Revision, SignOff, Edition, Change)
        ]
        self.stdout.write(
            f"Checked {', '.join(counts)}: "
            + (f"{wrong} mismatches." if wrong else "all as recorded.")
        )
        if wrong:
            raise SystemExit(1)
