"""Undoing migrations: it works, or is refused in a sentence before anything is changed."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import StateApps

from healthcms.apps import prepare_database
from publishing import guards, verbs
from publishing.models import Case, Edition, Site
from publishing.verification import verify
from tests import factories

QUIET = {"verbosity": 0, "interactive": False}


@pytest.fixture
def clock(transactional_db):
    """The clock of a site with a live disclaimer."""
    clock = factories.Clock()
    factories.fund_site()
    factories.live_disclaimer(clock)
    yield clock
    call_command("migrate", **QUIET)
    guards.install()


def applied() -> set[str]:
    recorded = MigrationRecorder(connection).applied_migrations()
    return {name for app, name in recorded if app == "publishing"}


def test_disclaimers_in_several_languages_are_named_and_nothing_is_changed(clock):
    edition = Edition.objects.get()
    Site.objects.update(languages=["en", "es"])
    verbs.translate(edition.entry, "es", "Acerca", by=edition.by, clock=clock)
    before = applied()
    told = "Not migrated, and nothing was changed: 2 disclaimers are for the same pages in several"
    with pytest.raises(CommandError, match=re.escape(told)):
        call_command("migrate", "publishing", "0005_finding", **QUIET)
    assert applied() == before
    assert guards.missing() == []


def test_before_the_first_migration_there_is_nothing_to_prepare(clock, django_assert_num_queries):
    with django_assert_num_queries(0):
        prepare_database("default", apps=StateApps([], {}))


def test_otherwise_it_goes_back_and_comes_again(clock):
    """Cases about sources go: the earlier tables have no room for two of them on a page."""
    people = [factories.editor(), factories.reviewer(), factories.publisher()]
    by, signer, publisher = people
    document = factories.article_document(by)
    page = factories.published(document, by=by, signer=signer, publisher=publisher, clock=clock)
    told = {"why": Case.Whys.SOURCE_RETRACTED, "by": by, "at": clock.at}
    for tie in ("reference:1", "reference:2"):
        Case.objects.create(entry_id=page.entry_id, about_id=page.entry_id, tie=tie, **told)

    call_command("migrate", "publishing", "0005_finding", **QUIET)
    assert max(applied()) == "0005_finding"
    assert guards.missing() == []
    call_command("migrate", **QUIET)

    assert list(verify()) == []
    assert not Case.objects.exists()
