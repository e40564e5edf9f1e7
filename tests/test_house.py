"""Rules of the house that hold for the whole tree."""

import re
from pathlib import Path

from django.core.management import call_command

from publishing.checks.engine import rule_ids

ROOT = Path(__file__).resolve().parent.parent
# BAL-1 is no rule that runs: the signer attests to it.
ATTESTED = {"BAL-1"}


def test_no_migration_is_pending(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_check_is_documented_and_every_documented_check_exists():
    documented = re.findall(r"^\| ([A-Z0-9]+-\d) \|", (ROOT / "docs/checks.md").read_text(), re.M)
    assert set(documented) - ATTESTED == set(rule_ids())


def test_decisions_are_numbered_without_gaps():
    numbers = re.findall(r"^## (\d+)\. ", (ROOT / "docs/decisions.md").read_text(), re.M)
    assert list(map(int, numbers)) == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 10
