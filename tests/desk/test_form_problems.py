"""A form that is not saved says so in the house's words, and leads to each field that is wrong."""

import pytest
from bs4 import BeautifulSoup
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse

from publishing.models import Site

# Written by readers, or by the site itself.
NEVER_ADDED = {"entry", "feedback", "missedsearch", "site"}


@pytest.fixture
def root(client, db) -> User:
    """Somebody who may open every form."""
    user = User.objects.create_superuser("root")
    client.force_login(user)
    return user


def problems(response) -> list[str]:
    """Return the ids that the summary of problems leads to, all there; it alone sums them up."""
    page = BeautifulSoup(response.content, "lxml")
    assert response.status_code == 200
    assert "Please correct" not in page.get_text()
    assert not page.select(".errornote")
    # The summary keeps the focus: Django's script would take it to the first field.
    assert not page.select("script[data-model-name]")
    [summary] = page.select(".desk-refusal:not([hidden])")
    assert summary.h2.get_text() == "There is a problem"
    ids = [link["href"][1:] for link in summary.select("li a")]
    assert ids
    # The editor makes the element of a rich text in the browser.
    assert [i for i in ids if not page.find(id=i.removeprefix("cke_"))] == []
    return ids


def test_every_form_of_the_desk_leads_to_what_is_wrong(client, root, rf):
    request = rf.get("/")
    request.user = root
    for model, each in admin.site._registry.items():
        if model._meta.model_name in NEVER_ADDED:
            continue
        address = reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_add")
        formsets = [formset for formset, _ in each.get_formsets_with_inlines(request)]
        prefixes = [formset.get_default_prefix() for formset in formsets]
        sent = {f"{p}-{n}": "0" for p in prefixes for n in ("TOTAL_FORMS", "INITIAL_FORMS")}
        assert problems(client.post(address, sent)), model


def test_the_sites_own_row_and_accounts_do_so_too(client, root):
    row = Site.objects.get()
    change = reverse("admin:publishing_site_change", args=[row.pk])
    account = reverse("admin:auth_user_change", args=[root.pk])
    password = reverse("admin:auth_user_password_change", args=[root.pk])

    assert "id_name" in problems(client.post(change, {"name": ""}))
    assert problems(client.post(account, {"username": ""})) == ["id_username"]
    # A group that somebody deleted meanwhile: boxes to tick have no field of their own.
    gone = problems(client.post(account, {"username": "root", "groups": "999"}))
    assert "id_groups" in gone
    typed = {"usable_password": "true", "password1": "one of them", "password2": "another"}
    assert problems(client.post(password, {**typed, "set-password": ""})) == ["id_password2"]


def test_a_row_that_is_wrong_is_named(client, root):
    topic = reverse("admin:publishing_topic_add")
    row = {"first_pages-TOTAL_FORMS": "1", "first_pages-INITIAL_FORMS": "0"}
    typed = {"name": "Bones", "slug": "bones", "first_pages-0-position": "x", **row}

    assert "id_first_pages-0-position" in problems(client.post(topic, typed))
