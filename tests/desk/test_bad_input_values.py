"""Values that no form of ours sends: never an error of ours, and not a row is written."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from publishing import kinds, share_links
from publishing.admin.forms import EntryForm
from publishing.models import Contributor, Edition, Entry, Revision, Site
from tests import factories
from tests.desk.standing import Staff, entry_in
from tests.desk.test_bad_input_twice import opened
from tests.desk.test_matrix import fingerprint
from tests.forms import form_data, texts

NINES = "9" * 30
NASTY = {
    "minus": "-1",
    "thirty digits": NINES,
    "five thousand digits": "1" * 5000,
    "other digits": "٣²",
    "nul": "a\x00b",
    "emoji": "🧪👩‍⚕️",
    "right to left": "\u202eمرحبا",
    "list": "[1, 2]",
    "half a character": '{"a": "\\ud800"}',
    "deep": "[" * 2000 + "]" * 2000,
    "control": "a\x01\x1f\ufffe\u2028b",
}
SHORT = ("minus", "thirty digits", "five thousand digits", "nul", "half a character", "deep")
every_value = pytest.mark.parametrize("value", NASTY.values(), ids=NASTY)


@pytest.fixture
def desk(db, disclaimer) -> dict[str, Client]:
    people = Staff()
    clients = {}
    for role in ("editor", "medical", "publisher"):
        clients[role] = Client()
        clients[role].force_login(getattr(people, role))
    return clients


def url(page: str, *args) -> str:
    return reverse(f"admin:articles_article_{page}", args=args)


HIDDEN = {
    "sign": ("medical", "draft", ("revision", "read", "seen", "edition", "along")),
    "ask_for_changes": ("medical", "draft", ("revision",)),
    "comment": ("medical", "draft", ("revision", "passage", "back")),
    "request_review": ("editor", "draft", ("asked", "due")),
    "restore": ("editor", "draft", ("opened",)),
    "share": ("editor", "draft", ("days", "revoke")),
    "publish": ("publisher", "signed", ("revision", "along", "at", "schedules")),
    "cancel": ("publisher", "scheduled", ("edition",)),
    "withdraw": ("publisher", "live", ("reason", "instead")),
}
# What the verb does not look at may hold anything.
PASSED_OVER = {("sign", "edition"), ("publish", "along"), ("publish", "schedules")}
PASSED_OVER |= {("sign", "along"), ("sign", "seen"), ("comment", "back"), ("withdraw", "instead")}


@pytest.mark.parametrize("action", HIDDEN)
def test_hidden_fields_that_hold_anything(action, desk):
    role, state, fields = HIDDEN[action]
    entry = entry_in(state)
    address, data = opened(desk[role], action, entry)
    data |= {"password": "a long test password"}
    for field in fields:
        for name in SHORT:
            value = NASTY[name]
            before = fingerprint()
            response = desk[role].post(address, {**data, field: value})
            assert response.status_code in (200, 302, 404, 409), (field, name)
            if (action, field) not in PASSED_OVER:
                assert fingerprint() == before, (field, name)


def test_a_note_of_a_megabyte_and_of_every_alphabet_is_kept(desk):
    entry = entry_in("draft")
    address, data = opened(desk["medical"], "ask_for_changes", entry)
    note = "🧪 \u202eمرحبا\u202c ½ Ω " + "word " * 200_000
    assert desk["medical"].post(address, {**data, "note": note}).status_code == 302
    last = entry.head.sign_offs.get(decision="changes")
    assert last.note.strip() == note.strip()
    address, data = opened(desk["editor"], "request_review", entry)
    assert desk["editor"].post(address, {**data, "note": note}).status_code == 302


def test_a_note_with_a_nul_is_shown_again(desk):
    address, data = opened(desk["medical"], "ask_for_changes", entry_in("draft"))
    response = desk["medical"].post(address, {**data, "note": "Half\x00a note."})
    assert response.status_code == 200
    assert "Null characters are not allowed." in response.content.decode()
    assert "a note." in response.content.decode()


@pytest.mark.parametrize(
    ("at", "why"),
    [
        ("0001-01-01T00:00", "lies in the past"),
        ("9999-12-31T23:59", "before the year 2200"),
        ("2026-02-30T09:00", "Enter a valid date/time."),
        ("2027-03-28T01:30", "in time zone Europe/London"),
        ("tomorrow", "Enter a valid date/time."),
    ],
)
def test_times_that_cannot_be_are_said_at_the_field(at, why, desk):
    Site.objects.update_or_create(only_row=True, defaults={"time_zone": "Europe/London"})
    address, data = opened(desk["publisher"], "publish", entry_in("signed"))
    response = desk["publisher"].post(address, {**data, "at": at})
    assert response.status_code in (200, 409)
    page = response.content.decode()
    assert why in " ".join(texts(page, ".errorlist, .desk-refusal"))
    assert f'value="{at}"' in page
    assert not Edition.objects.filter(entry__kind="article").exists()


@pytest.mark.parametrize("due", ["0001-01-01", "9999-12-31", "2026-02-30", "soon"])
def test_a_day_that_cannot_be_or_is_far_off(due, desk):
    address, data = opened(desk["editor"], "request_review", entry_in("draft"))
    response = desk["editor"].post(address, {**data, "due": due})
    assert response.status_code in (200, 302)
    entry = Entry.objects.get(kind="article")
    for role in desk:
        for page in (url("change", entry.pk), reverse("admin:index"), url("changelist")):
            assert desk[role].get(page).status_code == 200


@pytest.mark.parametrize(
    "page",
    ["change", "history", "sign", "publish", "renew", "presence", "comment"],
)
@pytest.mark.parametrize("pk", [NINES, "99999999"])
def test_an_entry_that_cannot_be_is_not_found(page, pk, desk):
    client = desk["medical" if page not in ("publish", "presence") else "editor"]
    for send in (client.get, client.post):
        response = send(f"/admin/articles/article/{pk}/{page}/")
        # Django's own pages of a change lead home and say that there is none.
        assert response.status_code in (302, 403, 404, 405)


@every_value
def test_a_choice_that_is_none_is_said_at_its_field(value, editor, client, clock):
    revision = factories.saved(factories.article_document(editor), editor, clock)
    client.force_login(editor)
    change = url("change", revision.entry_id)
    data = form_data(client.get(change).content.decode()) | {"lead": "Mine.", "_save": "Save"}
    wrong = dict.fromkeys(("topics", "requested_reviewer", "authorships-0-contributor"), value)
    response = client.post(change, {**data, **wrong})
    page = response.content.decode()
    assert response.status_code == 200
    assert "Mine." in page
    assert len(texts(page, ".desk-refusal li")) == 3
    preview = client.post(url("preview_typed", revision.entry_id), {**data, **wrong})
    assert preview.status_code == 200
    assert Revision.objects.count() == 1


@pytest.mark.parametrize("gone", ["topic", "contributor"])
def test_what_was_chosen_and_is_gone_is_said_and_the_rest_is_kept(gone, editor, client, clock):
    revision = factories.saved(factories.article_document(editor), editor, clock)
    client.force_login(editor)
    data = form_data(client.get(url("change", revision.entry_id)).content.decode())
    if gone == "topic":
        row = factories.topic("iron")
        data["topics"] = [row.pk]
    else:
        row = Contributor.objects.create(slug="gone", name="Gone")
        data["authorships-0-contributor"] = row.pk
    row.delete()
    response = client.post(
        url("change", revision.entry_id), {**data, "lead": "Mine.", "_save": "Save"}
    )
    page = response.content.decode()
    assert "There is a problem" in page
    assert "Nothing was saved. Everything you typed is still in the form below." in page
    assert "Mine." in page
    assert Revision.objects.count() == 1


@pytest.mark.parametrize("taken", ["rows", "address"])
def test_what_the_database_alone_can_refuse_is_no_error(taken, editor, client, clock, monkeypatch):
    """Two rows of one author, told to be new; an address that was free when it was checked."""
    revision = factories.saved(factories.article_document(editor), editor, clock)
    client.force_login(editor)
    data = form_data(client.get(url("change", revision.entry_id)).content.decode())
    data |= {"lead": "Mine.", "_save": "Save"}
    if taken == "rows":
        data["authorships-INITIAL_FORMS"] = "0"
    else:
        factories.saved(factories.article_document(editor, "theirs"), editor, clock)
        # As if the other's save came between the check and the write.
        monkeypatch.setattr(Entry, "validate_constraints", lambda *a, **k: None)
        monkeypatch.setattr(EntryForm, "clean_slug", lambda form: form.cleaned_data["slug"])
        data["slug"] = "theirs"
    response = client.post(url("change", revision.entry_id), data)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Not saved. Two rows hold the same value, or somebody took this address" in page
    assert "Mine." in page
    assert kinds.draft_of(Entry.objects.get(pk=revision.entry_id)).lead != "Mine."


def test_a_new_page_and_half_a_form_have_a_page_that_says_what_is_missing(editor, client):
    client.force_login(editor)
    for address in (url("preview_new"), url("add")):
        response = client.post(address, {"title": "Half a form", "_save": "Save"})
        assert response.status_code == 200
        assert "These rows did not arrive whole." in response.content.decode()
    assert not Entry.objects.filter(kind="article").exists()


@every_value
def test_lists_with_anything_in_their_address(value, desk):
    entry_in("live")
    names = (
        "state",
        "owner",
        "topic",
        "review",
        "flag",
        "problems",
        "p",
        "o",
        "q",
        "id__in",
        "all",
        "list",
    )
    for name in names:
        response = desk["editor"].get(url("changelist"), {name: value})
        assert response.status_code in (200, 302), name
    for page in ("bulk_request_review", "problems"):
        assert desk["editor"].get(url(page), {"entries": value}).status_code in (200, 302)
    assert desk["editor"].get(reverse("admin:index"), {"all": value}).status_code == 200
    for name in ("from", "to", "page"):
        entry = Entry.objects.get(kind="article")
        assert desk["editor"].get(url("compare", entry.pk), {name: value}).status_code == 200
        assert desk["editor"].get(url("history", entry.pk), {name: value}).status_code == 200
    preview = url("preview", entry.pk, 1)
    assert desk["editor"].get(preview, {"along": value}).status_code == 200
    assert desk["medical"].get(url("sign", entry.pk), {"version": value}).status_code == 200


@pytest.mark.parametrize(
    "query",
    [{"p": "99999"}, {"o": "9.9.9"}, {"o": "-99.x"}, {"q": "wörd " * 2000}, {"q": "%_\\'\""}],
)
def test_a_list_far_beyond_its_end(query, desk):
    entry_in("draft")
    response = desk["editor"].get(url("changelist"), query, follow=True)
    assert response.status_code == 200


def test_bulk_pages_of_none_of_foreign_and_of_too_many(desk):
    article, question = entry_in("draft"), entry_in("draft", "question")
    page = url("bulk_request_review")
    for entries in ("", "x", str(question.pk), NINES):
        assert desk["editor"].get(page, {"entries": entries}).status_code == 302
    many = ",".join(map(str, range(article.pk, article.pk + 5000)))
    assert desk["editor"].get(page, {"entries": many}).status_code == 200
    before = fingerprint()
    listed = ",".join(f"{n}:1" for n in range(1, 5000))
    sent = {"listed": listed, "entry": [f"{question.pk}:1", f"{NINES}:1"], "asked": "x"}
    assert desk["editor"].post(page, sent).status_code in (200, 302, 409)
    assert fingerprint() == before


@pytest.mark.parametrize("sent", [{}, {"text": " \n"}, {"kept": "%%%"}, {"format": "exe"}])
def test_an_import_of_nothing_says_so(sent, desk):
    before = fingerprint()
    response = desk["editor"].post(url("import"), {**sent, "_import": "1"})
    assert response.status_code == 200
    assert texts(response.content.decode(), ".desk-refusal")
    assert fingerprint() == before


def test_a_link_that_ended_answers_alike_whatever_ended_it(desk, clock):
    entry = entry_in("draft")
    by = Revision.objects.get(entry=entry.pk).by
    link = share_links.share(entry.head, by=by, days=1)
    token = share_links.token(link)
    link.until = datetime.now(UTC) - timedelta(seconds=1)
    link.save()
    for address, status in ((token, 410), (token[:-1] + ("a" if token[-1] != "a" else "b"), 404)):
        response = Client().get(reverse("share", args=[address]))
        assert response.status_code == status
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"].startswith("noindex")


def test_seen_digests_of_another_shape_sign_nothing(desk):
    entry = entry_in("draft")
    address, data = opened(desk["medical"], "sign", entry)
    data |= {"password": "a long test password"}
    for seen in ([], [1], 7, "x", None, {"a": ["b"]}, {"a": None}):
        before = fingerprint()
        response = desk["medical"].post(address, {**data, "seen": json.dumps(seen)})
        if response.status_code != 302:
            assert response.status_code in (200, 409)
            assert fingerprint() == before


@pytest.mark.parametrize("register", ["publishing_topic", "references_reference", "auth_user"])
@pytest.mark.parametrize("value", NASTY.values(), ids=NASTY)
def test_a_registers_list_takes_any_address(register, value, admin_client):
    for name in ("id__in", "id", "q", "p", "o", "id__exact"):
        asked = {name: value}
        response = admin_client.get(reverse(f"admin:{register}_changelist"), asked)
        assert response.status_code in (200, 302, 400, 404), name
