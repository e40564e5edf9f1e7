"""A signature belongs to one revision: stale ones, lists, and what a sign-off freezes."""

import json
from datetime import date, timedelta

import pytest

from publishing import kinds, verbs
from publishing.models import (
    Change,
    Credential,
    Disclosure,
    Edition,
    Override,
    ReviewRequest,
    SignOff,
    Site,
)
from publishing.refusals import Refused, Stale
from publishing.verification import verify
from tests import factories
from tests.publishing.conftest import fresh


def written() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (SignOff, Edition, Change, Disclosure))


def test_signing_a_text_that_changed_meanwhile_is_refused(desk):
    opened = desk.save(desk.article())
    desk.clock.forward(hours=5, minutes=2)
    head = desk.change(opened.entry, lead="Changed meanwhile.")
    before = written()

    with pytest.raises(Stale, match="text changed at 14:02, after you opened it") as stale:
        desk.sign(opened)

    assert (stale.value.base, stale.value.head) == (opened.number, head)
    assert written() == before


def test_asking_for_changes_of_a_text_that_changed_meanwhile_is_refused(desk):
    opened = desk.save(desk.article())
    desk.change(opened.entry, lead="Changed meanwhile.")

    with pytest.raises(Stale):
        desk.sign(opened, decision="changes", note="Say how much.")


def test_a_signature_does_not_survive_an_edit(desk):
    revision = desk.save(desk.article())
    desk.sign(revision)
    newer = desk.change(revision.entry, lead="One word more.")

    with pytest.raises(Refused, match="A medical reviewer has not signed this version"):
        desk.publish(newer)
    with pytest.raises(Refused, match="text changed after version 1"):
        desk.publish(revision)

    assert not Edition.objects.filter(entry=revision.entry).exists()


def test_publishing_unsigned_is_refused_with_the_reason(desk):
    revision = desk.save(desk.article())
    before = written()

    with pytest.raises(Refused) as refused:
        desk.publish(revision)

    assert str(refused.value) == (
        "Not published. A medical reviewer has not signed this version. Request review."
    )
    assert written() == before


def test_signing_a_list_is_all_or_nothing(desk):
    good = desk.save(desk.article())
    bad = desk.save(desk.question("bad", question="No question mark"))
    before = written()

    with pytest.raises(Refused) as refused:
        desk.sign(good, bad, disclosure="Shares in a maker of forms.")

    assert [problem.id for problem in refused.value.problems] == ["FAQ-1"]
    assert written() == before


def test_a_list_with_a_stale_revision_is_not_signed(desk):
    good, stale = desk.save(desk.article()), desk.save(desk.question())
    desk.change(stale.entry, answer="<p>Newer.</p>")
    before = written()

    with pytest.raises(Stale):
        desk.sign(good, stale)

    assert written() == before


def test_publishing_a_list_is_all_or_nothing(desk):
    """The second one's path is taken: the first one's edition must not stay."""
    taken = desk.live(desk.article("taken"))
    desk.change(taken.entry, slug="elsewhere")
    good, bad = desk.save(desk.article("good")), desk.save(desk.article("taken"))
    desk.sign(good, bad)
    before = written()

    with pytest.raises(Refused, match="belongs to"):
        desk.publish(good, bad)

    assert written() == before
    assert list(verify()) == []


def test_an_empty_list_is_refused(desk):
    with pytest.raises(Refused, match="Nothing was chosen"):
        desk.sign()
    with pytest.raises(Refused, match="Nothing was chosen"):
        desk.publish()


def test_a_revision_named_twice_is_signed_and_published_once(desk):
    revision = desk.save(desk.article())

    assert len(desk.sign(revision, revision)) == 1
    assert len(desk.publish(revision, revision)) == 1


def test_every_statement_that_applies_must_be_ticked(desk):
    revision = desk.save(desk.article())

    for left_out in ("whole_page", "key_points", "get_help", "balance"):
        ticked = [tick for tick in factories.EVERY_TICK if tick != left_out]
        with pytest.raises(Refused, match="You have not ticked"):
            desk.sign(revision, ticked=ticked)
    without_doses = [tick for tick in factories.EVERY_TICK if tick not in ("doses", "text")]
    assert desk.sign(revision, ticked=without_doses)


