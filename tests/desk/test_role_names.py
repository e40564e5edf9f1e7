"""The names of groups, where people read them: in their own language; as stored, elsewhere."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from publishing import kinds, permissions, roles, verbs
from publishing.refusals import Refused
from tests import factories
from tests.forms import texts

IN_SPANISH = {
    "Editors": "Editores",
    "Medical reviewers": "Revisores médicos",
    "Disclaimer reviewers": "Revisores de avisos médicos",
    "Publishers": "Editores responsables",
}


@pytest.fixture(autouse=True)
def spanish(monkeypatch):
    """Spanish names of the groups, whatever the catalogue has by now."""
    names = {name: f"«{said}»" for name, said in IN_SPANISH.items()}
    monkeypatch.setattr(roles, "_LABELS", names)


@pytest.fixture
def asked(editor, clock):
    """A question that every medical reviewer is asked to sign."""
    entry = factories.saved(factories.question_document(editor), editor, clock).entry
    verbs.request_review(entry, by=editor, clock=clock)
    return entry


def test_a_name_of_ours_is_translated_and_another_stays():
    assert roles.label("Publishers") == "«Editores responsables»"
    assert roles.label("Night shift") == "Night shift"


def test_sentences_about_rights_name_them(asked, editor):
    said = permissions.who_may("withdraw", kinds.of(asked))
    assert said.startswith("Only «editores responsables» and «revisores médicos» can withdraw")
    with pytest.raises(Refused, match=r"“«Editores»” can't sign this\. Choose one of: «Revisores"):
        verbs.request_review(asked, by=editor, group=kinds.EDITORS)


def page(client, address: str, **what) -> str:
    """Return a page's words, and show that no stored name is among them."""
    html = client.get(address, what).content.decode()
    [words] = texts(html, "#container")
    assert [name for name in IN_SPANISH if name in words] == []
    return words


def test_the_desk_names_them_where_people_read(client, asked, editor, reviewer, clock):
    change = reverse("admin:faq_question_change", args=[asked.pk])
    client.force_login(editor)
    assert "(«Editores»)" in page(client, reverse("admin:index"))
    assert "With «Revisores médicos» since" in page(client, change)
    ask = change.replace("change", "request-review")
    assert "Any of the «revisores médicos»" in page(client, ask)
    clock.forward(hours=1)
    verbs.sign_off([asked.revisions.get()], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    assert "signed by Rita («Revisores médicos»)" in page(
        client, change.replace("change", "history")
    )


def test_who_looks_after_accounts_reads_them_and_sets_the_stored_ones(client, editor):
    User.objects.create_superuser("root", password="x")
    client.force_login(User.objects.get(username="root"))
    assert "«Editores»" in page(client, reverse("admin:setup_step", args=["people"]))
    assert "«Editores»" in page(client, reverse("admin:auth_user_change", args=[editor.pk]))
    assert "«Editores»" in page(client, reverse("admin:auth_user_changelist"))
    assert "«Editores»" in page(client, reverse("admin:auth_group_changelist"))
    assert set(Group.objects.values_list("name", flat=True)) >= set(IN_SPANISH)
