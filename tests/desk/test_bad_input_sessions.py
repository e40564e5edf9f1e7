"""Signed out, signed in anew, stripped of a role, or too much at once: what was typed is kept."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from publishing import kinds
from publishing.models import Comment, Entry, ReviewRequest, Revision, SignOff
from tests import factories
from tests.desk.sending import what_it_sends
from tests.desk.test_matrix import fingerprint
from tests.forms import form_data, texts

PASSWORD = "a long test password"
WORDS = "Name the dose, and the form that it comes in."
OURS = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def entry(editor, clock, disclaimer) -> Entry:
    revision = factories.saved(factories.article_document(editor), editor, clock)
    return Entry.objects.select_related("head__payload").get(pk=revision.entry_id)


@pytest.fixture
def browser(db) -> Client:
    """A client whose tokens are checked, as a browser's are."""
    return Client(enforce_csrf_checks=True)


def url(entry: Entry, action: str) -> str:
    return reverse(f"admin:articles_article_{action}", args=[entry.pk])


def sign_in(browser: Client, username: str) -> None:
    page = browser.get(reverse("admin:login")).content.decode()
    data = form_data(page, "#login-form") | {"username": username, "password": PASSWORD}
    assert browser.post(reverse("admin:login"), data, headers=OURS).status_code == 302


def send_again(browser: Client, response):
    """Press the one button of the page that a form in vain is answered with."""
    page = response.content.decode()
    form = BeautifulSoup(page, "html.parser").select_one("#content-main form")
    return browser.post(form["action"], form_data(page), headers=OURS)


def opened(browser: Client, entry: Entry, action: str, who: str, **typed) -> tuple[str, dict]:
    """Open a page of somebody, and return its address and what it would send."""
    sign_in(browser, who)
    address = url(entry, action)
    return address, what_it_sends(browser, address, entry) | typed


SENT = {
    "change": ("eddie", {"lead": WORDS, "_save": "Save"}),
    "comment": ("rita", {"text": WORDS}),
    "ask_for_changes": ("rita", {"note": WORDS}),
    "request_review": ("eddie", {"note": WORDS}),
    "sign": ("rita", {"interests": WORDS, "password": PASSWORD}),
}


def done(entry: Entry) -> dict:
    return {
        "change": kinds.draft_of(entry).lead == WORDS,
        "comment": Comment.objects.filter(text=WORDS).exists(),
        "ask_for_changes": SignOff.objects.filter(note=WORDS).exists(),
        "request_review": ReviewRequest.objects.filter(note=WORDS).exists(),
        "sign": SignOff.objects.filter(decision="approved", disclosure=WORDS).exists(),
    }


@pytest.mark.parametrize("action", SENT)
def test_a_lapsed_session_keeps_what_was_typed_until_it_is_sent_again(
    action, browser, entry, reviewer
):
    who, typed = SENT[action]
    address, data = opened(browser, entry, action, who, **typed)
    Session.objects.all().delete()
    before = fingerprint()

    answer = browser.post(address, data, headers=OURS)

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "You were signed out" in page
    assert WORDS in texts(page, ".desk-statement")
    assert "no-store" in answer["Cache-Control"]
    assert PASSWORD not in page
    assert fingerprint() == before

    # In another tab, as the page says: the old page's token is void then.
    sign_in(browser, who)
    stale = send_again(browser, answer)
    assert "The page was opened before you last signed in." in stale.content.decode()
    last = send_again(browser, stale)
    if action == "sign":
        # The password is never kept: the form comes back with all the rest.
        again = form_data(last.content.decode()) | {"password": PASSWORD}
        last = browser.post(address, again, headers=OURS)
    assert last.status_code == 302, texts(last.content.decode(), ".desk-refusal")
    assert done(Entry.objects.get(pk=entry.pk))[action]


def test_a_change_page_whose_browser_keeps_the_typing_leads_to_the_sign_in(client, entry, editor):
    client.force_login(editor)
    data = form_data(client.get(url(entry, "change")).content.decode())
    client.logout()
    response = client.post(url(entry, "change"), data | {"_typing": "0123456789ab"})
    assert response["Location"].startswith(reverse("admin:login"))


def test_another_sites_form_is_never_offered_to_be_sent(browser, entry, publisher):
    sign_in(browser, "paula")
    data = {"reason": "wrong", "note": "Two words."}
    for headers in ({"Origin": "https://evil.example"}, {}):
        response = browser.post(url(entry, "withdraw"), data, headers=headers)
        page = response.content.decode()
        assert response.status_code == 403
        assert "did not come from a page of this site" in page
        assert "Two words." not in page
        assert "Send it again" not in page


def test_a_sign_in_page_that_is_too_old_says_so(browser, editor):
    page = browser.get(reverse("admin:login")).content.decode()
    data = form_data(page, "#login-form") | {"username": "eddie", "password": PASSWORD}
    sign_in(browser, "eddie")
    answer = browser.post(reverse("admin:login"), data, headers=OURS)
    said = answer.content.decode()
    assert "you may have signed in on another tab since" in said
    assert PASSWORD not in said


@pytest.mark.parametrize("action", ["change", "ask_for_changes"])
@pytest.mark.parametrize("lost", ["group", "active", "staff"])
def test_who_loses_the_role_meanwhile_changes_nothing_and_loses_no_word(
    action, lost, browser, entry, reviewer
):
    who, typed = SENT[action]
    address, data = opened(browser, entry, action, who, **typed)
    user = reviewer if who == "rita" else entry.head.by
    if lost == "group":
        user.groups.clear()
    else:
        type(user).objects.filter(pk=user.pk).update(**{f"is_{lost}": False})
    before = fingerprint()
    answer = browser.post(address, data, headers=OURS)
    assert answer.status_code == 403
    assert WORDS in texts(answer.content.decode(), ".desk-statement")
    wanted = "You were signed out" if lost == "active" else "You may not do this"
    assert wanted in answer.content.decode()
    assert fingerprint() == before
    assert not any(done(entry).values())


def test_a_script_is_answered_as_before(client, entry):
    scripted = {"Sec-Fetch-Mode": "cors", "X-Desk": "passage"}
    response = client.post(url(entry, "tick"), {"passage": "0" * 64}, headers=scripted)
    assert response.status_code == 302


def test_more_than_a_form_may_hold_gets_a_page_that_says_what_to_do(
    client, entry, editor, settings
):
    client.force_login(editor)
    data = form_data(client.get(url(entry, "change")).content.decode())
    large = client.post(url(entry, "change"), data | {"body": "word " * 2_600_000})
    many = client.post(url(entry, "change"), data | {f"more-{n}": "" for n in range(5001)})
    for response, why in ((large, "larger than 12 MB"), (many, "more than 5000 fields")):
        assert response.status_code == 413
        assert "Nothing was saved. What you sent" in response.content.decode()
        assert why in response.content.decode()
        assert "your typing is still there" in response.content.decode()
    assert Revision.objects.filter(entry=entry.pk).count() == 1


def test_what_cannot_be_read_at_all_is_said_plainly(client, editor):
    client.force_login(editor)
    response = client.post(
        reverse("admin:articles_article_add"),
        b"no boundary",
        content_type="multipart/form-data; boundary=\xff",
    )
    assert response.status_code == 400
    assert "Go back and try again." in response.content.decode()