def test_a_sign_off_keeps_the_statements_that_were_ticked(desk):
    [sign_off] = desk.sign(desk.save(desk.article()))

    kept = {row["id"]: row["statement"] for row in json.loads(sign_off.attestations)}
    assert list(kept) == ["whole_page", "key_points", "get_help", "balance"]
    assert kept["whole_page"].startswith("I read the whole page")


def test_a_sign_off_prints_who_signed_as_they_were(desk):
    [sign_off] = desk.sign(desk.save(desk.article()))
    person = desk.reviewer.contributor
    person.name = "Rita Renamed"
    person.save()
    Credential.objects.filter(contributor=person).update(name="Midwife")
    Disclosure.objects.create(contributor=person, text="A grant.", declared_on=desk.clock.at.date())

    kept = SignOff.objects.get(pk=sign_off.pk)
    assert (kept.name, kept.credential, kept.disclosure) == (
        "Rita",
        "Registered dietitian",
        "None.",
    )
    assert kept.statement.startswith(
        f"I, Rita, Registered dietitian, approve version {kept.revision.digest[:8]} of "
        "“Does magnesium and muscles help?” as medically accurate for"
    )
    assert "2 March 2026, 09:00 UTC" in kept.statement


def test_only_credentials_in_date_are_printed(desk):
    person = desk.reviewer.contributor
    Credential.objects.create(
        contributor=person, name="Lapsed", expires=desk.clock.at.date() - timedelta(days=1)
    )
    Credential.objects.create(contributor=person, name="Nurse", expires=desk.clock.at.date())

    [sign_off] = desk.sign(desk.save(desk.article()))

    assert sign_off.credential == "Registered dietitian, Nurse"


def test_a_sign_off_keeps_the_digests_of_the_embeds_seen(desk):
    live = desk.live(desk.question("live"))
    draft = desk.change(live.entry, answer="<p>Not public yet.</p>")
    new = desk.save(desk.question("new"))
    desk.clock.forward(minutes=1)
    article = desk.save(desk.article(questions=[live.entry.uid, new.entry.uid]))

    [alone] = desk.sign(article)
    # The new question is nowhere to be seen on a page that is signed without it.
    assert json.loads(alone.embeds) == {str(live.entry.uid): live.revision.digest}

    together = desk.sign(article, draft, new)[0]
    assert json.loads(together.embeds) == {
        str(live.entry.uid): draft.digest,
        str(new.entry.uid): new.digest,
    }


def test_a_sign_off_keeps_the_reasons_given_for_warnings(desk):
    revision = desk.save(desk.article(quick_summary="This article covers magnesium."))
    [warning] = [p for p in desk_problems(revision, desk) if p.id == "SUM-1"]
    Override.objects.create(
        entry=revision.entry,
        check_id="SUM-1",
        passage=warning.passage,
        message=warning.message,
        reason="It is a page about a book.",
        by=desk.editor,
        at=desk.clock.at,
    )

    [sign_off] = desk.sign(revision)
    Override.objects.all().delete()

    assert json.loads(SignOff.objects.get(pk=sign_off.pk).overrides) == [
        {
            "check": "SUM-1",
            "message": warning.message,
            "reason": "It is a page about a book.",
        }
    ]


def desk_problems(revision, desk):
    from publishing import assessment

    return assessment.problems_of(fresh(revision), desk.clock.at)


def test_the_roles_last_decision_counts(desk):
    other = factories.reviewer("ruth")
    revision = desk.save(desk.article())
    desk.sign(revision)
    desk.sign(revision, by=other, decision="changes", note="The dose is wrong.")

    with pytest.raises(Refused, match="has not signed this version"):
        desk.publish(revision)

    desk.sign(revision, by=other)
    [edition] = desk.publish(revision)
    assert edition.sign_off.name == "Ruth"


def test_asking_for_changes_needs_a_note_and_no_ticks(desk):
    revision = desk.save(desk.article())

    with pytest.raises(Refused, match="Say what should change"):
        desk.sign(revision, decision="changes", note="  ", ticked=())
    [sign_off] = desk.sign(revision, decision="changes", note="Too long.", ticked=())

    assert (sign_off.decision, sign_off.note) == ("changes", "Too long.")
    assert (sign_off.statement, json.loads(sign_off.attestations)) == ("", [])


