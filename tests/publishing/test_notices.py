"""Emergency notices: fixed words, at once, by one person, told to everyone concerned."""

from datetime import timedelta

import pytest
from django.core import mail

from publishing import notices, verbs
from publishing.compose import resolve
from publishing.models import Case, Edition, Revision, SignOff
from publishing.refusals import NotAllowed, Refused
from publishing.verification import verify

PATH = "/articles/magnesium-and-muscles/"


@pytest.fixture
def article(desk):
    revision = desk.save(desk.article())
    desk.sign(revision)
    desk.publish(revision)
    desk.clock.forward(days=1)
    return revision.entry


def put(desk, entry, by=None, **options):
    options = {"wording": "dose", "clock": desk.clock, **options}
    return verbs.put_notice(entry, by=by or desk.reviewer, **options)


def test_it_stands_from_its_instant_until_it_is_taken_down(desk, article):
    before = desk.clock.at - timedelta(seconds=1)
    put(desk, article)
    during = desk.clock.at
    desk.clock.forward(hours=1)
    verbs.lift_notice(article, by=desk.publisher, clock=desk.clock)

    page = resolve(PATH, during)
    assert page.notice.wording == "dose"
    assert page.notice.since == during
    assert resolve(PATH, before).notice is None
    assert resolve(PATH, desk.clock.at).notice is None
    assert list(verify()) == []


def test_the_text_its_edition_and_its_review_stay_as_they_are(desk, article):
    counts = [m.objects.count() for m in (Revision, SignOff, Edition)]
    put(desk, article)
    assert [m.objects.count() for m in (Revision, SignOff, Edition)] == counts


def test_pages_that_show_a_question_carry_its_notice(desk):
    question = desk.save(desk.question())
    article = desk.save(desk.article(questions=[question.entry.uid]))
    desk.sign(article, question)
    desk.publish(article, question)
    desk.clock.forward(days=1)
    put(desk, question.entry, wording="safety")

    assert resolve(PATH, desk.clock.at).notice.wording == "safety"


def test_other_words_take_the_place_of_the_first(desk, article):
    put(desk, article, wording="checking")
    desk.clock.forward(minutes=1)
    put(desk, article, wording="dose")
    assert notices.standing_on(article, desk.clock.at).wording == "dose"
    with pytest.raises(Refused, match="stands on the page already"):
        put(desk, article, wording="dose")


def test_who_may_and_what_is_refused_changes_nothing(desk, article):
    with pytest.raises(NotAllowed):
        put(desk, article, by=desk.editor)
    with pytest.raises(Refused, match="Choose the words"):
        put(desk, article, wording="my own words")
    with pytest.raises(Refused, match="No notice stands"):
        verbs.lift_notice(article, by=desk.publisher, clock=desk.clock)
    draft = desk.save(desk.question())
    with pytest.raises(Refused, match="nothing is live"):
        put(desk, draft.entry)
    assert notices.standing([article.uid, draft.entry.uid], desk.clock.at) == {}
    assert not Case.objects.exists()


def test_everyone_concerned_is_told_and_a_case_stays_open_until_it_is_down(
    desk, article, django_capture_on_commit_callbacks
):
    for person in (desk.editor, desk.reviewer, desk.publisher):
        person.email = f"{person.username}@example.org"
        person.save()
    with django_capture_on_commit_callbacks(execute=True):
        put(desk, article, note="The table says 3500 mg.")

    assert sorted(m.to[0] for m in mail.outbox) == [
        f"{desk.editor.username}@example.org",
        f"{desk.publisher.username}@example.org",
    ]
    assert "The table says 3500 mg." in mail.outbox[0].body
    [case] = Case.objects.filter(closed_at=None)
    assert (case.entry_id, case.why) == (article.pk, "notice")

    verbs.lift_notice(article, by=desk.publisher, clock=desk.clock)
    assert not Case.objects.filter(closed_at=None).exists()
