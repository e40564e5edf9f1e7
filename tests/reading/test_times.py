"""Pages through time: renewed, moved, withdrawn, and as they stood."""

import pytest
from django.db.models import QuerySet

from publishing import models, verbs
from publishing.documents import replaced
from tests import factories
from tests.reading.house import ARTICLE, soup, words


def test_a_renewal_moves_the_review_and_not_the_text(house):
    edition = models.Edition.objects.get(path=ARTICLE)
    house.clock.forward(days=31)
    verbs.renew([edition], by=house.reviewer, ticked=factories.EVERY_TICK, clock=house.clock)
    facts = words(house.read(ARTICLE).select_one(".facts"))

    assert "Whole page last reviewed 2 April 2026." in facts
    assert "Text last changed" not in facts


def test_a_withdrawn_question_leaves_its_title_and_the_date(house):
    house.clock.forward(days=31)
    verbs.withdraw(house.question, by=house.publisher, reason="wrong", clock=house.clock)
    house.clock.forward(days=1)

    first = house.read(ARTICLE).select_one("#question-1")

    assert first.h3.get_text() == "Does does it help matter to muscles?"
    assert "This answer was withdrawn on 2 April 2026." in words(first)
    assert "It may" not in words(first)
    assert not first.select("a")


def test_an_old_path_redirects_for_a_short_time(house, client):
    house.publish(
        replaced(house.document, slug="magnesium-now"),
        entries=[house.article],
    )
    response = client.get(ARTICLE)

    assert response.status_code == 301
    assert response["Location"] == "/articles/magnesium-now/"
    assert response["Cache-Control"] == "max-age=300"


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("out_of_date", "This page was out of date, so we took it down. Read instead: Why do"),
        ("wrong", "ask a doctor or pharmacist"),
        ("legal", "This page is no longer available."),
    ],
)
def test_a_withdrawn_page_is_gone_and_says_why(house, client, reason, said):
    instead = house.cramps.uid
    verbs.withdraw(
        house.article, by=house.publisher, reason=reason, instead=instead, clock=house.clock
    )
    response = client.get(ARTICLE)
    page = soup(response)

    assert response.status_code == 410
    assert said in words(page.main)
    assert "magnesium and muscles help" in words(page.h1)
    assert "Withdrawn 2 March 2026" in words(page.main)
    assert "In an emergency, call your local emergency number." in words(page.main)
    assert "Muscles need" not in words(page)
    assert ("Read instead" in words(page)) == (reason != "legal")
    history = [a["href"] for a in page.main.select("a[href$='history/']")]
    assert history == ([] if reason == "legal" else [f"{ARTICLE}history/"])
    assert page.select_one(".disclaimer")


def test_a_withdrawn_page_leads_to_no_history_that_is_closed(house, client):
    """Closed by law, back, and withdrawn for another reason; then the later text is removed."""
    verbs.withdraw(house.article, by=house.publisher, reason="legal", clock=house.clock)
    house.clock.forward(days=1)
    house.publish(replaced(house.document, lead="Back."), entries=[house.article])
    verbs.withdraw(house.article, by=house.publisher, reason="wrong", clock=house.clock)
    assert soup(client.get(ARTICLE)).main.select_one("a[href$='history/']")

    newest = models.RevisionPayload.objects.filter(revision__entry=house.article).latest("pk")
    QuerySet(models.RevisionPayload).filter(pk=newest.pk).update(text=None)

    assert not soup(client.get(ARTICLE)).main.select_one("a[href$='history/']")


def test_an_unknown_path_is_not_found(house, client):
    response = client.get("/articles/never-there/")

    assert response.status_code == 404
    assert soup(response).h1.get_text() == "We can't find that page"


def test_past_texts_are_for_staff(house, client):
    before = house.clock.at.isoformat()
    house.clock.forward(days=10)
    changed = replaced(house.document, quick_summary="A newer answer.")
    house.publish(changed, entries=[house.article])

    refused = client.get(ARTICLE, {"at": before})
    assert refused.status_code == 403
    assert soup(refused).select(f"main a[href='{ARTICLE}']")
    assert soup(client.get("/disclaimer/?at=2026-03-05")).select("a[href='/disclaimer/history/']")

    client.force_login(house.editor)
    past = client.get(ARTICLE, {"at": before})
    page = soup(past)
    assert past.status_code == 200
    assert past["Cache-Control"] == "private, no-store"
    assert "Perhaps, if you are short of it." in words(page)
    assert "A newer answer." not in words(page)
    assert "As it stood on 2 March 2026, 09:01 (UTC)." in words(page.main)
    assert page.select_one(".past a")["href"] == ARTICLE
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    now = soup(client.get(ARTICLE))
    assert "A newer answer." in words(now)
    assert not now.select("meta[name=robots], .past")


def test_the_history_of_the_disclaimer_shows_every_text(house, client):
    house.clock.forward(days=31)
    writer = models.Contributor.objects.get(slug="dora").user
    signer = models.Contributor.objects.get(slug="dirk").user
    document = factories.disclaimer_document(
        body="<p>Newer words.</p>", change_kind="update", change_note="Plainer."
    )
    entry = models.Disclaimer.objects.get()
    factories.published(
        document, by=writer, signer=signer, publisher=signer, clock=house.clock, entry=entry
    )
    page = soup(client.get("/disclaimer/history/"))

    assert [words(h) for h in page.find_all("h2")] == [
        "Since 2 April 2026",
        "From 2 March 2026 until 2 April 2026",
    ]
    assert [words(div) for div in page.select(".prose")] == [
        "Newer words.",
        "General information; it can't replace advice from a doctor.",
    ]


def test_a_disclaimer_withdrawn_for_a_legal_reason_has_no_public_history(house, client):
    entry = models.Disclaimer.objects.get()
    verbs.withdraw(entry, by=house.publisher, reason="legal", clock=house.clock)
    response = client.get("/disclaimer/history/")

    assert response.status_code == 410
    assert "can't replace advice" not in words(soup(response))


@pytest.mark.parametrize("path", ["/articles/never/", "/articles/never.md"])
def test_what_was_never_public_has_no_past_to_ask_for(house, client, path):
    assert client.get(f"{path}?at=2026-01-01").status_code == 404
    assert client.get(f"{ARTICLE}?at=2026-01-01").status_code == 403
