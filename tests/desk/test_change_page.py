"""The change page: every kind can be written, untouched saves make nothing, nothing is lost."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from publishing import verbs
from publishing.admin import presence
from publishing.models import Presence, Revision
from tests import factories
from tests.forms import form_data, texts

KINDS = {
    "articles_article": factories.article_document,
    "faq_question": factories.question_document,
    "supplements_supplement": factories.supplement_document,
}


def change_url(entry) -> str:
    meta = entry._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[entry.pk])


def saved_entry(document, editor, clock):
    from publishing import kinds

    return kinds.draft_of(factories.saved(document, editor, clock).entry)


@pytest.mark.parametrize("name", KINDS)
def test_untouched_save_makes_no_revision(name, client, editor, clock):
    entry = saved_entry(KINDS[name](editor), editor, clock)
    client.force_login(editor)
    page = client.get(change_url(entry)).content.decode()

    response = client.post(change_url(entry), {**form_data(page), "_save": "Save"})

    assert response.status_code == 302, texts(response.content.decode(), ".errorlist")
    assert Revision.objects.filter(entry=entry.pk).count() == 1


@pytest.mark.parametrize("button", ["_save", "_continue", "_addanother"])
def test_saving_nothing_is_said_once(button, client, editor, clock):
    entry = saved_entry(factories.article_document(editor), editor, clock)
    client.force_login(editor)
    page = client.get(change_url(entry)).content.decode()

    answer = client.post(change_url(entry), {**form_data(page), button: "1"}, follow=True)

    said = texts(answer.content.decode(), ".messagelist li")
    assert said == ["Nothing was changed, so there is no new version."]
    assert (answer.request["PATH_INFO"] == change_url(entry)) == (button == "_continue")


def test_a_check_with_many_places_is_one_row_by_its_name(client, editor, clock):
    body = "".join(f"<p>{n} of 100 people had less [@gone{n}].</p>" for n in range(60))
    entry = saved_entry(factories.article_document(editor, body=body), editor, clock)
    client.force_login(editor)
    page = client.get(change_url(entry)).content.decode()
    (row,) = (row for row in texts(page, ".desk-problems summary") if "60 places" in row)
    assert "Citations that lead to a complete reference REF-1 60 places" in row
    assert texts(page, ".desk-problems details li")[-1] == "and 40 more"
    assert page.count("@gone59") < page.count("@gone1")


def test_a_save_makes_a_revision_and_says_so(client, editor, clock):
    entry = saved_entry(factories.article_document(editor), editor, clock)
    client.force_login(editor)
    page = client.get(change_url(entry)).content.decode()

    client.post(change_url(entry), {**form_data(page), "lead": "Another lead.", "_save": "Save"})

    assert Revision.objects.filter(entry=entry.pk).count() == 2
    entry.refresh_from_db()
    assert entry.lead == "Another lead."


def test_saving_over_somebody_else_is_refused_and_keeps_what_was_typed(client, editor, clock):
    other = factories.editor("olga")
    entry = saved_entry(factories.article_document(editor), editor, clock)
    client.force_login(editor)
    page = client.get(change_url(entry)).content.decode()
    entry.lead = "Olga's lead."
    factories.verbs.save_revision(_touch(entry), by=other, clock=clock)

    typed = {**form_data(page), "lead": "My lead.", "_save": "Save"}
    response = client.post(change_url(entry), typed)

    html = response.content.decode()
    assert response.status_code == 200
    assert "Not saved over. Olga saved at" in html
    assert "My lead." in texts(html, "#id_lead")
    assert "Olga's lead." in " ".join(texts(html, ".desk-compare td"))
    assert Revision.objects.filter(entry=entry.pk).count() == 2

    over = {**typed, "_save_over": "2"}
    del over["_save"]
    assert client.post(change_url(entry), over)["Location"] == change_url(entry)
    entry.refresh_from_db()
    assert entry.lead == "My lead."
    assert Revision.objects.filter(entry=entry.pk).count() == 3


def _touch(entry):
    entry.save()
    return entry


def test_a_taken_address_is_a_form_error(client, editor, reviewer, publisher, clock, disclaimer):
    """It names whose address it is, and since when that is live."""
    revision = factories.saved(factories.question_document(editor), editor, clock)
    entry = saved_entry(factories.question_document(editor, "is-it-safe"), editor, clock)
    client.force_login(editor)
    page = client.get(change_url(entry)).content.decode()

    taken = {**form_data(page), "slug": "does-it-help"}

    drafted = client.post(change_url(entry), taken).content.decode()
    verbs.sign_off([revision], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    verbs.publish([revision], by=publisher, clock=clock)
    live = client.post(change_url(entry), taken).content.decode()

    title = "“Does does it help matter to muscles?”"
    assert f"This address belongs to {title}. Choose another." in drafted
    assert f"This address belongs to {title}, live since 2 March 2026. Choose another." in live


@pytest.mark.parametrize("name", [*KINDS, "articles_staticpage", "publishing_disclaimer"])
def test_the_add_page_opens(name, client, editor):
    client.force_login(editor)
    assert client.get(reverse(f"admin:{name}_add")).status_code == 200
    assert client.get(reverse(f"admin:{name}_changelist")).status_code == 200


def test_who_else_has_the_page_open(client, editor, reviewer, clock):
    olga = factories.editor("olga")
    entry = saved_entry(factories.article_document(editor), editor, clock)
    client.force_login(olga)
    assert texts(client.get(change_url(entry)).content.decode(), "#desk-others") == [""]
    client.force_login(editor)
    page = client.get(change_url(entry)).content.decode()
    assert texts(page, "#desk-others") == ["Olga has this page open too."]
    still_open = change_url(entry).replace("change", "presence")
    assert client.post(still_open).json() == {"others": "Olga has this page open too."}

    Presence.objects.filter(by=olga).update(at=datetime.now(UTC) - timedelta(seconds=91))
    assert client.post(still_open).json() == {"others": ""}
    Presence.objects.update(at=datetime.now(UTC) - timedelta(seconds=91))
    client.post(still_open)
    client.force_login(olga)
    assert client.post(still_open).json() == {"others": "Eddie has this page open too."}
    assert client.get(still_open).status_code == 405
    client.force_login(reviewer)
    assert client.post(still_open).status_code == 403
    assert not Presence.objects.filter(by=reviewer).exists()


def test_everybody_on_the_page_is_named_for_ninety_seconds(editor, clock):
    entry = saved_entry(factories.article_document(editor), editor, clock)
    other = saved_entry(factories.question_document(editor), editor, clock)
    anna, olga, zoe = (factories.editor(name) for name in ("anna", "olga", "zoe"))
    presence.touch(other, factories.editor("ben"), clock.at)
    for person in (zoe, anna, olga):
        presence.touch(entry, person, clock.at)

    def said() -> str:
        return presence.in_words(presence.others(entry, editor, clock.at))

    assert said() == "Anna, Olga and Zoe have this page open too."
    clock.forward(seconds=89)
    presence.touch(entry, zoe, clock.at)
    presence.touch(entry, anna, clock.at)
    assert said() == "Anna, Olga and Zoe have this page open too."
    clock.forward(seconds=1)
    assert said() == "Anna and Zoe have this page open too."


def test_the_browser_is_told_what_was_saved_and_nothing_else(client, editor, clock):
    entry = saved_entry(factories.article_document(editor), editor, clock)
    client.force_login(editor)
    data = form_data(client.get(change_url(entry)).content.decode())
    refused = client.post(change_url(entry), {**data, "title": "", "_typing": "1234-abcd"})
    assert "desk_saved" not in refused.cookies
    odd = client.post(change_url(entry), {**data, "_typing": "x; path=/"})
    assert "desk_saved" not in odd.cookies
    saved = client.post(change_url(entry), {**data, "lead": "New.", "_typing": "1234-abcd"})
    assert saved.cookies["desk_saved"].value == "1234-abcd"


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("salt", ["salt2019", "older2001"]),
        ("salt 2019", ["salt2019"]),
        ("Müller", ["salt2019"]),
        ("[@older2001]", ["older2001"]),
        ("nothing such", []),
    ],
)
def test_the_library_is_searched_for_citing(words, keys, client, editor):
    factories.reference("older2001", title="Salt, at first", year=2001)
    factories.reference("salt2019", title="Salt", year=2019, authors=[{"family": "Müller"}])
    client.force_login(editor)
    answer = client.get(reverse("admin:references_reference_cite"), {"q": words}).json()
    assert [found["key"] for found in answer["results"]] == keys


def test_a_reason_is_offered_to_those_who_write(client, editor, reviewer, disclaimer, clock):
    wordy = factories.article_document(editor, quick_summary="word " * 51)
    entry = saved_entry(wordy, editor, clock)
    offered = {}
    for user in (editor, reviewer):
        client.force_login(user)
        offered[user] = b"override/?passage=" in client.get(change_url(entry)).content
    assert offered == {editor: True, reviewer: False}
