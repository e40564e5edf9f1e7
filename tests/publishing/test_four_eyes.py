"""Invariant 7: whoever wrote any part of a text cannot sign it. The verb enforces it."""

import pytest
from django.db.models import OuterRef

from publishing import assessment, documents, four_eyes, kinds, verbs
from publishing.models import Change, Entry, Guess, Revision, SignOff, Site
from publishing.refusals import NotAllowed, Refused
from tests import factories

OWN_TEXT = r"Not signed\. You wrote part of this text \(2 March(, “.+”)?\)\. Ask another reviewer\."


@pytest.fixture
def both(db):
    """Somebody who may write and sign."""
    return factories.person("bo", kinds.EDITORS, kinds.MEDICAL_REVIEWERS)


def refused(desk, revision, by) -> Refused:
    """Try to sign, and show that nothing was written."""
    before = SignOff.objects.count(), Change.objects.count()
    with pytest.raises(Refused, match=OWN_TEXT) as caught:
        desk.sign(revision, by=by)
    assert (SignOff.objects.count(), Change.objects.count()) == before
    assert [problem.id for problem in caught.value.problems] == ["AUTH-2"]
    return caught.value


def test_the_author_of_a_text_cannot_sign_it(desk, both):
    refused(desk, desk.save(desk.article(), by=both), both)


def test_an_author_of_an_earlier_part_cannot_sign_what_others_added_to(desk, both):
    first = desk.save(desk.article(), by=both)
    revision = desk.change(first.entry, lead="Another wrote this.")

    refused(desk, revision, both)
    assert desk.sign(revision)


def test_whoever_changed_one_word_cannot_sign(desk, both):
    first = desk.save(desk.article())

    refused(desk, desk.change(first.entry, by=both, lead="Muscles need Mg."), both)


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        (
            {"body": "<h2>What it does</h2><p>Much.</p>"},
            "What it does",
        ),
        ({"quick_summary": "Perhaps not."}, "Quick summary"),
    ],
)
def test_the_refusal_names_the_place_that_the_signer_wrote(desk, both, fields, place):
    first = desk.save(desk.article())
    revision = desk.change(first.entry, by=both, **fields)
    assert f"(2 March, “{place}”)" in refused(desk, revision, both).message


def test_importing_is_writing(desk, both):
    """An import makes a draft through `apply` and one save, like any other writer."""
    document = desk.question("imported")
    entry = kinds.get("question").apply(document)
    revision = verbs.save_revision(
        entry, by=both, reason="Imported from file.txt", clock=desk.clock
    )

    refused(desk, revision, both)


def test_restoring_is_writing(desk, both):
    first = desk.save(desk.article())
    desk.change(first.entry, lead="Another lead.")

    revision = verbs.restore(first, by=both, clock=desk.clock)

    assert revision.number == 3
    refused(desk, revision, both)


def test_confirming_a_guess_is_writing(desk, both):
    guess = {"field": "body", "message": "The columns were guessed."}
    first = desk.save(desk.question(guesses=[guess]))
    Guess.objects.filter(entry=first.entry).delete()

    revision = verbs.save_revision(first.entry, by=both, clock=desk.clock)

    assert revision.number == 2
    refused(desk, revision, both)


def test_undoing_ones_own_change_does_not_wash_it_off(desk, both):
    first = desk.save(desk.article())
    desk.change(first.entry, by=both, lead="Theirs.")
    revision = verbs.restore(first, by=desk.editor, clock=desk.clock)
    assert revision.digest == first.digest

    refused(desk, revision, both)


def test_an_author_of_what_is_live_may_sign_what_others_wrote_since(desk, both):
    first = desk.save(desk.article(), by=both)
    desk.sign(first)
    desk.publish(first)

    revision = desk.change(first.entry, lead="Another wrote this.")

    assert desk.sign(revision, by=both)


def test_a_text_scheduled_and_not_live_yet_is_still_its_authors(desk, both):
    """Only an edition that began makes the earlier text somebody else's responsibility."""
    first = desk.save(desk.article(), by=both)
    edition = desk.schedule(first, days=5)
    revision = desk.change(first.entry, lead="Another wrote this.")

    refused(desk, revision, both)
    desk.clock.at = edition.live_from
    assert desk.sign(revision, by=both)


