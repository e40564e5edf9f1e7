"""What each staff page costs the database: a bound, and no more for longer lists."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from publishing import kinds, verbs
from publishing.models import Entry, Specialty
from references.models import Citation
from tests import factories

# PostgreSQL asks its own clock: a query or two more than on SQLite, and within these bounds.
PAGES = {
    "articles_article": 41,
    "faq_question": 39,
    "supplements_supplement": 40,
    "publishing_disclaimer": 35,
}
ACTIONS = {
    "request_review": 20,
    "sign": 51,
    "ask_for_changes": 20,
    "publish": 40,
    "withdraw": 30,
    "history": 20,
    "compare": 20,
}


@pytest.fixture
def everybody(db):
    """Somebody in every group, to open every page."""
    return factories.person(
        "eve", kinds.EDITORS, kinds.MEDICAL_REVIEWERS, kinds.DISCLAIMER_REVIEWERS, kinds.PUBLISHERS
    )


@pytest.fixture
def article(editor, reviewer, publisher, disclaimer, clock):
    """A live article with questions and a supplement, and a newer draft."""
    embeds = [
        factories.saved(factories.question_document(editor, f"question-{n}"), editor, clock)
        for n in range(3)
    ]
    supplement = factories.saved(factories.supplement_document(editor), editor, clock)
    document = factories.article_document(
        editor, questions=[q.entry.uid for q in embeds], comparisons=[supplement.entry.uid]
    )
    revisions = [factories.saved(document, editor, clock), *embeds, supplement]
    verbs.sign_off(revisions, by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    clock.forward(minutes=1)
    verbs.publish(revisions, by=publisher, clock=clock)
    draft = kinds.draft_of(Entry.objects.get(pk=revisions[0].entry_id))
    changed = {**document.model_dump(), "lead": "Newer.", "change_kind": "minor"}
    factories.saved(type(document).model_validate(changed), editor, clock, draft)
    return draft


def address(name: str, *args) -> str:
    return reverse(f"admin:{name}", args=args)


@pytest.mark.parametrize("name", PAGES)
def test_change_page(name, client, everybody, article, disclaimer, django_assert_max_num_queries):
    client.force_login(everybody)
    kind = next(k for k in kinds.every() if k.model._meta.label_lower.replace(".", "_") == name)
    entry = Entry.objects.filter(kind=kind.name).first()
    client.get(address(f"{name}_change", entry.pk))
    with django_assert_max_num_queries(PAGES[name]):
        assert client.get(address(f"{name}_change", entry.pk)).status_code == 200


@pytest.mark.parametrize("action", ACTIONS)
def test_action_page(action, client, everybody, article, django_assert_max_num_queries):
    client.force_login(everybody)
    with django_assert_max_num_queries(ACTIONS[action]):
        page = client.get(address(f"articles_article_{action}", article.pk))
    assert page.status_code == 200


def test_a_long_article_costs_no_more(
    client, everybody, article, editor, clock, django_assert_max_num_queries
):
    """30 headings, 20 questions, 40 references with what is known of each, live and drafted."""
    client.force_login(everybody)
    url = address("articles_article_change", article.pk)
    few = _queries(client, url)
    document = kinds.get("article").to_document(article)
    _lengthen(article, document, editor, clock)
    with django_assert_max_num_queries(41):
        page = client.get(url).content.decode()
    assert _queries(client, url) <= few
    assert page.count('id="placed_questions-') >= 20
    assert page.count("key-39") >= 1


def _lengthen(article, document, editor, clock) -> None:
    keys = [f"key-{n}" for n in range(40)]
    more = [
        factories.saved(factories.question_document(editor, f"more-{n}"), editor, clock)
        for n in range(20 - len(document.questions))
    ]
    for key in keys:
        Citation.objects.create(
            entry=article.entry, reference=factories.reference(key), words="Their words."
        )
    body = "".join(f"<h2>Part {n}</h2><p>Words [@{key}].</p>" for n, key in enumerate(keys[:30]))
    longer = {
        **document.model_dump(),
        "questions": [*document.questions, *(q.entry.uid for q in more)],
        "body": body,
        "further_references": keys[30:],
    }
    factories.saved(type(document).model_validate(longer), editor, clock, article)


@pytest.mark.parametrize("name", PAGES)
def test_lists_cost_the_same_however_long(name, client, everybody, editor, clock, article):
    client.force_login(everybody)
    url = address(f"{name}_changelist")
    few = _queries(client, url)
    for n in range(5):
        factories.saved(factories.question_document(editor, f"other-{n}"), editor, clock)
        factories.saved(factories.article_document(editor, f"other-{n}"), editor, clock)
        factories.saved(factories.supplement_document(editor, f"other-{n}"), editor, clock)
    assert _queries(client, url) <= few
    assert few <= 15


REGISTERS = {
    "publishing_topic": lambda n: factories.topic(f"topic-{n}"),
    "publishing_specialty": lambda n: Specialty.objects.create(name=f"Specialty {n}"),
    "publishing_contributor": lambda n: factories.person(f"person-{n}", kinds.EDITORS),
    "references_reference": lambda n: factories.reference(f"key-{n}"),
    "auth_user": lambda n: factories.person(f"person-{n}", kinds.EDITORS),
    "auth_group": lambda n: Group.objects.create(name=f"Group {n}"),
}


@pytest.mark.parametrize("name", REGISTERS)
def test_lists_of_registers_cost_the_same_however_long(name, client, admin_user):
    client.force_login(admin_user)
    url = address(f"{name}_changelist")
    for n in range(2):
        REGISTERS[name](n)
    few = _queries(client, url)
    for n in range(2, 30):
        REGISTERS[name](n)
    assert _queries(client, url) <= few
    assert few <= 15
    asked = f"{url}?q=er&all="
    assert _queries(client, asked) <= 15


def _queries(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)
