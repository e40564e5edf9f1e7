"""Invariant 8: nothing typed is lost; saving, collisions and restoring."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from publishing import documents, kinds, verbs
from publishing.locks import lock
from publishing.models import Change, Entry, Revision, RevisionPayload, Topic
from publishing.refusals import Refused, Stale
from publishing.verification import verify
from tests import factories


def save_over(desk, draft, document, *, base: int) -> Revision:
    """Save a form as the admin does: rows and revision in one transaction."""
    with transaction.atomic():
        kinds.of(draft).apply(document, draft)
        return verbs.save_revision(draft, by=desk.editor, base=base, clock=desk.clock)


def test_a_save_records_who_when_why_and_what(desk):
    document = desk.article()
    entry = kinds.get("article").apply(document)

    revision = verbs.save_revision(entry, by=desk.editor, reason="First draft", clock=desk.clock)

    assert (revision.number, revision.by, revision.at, revision.reason) == (
        1,
        desk.editor,
        desk.clock.at,
        "First draft",
    )
    text = RevisionPayload.objects.get(pk=revision.pk).text
    assert documents.digest(text) == revision.digest
    assert documents.load_payload(type(document), text)[0] == document
    change = Change.objects.latest("number")
    assert change.facts() == {
        "number": 1,
        "digest": revision.digest,
        "chain": revision.chain,
    }


def test_a_save_that_changes_nothing_makes_nothing(desk):
    revision = desk.save(desk.article())
    changes = Change.objects.count()
    desk.clock.forward(hours=1)

    again = verbs.save_revision(
        revision.entry, by=factories.editor("ella"), base=1, clock=desk.clock
    )

    assert again == revision
    assert Change.objects.count() == changes


def test_revisions_are_chained_within_their_entry(desk):
    first = desk.save(desk.article())
    second = desk.change(first.entry, lead="Two.")
    third = desk.change(first.entry, lead="Three.")
    other = desk.save(desk.question())

    assert [r.number for r in (first, second, third, other)] == [1, 2, 3, 1]
    assert [first.previous, second.previous, third.previous] == ["", first.chain, second.chain]
    assert len({first.chain, second.chain, third.chain, other.chain}) == 4


def test_saving_over_somebodys_newer_revision_is_refused_with_theirs(desk):
    first = desk.save(desk.article())
    other = factories.editor("ella")
    desk.clock.forward(hours=5, minutes=2)
    theirs = desk.change(first.entry, by=other, lead="Ella's lead.")

    opened = kinds.draft_of(first.entry)
    with pytest.raises(Stale) as stale:
        save_over(desk, opened, desk.article(lead="Eddie's lead."), base=first.number)

    assert (stale.value.base, stale.value.head) == (1, theirs)
    assert str(stale.value) == (
        "Not saved over. Ella saved at 14:02. Your text is kept below. Compare."
    )
    assert Entry.objects.get(pk=first.entry_id).head == theirs
    assert desk.document(first.entry).lead == "Ella's lead."


def test_a_draft_held_since_before_is_stale_too(desk):
    """A form holds the entry as it was opened; saving it must not turn its head back."""
    first = desk.save(desk.article())
    opened = kinds.get("article").model.objects.get(pk=first.entry_id)
    theirs = desk.change(first.entry, lead="Somebody else's lead.")

    with pytest.raises(Stale):
        save_over(desk, opened, desk.article(lead="Mine."), base=first.number)

    assert Entry.objects.get(pk=first.entry_id).head == theirs
    assert list(verify()) == []


def test_a_draft_held_since_before_saves_after_the_newest_where_no_base_is_given(desk):
    first = desk.save(desk.article())
    opened = kinds.get("article").model.objects.get(pk=first.entry_id)
    desk.change(first.entry, lead="Somebody else's lead.")

    kinds.get("article").apply(desk.article(lead="Mine."), opened)
    revision = verbs.save_revision(opened, by=desk.editor, clock=desk.clock)

    assert revision.number == 3
    assert list(verify()) == []


@pytest.mark.parametrize("fields", [None, ["slug"], ["head", "slug"]])
def test_an_entry_saves_its_own_columns(desk, fields):
    """The head stays out only where nobody names it."""
    first = desk.save(desk.question())
    opened = kinds.get("question").model.objects.get(pk=first.entry_id)
    second = desk.change(first.entry, answer="<p>Newer.</p>")
    opened.slug, opened.question = "new-slug", "Is it new?"

    opened.save(update_fields=fields)

    kept = kinds.get("question").model.objects.get(pk=first.entry_id)
    assert kept.slug == "new-slug"
    assert kept.question == ("Is it new?" if fields is None else desk.question().question)
    assert kept.head == (first if fields and "head" in fields else second)


def test_an_entry_read_in_part_is_saved_in_part(desk):
    first = desk.save(desk.question())
    opened = kinds.get("question").model.objects.only("slug").get(pk=first.entry_id)
    opened.slug = "new-slug"
    with CaptureQueriesContext(connection) as queries:
        opened.save()

    assert not any("answer" in query["sql"] for query in queries)
    kept = kinds.get("question").model.objects.get(pk=first.entry_id)
    assert (kept.slug, kept.question, kept.head) == ("new-slug", desk.question().question, first)


def test_a_base_for_an_entry_without_a_version_is_stale(desk):
    entry = kinds.get("question").apply(desk.question())

    with pytest.raises(Stale, match="no version yet"):
        verbs.save_revision(entry, by=desk.editor, base=1, clock=desk.clock)
    assert verbs.save_revision(entry, by=desk.editor, base=0, clock=desk.clock).number == 1


def test_restoring_brings_an_old_text_back_as_a_new_version(desk):
    first = desk.save(desk.article())
    desk.sign(first)
    desk.change(first.entry, lead="Another lead.")

    revision = verbs.restore(first, by=desk.editor, clock=desk.clock)

    assert (revision.number, revision.digest) == (3, first.digest)
    assert revision.reason == "Restored version 1"
    assert desk.document(first.entry).lead == "Muscles need magnesium."
    assert not revision.sign_offs.exists()
    assert list(verify()) == []


def test_restoring_the_newest_text_makes_nothing(desk):
    revision = desk.save(desk.article())

    assert verbs.restore(revision, by=desk.editor, clock=desk.clock) == revision
    assert Revision.objects.filter(entry=revision.entry).count() == 1


def test_restoring_what_points_at_something_deleted_is_refused(desk):
    gone = factories.topic("gone")
    first = desk.save(desk.question(topics=[gone.uid]))
    desk.change(first.entry, topics=[factories.topic().uid])
    before = desk.document(first.entry)
    Topic.objects.filter(pk=gone.pk).delete()

    with pytest.raises(Refused, match="no longer in the library"):
        verbs.restore(first, by=desk.editor, clock=desk.clock)

    assert desk.document(first.entry) == before


def test_restoring_an_address_that_another_entry_has_is_refused(desk):
    first = desk.save(desk.question("old"))
    desk.change(first.entry, slug="new")
    desk.save(desk.question("old", question="Does another one matter?"))
    before = desk.document(first.entry)

    with pytest.raises(Refused, match="Another entry has the address"):
        verbs.restore(first, by=desk.editor, clock=desk.clock)

    assert desk.document(first.entry) == before
    assert Revision.objects.filter(entry=first.entry).count() == 2


def test_restoring_a_text_that_was_removed_is_refused(desk):
    first = desk.save(desk.question())
    desk.change(first.entry, answer="<p>Newer.</p>")
    RevisionPayload._base_manager.filter(pk=first.pk).update(text=None)

    with pytest.raises(Refused, match="removed for good"):
        verbs.restore(first, by=desk.editor, clock=desk.clock)


def test_locking_returns_entries_as_they_are_now(desk):
    revision = desk.save(desk.question())
    stale = Entry.objects.get(pk=revision.entry_id)
    newer = desk.change(revision.entry, answer="<p>Newer.</p>")

    with transaction.atomic():
        locked = lock([stale, stale])

    assert list(locked) == [stale.pk]
    assert locked[stale.pk].head == newer