def test_a_cancelled_schedule_never_began(desk, both):
    first = desk.save(desk.article(), by=both)
    edition = desk.schedule(first, days=1)
    verbs.cancel(edition, by=desk.publisher, clock=desk.clock)
    revision = desk.change(first.entry, lead="Another wrote this.")
    desk.clock.forward(hours=2)

    refused(desk, revision, both)


def test_a_withdrawn_edition_did_begin(desk, both):
    first = desk.save(desk.article(), by=both)
    desk.sign(first)
    desk.publish(first)
    verbs.withdraw(first.entry, by=desk.publisher, reason="wrong", clock=desk.clock)

    assert desk.sign(desk.change(first.entry, lead="Another wrote this."), by=both)


def test_the_last_writer_cannot_renew_what_is_live(desk, both):
    first = desk.save(desk.article(), by=both)
    desk.sign(first)
    edition = desk.publish(first)[0]
    desk.clock.forward(hours=1)
    before = SignOff.objects.count()

    with pytest.raises(Refused, match=OWN_TEXT):
        verbs.renew([edition], by=both, ticked=factories.EVERY_TICK, clock=desk.clock)

    assert SignOff.objects.count() == before


def test_the_last_writer_cannot_renew_after_somebody_else_did(desk, both):
    first = desk.save(desk.article(), by=both)
    desk.sign(first)
    edition = desk.publish(first)[0]
    renewed = verbs.renew(
        [edition], by=desk.reviewer, ticked=factories.EVERY_TICK, clock=desk.clock
    )

    with pytest.raises(Refused, match=OWN_TEXT):
        verbs.renew(renewed, by=both, ticked=factories.EVERY_TICK, clock=desk.clock)


def test_one_own_text_in_a_list_stops_the_whole_list(desk, both):
    own = desk.save(desk.question("own"), by=both)
    other = desk.save(desk.question("other"))

    with pytest.raises(Refused, match=r"Not signed. “.+”: You wrote part of this text"):
        desk.sign(other, own, by=both)

    assert SignOff.objects.filter(revision__in=[own, other]).count() == 0


@pytest.mark.parametrize(
    ("verb", "message"),
    [
        ("sign", "Only medical reviewers can sign"),
        ("publish", "Only publishers can publish"),
        ("withdraw", "Only publishers and medical reviewers can withdraw"),
    ],
)
def test_a_superuser_has_no_right_to_sign_publish_or_withdraw(desk, verb, message):
    root = factories.person("root")
    root.is_superuser = True
    root.save()
    edition = desk.live(desk.article())
    revision = desk.change(edition.entry, lead="Newer.")
    act = {
        "sign": lambda: desk.sign(revision, by=root),
        "publish": lambda: desk.publish(revision, by=root),
        "withdraw": lambda: verbs.withdraw(
            edition.entry, by=root, reason="wrong", clock=desk.clock
        ),
    }[verb]

    with pytest.raises(NotAllowed, match=message):
        act()


def test_a_superuser_of_the_right_group_still_cannot_sign_their_own_text(desk):
    root = factories.person("root", kinds.MEDICAL_REVIEWERS)
    root.is_superuser = True
    root.save()

    refused(desk, desk.save(desk.article(), by=root), root)


def test_whoever_signs_is_whom_readers_see(desk):
    """Not the reviewer whom the editors asked for."""
    other = factories.reviewer("ruth")
    document = documents.replaced(desk.article(), requested_reviewer=other.contributor.uid)
    edition = desk.live(document)

    assert (edition.sign_off.name, edition.sign_off.by) == ("Rita", desk.reviewer)


def test_signing_the_disclaimer_takes_two_of_its_own_people(desk):
    entry = Entry.objects.get(kind="disclaimer")
    dora = Revision.objects.filter(entry=entry).get().by
    revision = desk.change(entry, by=dora, body="<p>Another text.</p>")

    refused(desk, revision, dora)
    with pytest.raises(NotAllowed, match="Only disclaimer reviewers can sign"):
        desk.sign(revision)


@pytest.fixture
def two_languages(desk):
    site = Site.objects.get()
    site.languages = ["en", "es"]
    site.save()


