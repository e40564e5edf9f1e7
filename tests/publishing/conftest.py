"""The desk at which the tests of the spine work: three people, a clock and the verbs."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from publishing import assessment, documents, kinds, verbs
from publishing.documents import EntryDocument
from publishing.models import Edition, Entry, Revision, SignOff
from tests import factories


@dataclass
class Desk:
    """A writer, a signer and a publisher; each method is one verb done by the right one of them."""

    clock: factories.Clock
    editor: User
    reviewer: User
    publisher: User

    def article(self, slug: str = "magnesium-and-muscles", **fields) -> EntryDocument:
        return factories.article_document(self.editor, slug, **fields)

    def question(self, slug: str = "does-it-help", **fields) -> EntryDocument:
        return factories.question_document(self.editor, slug, **fields)

    def supplement(self, slug: str = "magnesium", **fields) -> EntryDocument:
        return factories.supplement_document(self.editor, slug, **fields)

    def save(self, document, *, entry: Entry | None = None, by: User | None = None) -> Revision:
        """Write a Document into the draft of an entry (a new one without it) and save it."""
        draft = kinds.draft_of(entry) if entry else None
        return factories.saved(document, by or self.editor, self.clock, draft)

    def sign(self, *revisions: Revision, by: User | None = None, **options) -> list[SignOff]:
        options = {"ticked": factories.EVERY_TICK, "clock": self.clock, **options}
        return verbs.sign_off(revisions, by=by or self.reviewer, **options)

    def publish(self, *revisions: Revision, by: User | None = None, **options) -> list[Edition]:
        options = {"clock": self.clock, **options}
        return verbs.publish(revisions, by=by or self.publisher, **options)

    def schedule(self, revision: Revision, *, days: float, **options) -> Edition:
        """Sign a revision and publish it some days from now."""
        self.sign(revision)
        at = self.clock.at + timedelta(days=days)
        return self.publish(revision, at=at, **options)[0]

    def live(self, document, *, entry: Entry | None = None) -> Edition:
        """Save, sign and publish a Document now."""
        revision = self.save(document, entry=entry)
        self.sign(revision)
        return self.publish(revision)[0]

    def change(self, entry: Entry, *, by: User | None = None, **fields) -> Revision:
        """Save a new revision of an entry with some fields replaced, and say what changed."""
        told = {"change_kind": "update", "change_note": f"Changed: {sorted(fields)} {fields!r}"}
        document = self.document(entry)
        return self.save(documents.replaced(document, **{**told, **fields}), entry=entry, by=by)

    def document(self, entry: Entry) -> EntryDocument:
        """Return what an entry's draft rows say."""
        draft = kinds.of(entry).model.objects.get(pk=entry.pk)
        return kinds.of(entry).to_document(draft)

    def problems(self, document, **options) -> list:
        """Save a Document and return its problems at the desk's instant."""
        return self.problems_of(self.save(document), **options)

    def problems_of(self, revision: Revision, *, days: float = 0, **options) -> list:
        """Return the problems of a revision some days from the desk's instant."""
        at = self.clock.at + timedelta(days=days)
        return assessment.problems_of(fresh(revision), at, **options)


def fresh(revision: Revision) -> Revision:
    """Return a revision as the database has it."""
    return Revision.objects.select_related("entry", "payload").get(pk=revision.pk)


@pytest.fixture
def desk(clock, editor, reviewer, publisher) -> Desk:
    """The desk of a site whose disclaimer is live since yesterday and whose funding is stated."""
    factories.fund_site()
    factories.live_disclaimer(factories.Clock(clock.at - timedelta(days=1)))
    return Desk(clock, editor, reviewer, publisher)