def test_interests_can_be_declared_while_signing(desk):
    person = desk.reviewer.contributor
    person.disclosures.update(declared_on=date(2024, 1, 1))
    revision = desk.save(desk.article())
    with pytest.raises(Refused) as refused:
        desk.sign(revision)
    assert [problem.id for problem in refused.value.problems] == ["COI-1"]

    with pytest.raises(Refused):
        desk.sign(revision, disclosure="   ")

    [sign_off] = desk.sign(revision, disclosure="A lecture fee in 2025.")

    assert sign_off.disclosure == "A lecture fee in 2025."
    newest = person.disclosures.latest()
    assert (newest.text, newest.declared_on) == ("A lecture fee in 2025.", date(2026, 3, 2))


def test_a_decision_is_one_of_two(desk):
    revision = desk.save(desk.article())

    with pytest.raises(ValueError, match="'aproved' is no decision"):
        desk.sign(revision, decision="aproved", note="Typed wrong.")


def test_signing_closes_the_request_and_a_refusal_leaves_it_open(desk):
    revision = desk.save(desk.article())
    verbs.request_review(revision.entry, by=desk.editor, clock=desk.clock)

    with pytest.raises(Refused):
        desk.sign(revision, ticked=())
    assert ReviewRequest.objects.get().closed_at is None

    [sign_off] = desk.sign(revision)
    assert ReviewRequest.objects.get().closed_at == sign_off.at


def test_a_newer_request_takes_the_place_of_an_open_one(desk):
    entry = desk.save(desk.article()).entry
    verbs.request_review(entry, by=desk.editor, clock=desk.clock)
    second = verbs.request_review(entry, by=desk.editor, reviewer=desk.reviewer, clock=desk.clock)

    assert ReviewRequest.objects.get(closed_at=None) == second
    assert second.asked == "Rita"


def test_a_review_is_not_asked_of_somebody_who_may_not_sign(desk):
    entry = desk.save(desk.article()).entry

    with pytest.raises(Refused, match=r"Paula can't sign this\. Choose one of: Rita"):
        verbs.request_review(entry, by=desk.editor, reviewer=desk.publisher, clock=desk.clock)


def test_a_review_of_nothing_is_refused(desk):
    entry = kinds.get("article").model.objects.create(slug="empty", title="Empty")

    with pytest.raises(Refused, match="Nothing has been saved yet"):
        verbs.request_review(entry, by=desk.editor, clock=desk.clock)


def test_a_static_page_is_signed_in_its_own_words(desk):
    other = factories.publisher("pia")
    revision = desk.save(factories.static_document())
    Site.objects.update(audience="adults")

    [sign_off] = desk.sign(revision, by=other)

    assert sign_off.role == kinds.PUBLISHERS
    assert "medically" not in sign_off.statement
    assert [row["id"] for row in json.loads(sign_off.attestations)] == ["text"]


def test_a_page_that_shows_another_answer_by_now_is_not_signed(desk):
    question = desk.live(desk.question())
    desk.clock.forward(minutes=1)
    article = desk.save(desk.article(questions=[question.entry.uid]))
    read = {str(question.entry.uid): question.revision.digest}
    newer = desk.change(question.entry, answer="<p>No.</p>")
    desk.sign(newer)
    desk.publish(newer)
    desk.clock.forward(minutes=1)

    with pytest.raises(Refused, match="Read the page again as it is now"):
        desk.sign(article, seen=read)
    assert not article.sign_offs.exists()
    assert desk.sign(article, seen={str(question.entry.uid): newer.digest})


def test_a_page_whose_answer_was_withdrawn_since_is_not_renewed(desk):
    question = desk.save(desk.question())
    article = desk.save(desk.article(questions=[question.entry.uid]))
    desk.sign(article, question)
    [live, _answer] = desk.publish(article, question)
    desk.clock.forward(days=1)
    verbs.withdraw(question.entry, by=desk.publisher, reason="wrong", clock=desk.clock)

    with pytest.raises(Refused, match="Read the page again as it is now"):
        verbs.renew(
            [live],
            by=desk.reviewer,
            ticked=["whole_page", "key_points", "get_help", "doses", "balance"],
            seen={str(question.entry.uid): question.digest},
            clock=desk.clock,
        )