def test_a_translation_is_made_of_the_words_of_its_originals_writers(desk, both, two_languages):
    first = desk.save(desk.article(), by=both)
    draft = verbs.translate(first.entry, "es", "Músculos", by=desk.editor, clock=desk.clock)
    copy = draft.revisions.latest()

    refused(desk, copy, both)
    assert both in four_eyes.barred(assessment.context_for(copy, desk.clock.at))
    desk.sign(copy)
    desk.publish(copy)
    desk.clock.forward(hours=1)
    written_since = desk.change(draft, lead="Otro lo escribió.")

    assert desk.sign(written_since, by=both)


def test_what_an_original_said_before_is_new_in_a_translation(desk, both, two_languages):
    """Somebody else signed those words, in another language."""
    before = desk.save(desk.article(), by=both)
    desk.sign(before)
    desk.publish(before)
    desk.clock.forward(hours=1)
    newer = desk.live(changed(desk, before.entry, "New."), entry=before.entry)
    desk.clock.forward(hours=1)
    draft = verbs.translate(before.entry, "es", "Músculos", by=desk.editor, clock=desk.clock)

    copy = draft.revisions.latest()
    assert newer.revision.number == desk.document(draft).original.number == 2
    refused(desk, copy, both)
    assert desk.sign(copy)


def test_a_translation_brought_up_to_date_holds_the_words_of_who_wrote_between(
    desk, both, two_languages
):
    """Whoever wrote what it was made of when it was last live may sign what came later."""
    original = desk.live(desk.article()).entry
    draft = verbs.translate(original, "es", "Músculos", by=desk.editor, clock=desk.clock)
    first = draft.revisions.latest()
    for lead, writer in (("Theirs.", both), ("Another's.", desk.editor)):
        desk.clock.forward(hours=1)
        newer = desk.save(changed(desk, original, lead), entry=original, by=writer)
        desk.sign(newer)
        desk.publish(newer)
    desk.clock.forward(hours=1)
    never_live = verbs.bring_up_to_date(draft, newer.number, by=desk.editor, clock=desk.clock)

    assert (first.number, newer.number) == (1, 3)
    refused(desk, never_live, both)
    desk.sign(never_live)
    edition = desk.publish(never_live)[0]
    desk.clock.forward(hours=1)
    newest = desk.live(changed(desk, original, "Newest."), entry=original).revision
    desk.clock.forward(hours=1)
    brought = verbs.bring_up_to_date(draft, newest.number, by=desk.editor, clock=desk.clock)
    brought = desk.save(changed(desk, draft, "Lo último."), entry=draft)
    assert desk.sign(brought, by=both)
    # The text that is live was made of their words, whatever its draft was made of since.
    with pytest.raises(Refused, match=OWN_TEXT):
        verbs.renew([edition], by=both, ticked=factories.EVERY_TICK, clock=desk.clock)


def test_a_live_translation_brought_up_to_date_holds_its_originals_newer_words(
    desk, both, two_languages
):
    original = desk.live(desk.article()).entry
    draft = verbs.translate(original, "es", "Músculos", by=desk.editor, clock=desk.clock)
    desk.sign(draft.revisions.latest())
    desk.publish(draft.revisions.latest())
    desk.clock.forward(hours=1)
    for lead, writer in (("Theirs.", both), ("Another's.", desk.editor)):
        newer = desk.save(changed(desk, original, lead), entry=original, by=writer)
        desk.sign(newer)
        desk.publish(newer)
        desk.clock.forward(hours=1)
    revision = desk.save(changed(desk, draft, "Lo suyo."), entry=draft)
    assert not four_eyes.revisions_written_by(both, revision, desk.clock.at)

    brought = verbs.bring_up_to_date(draft, newer.number, by=desk.editor, clock=desk.clock)

    refused(desk, brought, both)
    assert both in four_eyes.barred(assessment.context_for(brought, desk.clock.at))
    newest = OuterRef("pk"), OuterRef("head__number")
    wrote = Entry.objects.filter(four_eyes.wrote_part(both, *newest, desk.clock.at))
    assert [each.pk for each in wrote] == [draft.pk]


def changed(desk, entry, lead: str):
    """What an entry's draft says, with another lead."""
    told = {"change_kind": "update", "change_note": f"Now it says: {lead}"}
    return documents.replaced(desk.document(entry), lead=lead, **told)
