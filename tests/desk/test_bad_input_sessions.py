"""Signed out, signed in anew, stripped of a role, or too much at once: what was typed is kept."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from publishing import kinds
from publishing.models import Comment, Entry, ReviewRequest, Revision, SignOff
from tests import factories
from tests.desk.sending import OURS, PASSWORD, send_again, sign_in, typed_in, what_it_sends
from tests.desk.test_matrix import fingerprint
from tests.forms import form_data, texts

WORDS = "Name the dose, and the form that it comes in."


@pytest.fixture
def entry(editor, clock, disclaimer) -> Entry:
    revision = factories.saved(factories.article_document(editor), editor, clock)
    return Entry.objects.select_related("head__payload").get(pk=revision.entry_id)


def url(entry: Entry, action: str) -> str:
    return reverse(f"admin:articles_article_{action}", args=[entry.pk])


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
    assert WORDS in typed_in(page)
    assert "no-store" in answer["Cache-Control"]
    assert PASSWORD not in page
    assert fingerprint() == before

    last = send_again(browser, answer, sign_in_as=who)
    if action == "sign":
        # The password is never kept: the form comes back with all the rest, and says so once.
        page = last.content.decode()
        assert texts(page, ".desk-refusal h2") == ["There is a problem"]
        assert texts(page, ".desk-refusal li") == ["Your password, again: Fill this in."]
        again = form_data(page) | {"password": PASSWORD}
        last = browser.post(address, again, headers=OURS)
    assert last.status_code == 302, texts(last.content.decode(), ".desk-refusal")
    assert done(Entry.objects.get(pk=entry.pk))[action]


def test_who_does_not_get_in_loses_nothing(browser, entry, reviewer):
    address, data = opened(browser, entry, "ask_for_changes", "rita", note=WORDS)
    Session.objects.all().delete()
    answer = browser.post(address, data, headers=OURS)
    for username, password, why in (
        ("rita", "another long password", "don't go together"),
        ("", "", "Fill in both"),
        ("rita\0", PASSWORD, "Fill in both"),
    ):
        answer = send_again(browser, answer, sign_in_as=username, password=password)
        page = answer.content.decode()
        assert answer.status_code == 403
        assert why in " ".join(texts(page, ".desk-refusal"))
        assert typed_in(page) == [WORDS]
        assert password == "" or password not in page
        assert not done(entry)["ask_for_changes"]
    assert send_again(browser, answer, sign_in_as="rita").status_code == 302
    assert done(entry)["ask_for_changes"]


def test_who_signed_in_on_another_tab_may_leave_the_fields_empty(browser, entry, reviewer):
    address, data = opened(browser, entry, "comment", "rita", text=WORDS)
    Session.objects.all().delete()
    answer = browser.post(address, data, headers=OURS)
    sign_in(browser, "rita")
    stale = send_again(browser, answer, sign_in_as="", password="")
    page = stale.content.decode()
    assert "The page was opened before you last signed in." in page
    assert typed_in(page) == [WORDS]
    assert not Comment.objects.exists()
    assert send_again(browser, stale).status_code == 302
    assert Comment.objects.get().text == WORDS


def test_a_page_older_than_the_last_session_asks_for_the_sign_in_at_once(browser, entry):
    typed = {"lead": WORDS, "_typing": "0123456789ab", "_save": "Save"}
    address, data = opened(browser, entry, "change", "eddie", **typed)
    Session.objects.all().delete()
    sign_in(browser, "eddie")
    Session.objects.all().delete()
    answer = browser.post(address, data, headers=OURS)
    assert "You were signed out" in answer.content.decode()
    last = send_again(browser, answer, sign_in_as="eddie")
    assert last.status_code == 302
    assert last.cookies["desk_saved"].value == "0123456789ab", "the browser drops its copy"
    assert done(Entry.objects.get(pk=entry.pk))["change"]


def test_a_form_with_a_password_but_no_token_signs_nobody_in(browser, entry, reviewer):
    typed = {"note": WORDS, "sign_in-username": "rita", "sign_in-password": PASSWORD}
    for headers in ({"Origin": "https://evil.example"}, {}, OURS):
        answer = browser.post(url(entry, "ask_for_changes"), typed, headers=headers)
        assert answer.status_code == 403
        assert PASSWORD not in answer.content.decode()
    assert not Session.objects.exists()
    assert not done(entry)["ask_for_changes"]


def test_words_are_shown_and_what_machines_read_is_not(browser, entry):
    address, data = opened(
        browser,
        entry,
        "request_review",
        "eddie",
        due="2030-01-31",
        note="<p>Look at <strong>both</strong> doses.</p><p>Thanks.</p>",
        words="One line.\r\nAnother one.",
        why="https://example.org says <5 mg.",
        signs="<5 mg, says the label.",
        name="Zinc",
        decision="approved",
        asked="group:Medical reviewers",
        seen='{"1": {"a": "b"}}',
        at="2030-13-31",
        _save="Save and add another",
    )
    Session.objects.all().delete()
    page = browser.post(address, data, headers=OURS).content.decode()
    shown = BeautifulSoup(page, "html.parser").select(".desk-typed blockquote")
    # The lines of a text stay lines.
    assert [line for each in shown for line in each.stripped_strings] == [
        "31 January 2030",
        "Look at both doses.",
        "Thanks.",
        "One line.",
        "Another one.",
        "https://example.org says <5 mg.",
        "<5 mg, says the label.",
        "Zinc",
        "2030-13-31",
    ]
    # Sent again all the same.
    assert form_data(page)["seen"] == ['{"1": {"a": "b"}}']


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
    assert WORDS in typed_in(answer.content.decode())
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
