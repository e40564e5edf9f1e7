"""send_review_reminders: one mail a person, with links, and none where there is nothing to say."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse

from publishing import verbs
from publishing.models import Credential, Disclosure, Edition, Site
from tests import factories


@pytest.fixture
def people(editor, reviewer):
    """An editor and a reviewer with addresses, whose own papers are in order today."""
    today = datetime.now(UTC).date()
    for user in (editor, reviewer):
        user.email = f"{user.username}@example.org"
        user.save()
        Disclosure.objects.create(contributor=user.contributor, text="None.", declared_on=today)
    return editor, reviewer


def remind() -> list[str]:
    """Run the command and return the lines that it prints."""
    out = StringIO()
    call_command("send_review_reminders", stdout=out)
    return out.getvalue().splitlines()


def test_a_digest_says_what_waits_and_links_to_the_change_page(people, clock, settings):
    settings.SITE_URL = "https://health.example.org"
    editor, reviewer = people
    entry = factories.saved(
        factories.question_document(editor, "dose", question="What of <5 mg & more?"), editor, clock
    ).entry
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date()
    verbs.request_review(
        entry, by=editor, reviewer=reviewer, due=yesterday, note="Soon.", clock=clock
    )
    lines = remind()
    (sent,) = [m for m in mail.outbox if m.to == ["rita@example.org"]]
    assert sent.subject == f"{Site.current().name}: what waits for you and what is due"
    path = reverse("admin:faq_question_change", args=[entry.pk])
    assert f"https://health.example.org{path}\n" in sent.body
    assert "What of <5 mg & more?" in sent.body
    assert "Eddie asked on 2 March. “Soon.”" in sent.body
    assert "1 day overdue." in sent.body
    assert sent.body.startswith("Hello Rita,")
    assert "https://health.example.org/admin/\n" in sent.body
    assert "\n\n\n" not in sent.body
    assert sum("rita@example.org" in line for line in lines) == 1
    assert len(lines) == len(mail.outbox)


def test_nothing_to_say_no_mail(people):
    assert remind() == ["No mail was sent: nothing waits for anybody with an address."]
    assert mail.outbox == []


def test_a_review_in_two_months_alone_is_no_news(people, clock, publisher):
    editor, reviewer = people
    clock.at = datetime.now(UTC) - timedelta(days=305)
    declared = clock.at.date()
    for user in people:
        Disclosure.objects.create(contributor=user.contributor, text="None.", declared_on=declared)
    factories.fund_site()
    factories.live_disclaimer(clock)
    Site.objects.update(review_intervals={"disclaimer": 60})
    document = factories.question_document(editor, "later")
    factories.published(document, by=editor, signer=reviewer, publisher=publisher, clock=clock)
    assert Edition.objects.filter(entry__kind="question").exists()
    remind()
    assert mail.outbox == []


def test_an_overdue_disclaimer_is_mailed_to_everybody(people, clock, disclaimer):
    Site.objects.update(review_intervals={"disclaimer": 1})
    nora = factories.person("nora", credential="")
    User.objects.filter(pk=nora.pk).update(email="nora@example.org")
    remind()
    assert {m.to[0] for m in mail.outbox} == {
        "eddie@example.org",
        "rita@example.org",
        "nora@example.org",
    }
    assert all("A DISCLAIMER IS DUE FOR REVIEW" in m.body for m in mail.outbox)


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_staff": False}, {"email": ""}])
def test_only_people_who_can_come_to_the_desk_are_mailed(people, clock, disclaimer, fields):
    Site.objects.update(review_intervals={"disclaimer": 1})
    User.objects.filter(username="rita").update(**fields)
    remind()
    assert [m.to for m in mail.outbox] == [["eddie@example.org"]]


def test_a_second_run_sends_the_same_again(people, clock, disclaimer):
    Site.objects.update(review_intervals={"disclaimer": 1})
    remind()
    first = [(m.to, m.body) for m in mail.outbox]
    mail.outbox.clear()
    remind()
    assert [(m.to, m.body) for m in mail.outbox] == first


def test_a_credential_that_ends_is_mailed_to_its_holder(people):
    reviewer = people[1]
    soon = datetime.now(UTC).date() + timedelta(days=20)
    Credential.objects.filter(contributor__user=reviewer).update(expires=soon)
    remind()
    mailed = {m.to[0]: m.body for m in mail.outbox}
    assert "“Registered dietitian” ends soon." in mailed["rita@example.org"]


def test_a_mail_server_that_is_down_is_told_and_ends_in_an_error(people, disclaimer, settings):
    Site.objects.update(review_intervals={"disclaimer": 1})
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 2
    errors = StringIO()
    with pytest.raises(CommandError, match="2 of 2 mails could not be sent"):
        call_command("send_review_reminders", stdout=StringIO(), stderr=errors)
    assert errors.getvalue().count("Not mailed to") == 2


def test_the_help_says_that_a_second_run_sends_again(capsys):
    with pytest.raises(SystemExit):
        call_command("send_review_reminders", "--help")
    assert "a second run sends the same again" in " ".join(capsys.readouterr().out.split())


def test_the_digest_says_what_was_declined_and_where_to_ask_somebody_else(people, clock, settings):
    settings.SITE_URL = "https://health.example.org"
    editor, reviewer = people
    entry = factories.saved(factories.question_document(editor, "dose"), editor, clock).entry
    verbs.request_review(entry, by=editor, reviewer=reviewer, clock=clock)
    clock.forward(hours=1)
    verbs.decline(entry, by=reviewer, why="time", note="Back in May.", clock=clock)
    mail.outbox.clear()
    remind()
    (sent,) = [m for m in mail.outbox if m.to == ["eddie@example.org"]]
    assert "REVIEWS THAT SOMEBODY CAN'T DO (1)" in sent.body
    assert "Rita can't review this: I have no time before it is due. “Back in May.”" in sent.body
    path = reverse("admin:faq_question_request_review", args=[entry.pk])
    assert f"  Ask somebody else: https://health.example.org{path}\n" in sent.body


def test_the_digest_is_in_the_sites_default_language(people, clock, disclaimer):
    Site.objects.update(review_intervals={"disclaimer": 1}, languages=["es", "en"])
    remind()
    assert all(m.body.startswith("Hola, ") for m in mail.outbox)
    assert all("lo que le espera y los plazos que vencen" in m.subject for m in mail.outbox)
    assert len(mail.outbox) == 2
