"""“Was this page useful?”: kept for staff, without a cookie, and never a way to do harm."""

import pytest
from django.core.cache import cache
from django.test import Client

from publishing import verbs
from publishing.feedback import MOST_A_DAY
from publishing.models import Edition, Feedback
from tests.reading.house import ARTICLE, soup, words

NOBODY = "0a1b2c3d-0000-4000-8000-000000000000"
OURS = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def send(house):
    """A function that sends the article's form as a browser does, with some fields changed."""
    browser = Client(enforce_csrf_checks=True)
    form = house.read(ARTICLE).select_one("form.feedback")
    blank = {tag["name"]: tag.get("value", "") for tag in form.select("input, textarea")}

    def sent(headers=OURS, **fields):
        return browser.post(form["action"], {**blank, "useful": "yes", **fields}, headers=headers)

    return sent


def test_an_answer_is_kept_with_the_edition_that_was_read(send, client):
    answer = send(useful="no", text="  Say how much.\r\nThanks ")

    kept = Feedback.objects.get()
    assert (kept.edition.path, kept.useful, kept.text) == (ARTICLE, False, "Say how much.\nThanks")
    assert answer.status_code == 303
    assert not answer.cookies
    thanks = soup(client.get(answer["Location"]))
    assert thanks.h1.get_text() == "Thank you"
    assert thanks.select(f"main a[href='{ARTICLE}']")
    assert "Say how much" not in client.get(ARTICLE).content.decode()


def test_a_machine_that_fills_in_everything_is_thanked_and_not_kept(send):
    assert send(website="https://spam.example").status_code == 303
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"text": "x" * 1001}, 400, "Your text has 1001 characters, and we can keep 1000."),
        ({"useful": ""}, 400, "You did not say if the page was useful."),
        ({"useful": "\x00; DROP TABLE"}, 400, "You did not say if the page was useful."),
        (
            {"edition": "nonsense", "text": "Hm."},
            400,
            "which page you meant. What you typed stands below",
        ),
        (
            {"edition": NOBODY, "text": "Hm."},
            400,
            "which page you meant. What you typed stands below",
        ),
        ({"headers": {}}, 403, "did not say that this came from a page of ours"),
        ({"headers": {"origin": "https://evil.example"}}, 403, "a page of ours"),
        ({"headers": {**OURS, "sec-fetch-site": "cross-site"}}, 403, "a page of ours"),
    ],
)
def test_what_is_refused_is_not_kept_and_says_why(send, fields, status, said):
    answer = send(**fields)

    assert answer.status_code == status
    assert said in words(soup(answer).main)
    assert not Feedback.objects.exists()


def test_what_was_typed_stands_in_the_refusal_and_can_be_sent_again(send):
    typed = "<b>é</b> " * 200
    again = soup(send(text=typed, useful="no")).select_one("form.feedback")

    assert again.textarea.get_text() == typed
    assert again.select_one("[name=useful][checked]")["value"] == "no"
    assert again.select_one("[name=edition]")["value"] == str(Edition.objects.get(path=ARTICLE).uid)


@pytest.mark.parametrize(
    ("headers", "shown"),
    [
        ({}, True),
        ({"origin": "null"}, True),
        ({"origin": "https://evil.example"}, False),
        ({"origin": "null", "sec-fetch-site": "cross-site"}, False),
    ],
)
def test_without_an_origin_what_was_typed_is_shown_but_not_another_sites_words(
    send, headers, shown
):
    refused = soup(send(headers=headers, text="Say <b>how</b> much."))

    assert [tag.get_text() for tag in refused.select("main blockquote")] == (
        ["Say <b>how</b> much."] if shown else []
    )
    assert ("What you typed stands below: copy it" in words(refused.main)) is shown


def test_strange_characters_are_kept_as_text(send):
    assert send(text="\x00‮مرحبا 🙂 '); --").status_code == 303
    assert Feedback.objects.get().text == "‮مرحبا 🙂 '); --"


def test_one_address_has_so_many_answers_a_day(send):
    statuses = [send().status_code for _each in range(MOST_A_DAY + 1)]

    assert statuses == [303] * MOST_A_DAY + [429]
    assert Feedback.objects.count() == MOST_A_DAY


def test_behind_a_proxy_readers_are_told_apart_by_what_it_adds(send, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # The first is the reader's own claim, and worth nothing.
    same = {**OURS, "x-forwarded-for": "203.0.113.9, 198.51.100.7"}
    for number in range(MOST_A_DAY):
        claimed = {**same, "x-forwarded-for": f"10.0.0.{number}, 198.51.100.7"}
        assert send(headers=claimed).status_code == 303

    assert send(headers=same).status_code == 429
    assert send(headers={**OURS, "x-forwarded-for": "198.51.100.8"}).status_code == 303


@pytest.mark.parametrize("query", ["", "?for=nonsense", "?for=", f"?for={NOBODY}"])
def test_the_other_addresses_answer_plainly(house, client, query):
    assert client.get("/feedback/").status_code == 405
    assert client.get(f"/feedback/thanks/{query}").status_code == 200


def test_past_texts_ask_nothing(house, client):
    client.force_login(house.editor)
    page = soup(client.get(ARTICLE, {"at": house.clock.at.isoformat()}))

    assert not page.select("form.feedback, .downloads")


@pytest.mark.parametrize(("reason", "known"), [("legal", False), ("wrong", True)])
def test_a_page_withdrawn_for_a_legal_reason_is_neither_named_nor_answered(
    house, send, client, monkeypatch, reason, known
):
    """A page that was withdrawn for another reason may still be open in a reader's browser."""
    edition = Edition.objects.live(house.clock.at).get(path=ARTICLE)
    monkeypatch.setattr("publishing.clock.now", house.clock)
    thanks = f"/feedback/thanks/?for={edition.uid}"
    assert edition.title in words(soup(client.get(thanks)))

    verbs.withdraw(house.article, by=house.publisher, reason=reason, clock=house.clock)
    house.clock.forward(minutes=1)

    assert (edition.title in words(soup(client.get(thanks)))) is known
    answer = send(edition=str(edition.uid))
    assert answer.status_code == (303 if known else 400)
    assert known or edition.title not in words(soup(answer))
    assert Feedback.objects.exists() is known


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"edition": "", "useful": ""}, "Nothing came with your request. The form is at the end"),
        ({"edition": NOBODY}, "meant. Go back to the page, load it again, then send your answer."),
        ({"useful": ""}, "useful. Choose Yes or No below, then send it."),
    ],
)
def test_who_typed_nothing_is_not_told_that_it_stands_below(send, fields, said):
    page = words(soup(send(text=" \r\n", **fields)).main)

    assert said in page
    assert "typed" not in page
