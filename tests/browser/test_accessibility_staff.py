"""axe-core on what staff do besides writing: lists, registers, many at once, setting up."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import ImportRecord
from publishing import assessment, kinds, passages, setup, verbs
from publishing.checks import engine
from publishing.models import Contributor
from tests import factories
from tests.browser.axe import assert_no_faults, faults
from tests.browser.desk import admin_path, open_form

LISTED = (
    "articles_article",
    "articles_staticpage",
    "faq_question",
    "supplements_supplement",
    "publishing_disclaimer",
    "publishing_topic",
    "publishing_specialty",
    "publishing_contributor",
    "publishing_picture",
    "references_reference",
)


@pytest.fixture
def administrator(transactional_db):
    """Somebody who may do what Django's own rights give."""
    user = factories.person("ada", name="Ada Administrator")
    user.is_superuser = True
    user.save()
    return user


def bulk_path(name: str, *entries, kind: str = "articles_article") -> str:
    chosen = ",".join(str(entry.pk) for entry in entries)
    return f"{reverse(f'admin:{kind}_bulk_{name}')}?entries={chosen}"


def test_lists_and_their_empty_states(visitors, house, editor):
    page = visitors.staff(editor)
    paths = [reverse(f"admin:{name}_changelist") for name in LISTED]
    assert_no_faults(page, [*paths, f"{paths[0]}?q=nothingofthesort", f"{paths[0]}?state=live"])
    page.goto(paths[0])
    page.locator(".action-select").first.check()
    assert faults(page) == []


def test_registers(visitors, house, editor, reviewer):
    factories.reference()
    topic, person = factories.topic(), Contributor.objects.get(user=reviewer)
    picture = factories.picture(editor)
    page = visitors.staff(editor)
    assert_no_faults(
        page,
        [
            reverse("admin:publishing_topic_change", args=[topic.pk]),
            reverse("admin:publishing_topic_history", args=[topic.pk]),
            reverse("admin:publishing_topic_used_on", args=[topic.pk]),
            reverse("admin:publishing_contributor_change", args=[person.pk]),
            reverse("admin:publishing_contributor_add"),
            reverse("admin:publishing_picture_add"),
            reverse("admin:publishing_picture_change", args=[picture.pk]),
            reverse("admin:references_reference_add"),
            reverse("admin:publishing_specialty_add"),
            admin_path(house["question"], "used_on"),
        ],
    )


def test_accounts(visitors, house, administrator):
    assert_no_faults(
        visitors.staff(administrator),
        [
            reverse("admin:auth_user_changelist"),
            reverse("admin:auth_user_change", args=[administrator.pk]),
            reverse("admin:auth_user_add"),
            reverse("admin:auth_group_changelist"),
            reverse(
                "admin:auth_group_change", args=[administrator.groups.model.objects.first().pk]
            ),
            reverse("admin:password_change"),
            reverse("admin:publishing_site_change", args=[1]),
        ],
    )


def test_setting_up(visitors, house, administrator):
    steps = [reverse("admin:setup_step", args=[step.slug]) for step in setup.STEPS]
    person = reverse("admin:setup_person", args=[administrator.pk])
    assert_no_faults(visitors.staff(administrator), [reverse("admin:setup"), *steps, person])


def test_many_at_once(visitors, house, editor, reviewer, publisher):
    article, imported, question = house["article"], house["imported"], house["question"]
    asked = [bulk_path(name, article, imported) for name in ("request_review", "change_topic")]
    assert_no_faults(visitors.staff(editor), asked)
    signing = bulk_path("sign", question, kind="faq_question")
    assert_no_faults(visitors.staff(reviewer), [signing])
    page = visitors.staff(publisher)
    assert_no_faults(page, [bulk_path(name, article, imported) for name in ("publish", "schedule")])
    page.goto(bulk_path("publish", article, imported))
    page.get_by_role("button", name="Publish them now").click()
    expect(page.get_by_role("heading", name="Not done")).to_be_visible()
    assert faults(page) == []


def test_sharing_and_older_versions(visitors, house, editor):
    article, disclaimer = house["article"], house["disclaimer"]
    page = visitors.staff(editor)
    open_form(page, admin_path(article, "share", 2))
    page.get_by_role("button", name="Make a link").click()
    address = page.locator(".desk-address").input_value()
    assert faults(page) == []
    compared = f"{admin_path(article, 'compare')}?from=1&to=2"
    assert_no_faults(page, [compared, admin_path(disclaimer, "where_shown_list")])
    reader = visitors.open()
    assert_no_faults(reader, [address])
    page.goto(admin_path(article, "share", 2))
    page.get_by_role("button", name="Take it back").click()
    assert_no_faults(reader, [address])


def test_answers_to_a_request_and_notices(visitors, house, editor, reviewer, publisher, clock):
    article, question = house["article"], house["question"]
    clock.forward(minutes=5)
    verbs.request_review(article, by=editor, reviewer=reviewer, clock=clock)
    verbs.put_notice(question, by=reviewer, wording="dose", clock=clock)
    document = kinds.of(article).to_document(article)
    passage = next(p for p in passages.passages_of(document) if not p.is_heading)
    comment = f"?revision={article.head_id}&passage={passage.digest}"
    page = visitors.staff(reviewer)
    assert_no_faults(
        page,
        [
            admin_path(article, "decline"),
            admin_path(article, "comment") + comment,
            admin_path(article, "notice"),
            admin_path(question, "lift_notice"),
            reverse("admin:index"),
        ],
    )
    assert_no_faults(
        visitors.staff(publisher), [admin_path(article, "cancel"), reverse("admin:index")]
    )


def test_the_editors_dialogs_and_the_preview(visitors, house, editor):
    factories.reference()
    page = visitors.staff(editor)
    open_form(page, admin_path(house["article"]))
    for button in ("Cite", "Forms table", "Picture"):
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.locator("dialog[open]")).to_be_visible()
        assert faults(page) == []
        page.keyboard.press("Escape")
    page.get_by_role("button", name="Preview what is typed").click()
    expect(page.locator(".desk-preview-state")).to_contain_text("Not saved.")
    assert faults(page) == []


def test_the_sign_in_says_that_typing_is_kept_only_where_it_is(visitors, house, editor):
    path = admin_path(house["question"])
    page = visitors.staff(editor)
    open_form(page, path)
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.goto(path)
    kept = page.locator("#desk-lapsed")
    expect(kept).to_be_hidden()
    page.context.add_cookies(cookies)
    open_form(page, path)
    page.locator("#id_question").fill("Typed, and never saved?")
    page.wait_for_timeout(700)
    page.context.clear_cookies()
    page.goto(path)
    expect(kept).to_contain_text("What you typed is kept on this device")
    assert faults(page) == []
    page.goto(admin_path(house["supplement"]))
    expect(kept).to_be_hidden()
    page.get_by_label("Username").fill("nobody")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("Not signed in.")
    assert faults(page) == []


def test_giving_a_reason(visitors, house, editor, clock):
    """Of a warning that stands, and of one that went with its passage."""
    document = factories.article_document(
        editor, "covers", quick_summary="This article covers magnesium."
    )
    article = kinds.draft_of(factories.saved(document, editor, clock).entry)
    problems = engine.run(assessment.context_for(article.head, clock.at))
    warning = next(each for each in problems if each.can_be_overridden)
    path = admin_path(article, "override")
    page = visitors.staff(editor)
    assert_no_faults(page, [f"{path}?passage=gone", f"{path}?passage={warning.passage}"])
    expect(page.locator(".desk-warning")).to_contain_text(warning.message)
    page.get_by_role("button", name="Keep it, for this reason").click()
    expect(page.locator(".errorlist")).to_be_visible()
    assert faults(page) == []


def test_what_an_import_left(visitors, house, editor):
    record = ImportRecord.objects.get()
    path = reverse("admin:articles_article_import_record", args=[record.pk])
    assert_no_faults(visitors.staff(editor), [path])


def test_the_disclaimers_words_in_other_texts(visitors, house, editor, clock):
    said = "<p>This is general information. It can’t replace what your own doctor tells you.</p>"
    old = kinds.draft_of(house["disclaimer"])
    clock.forward(minutes=1)
    factories.saved(factories.disclaimer_document(body=said), editor, clock, old)
    page = visitors.staff(editor)
    path = admin_path(house["disclaimer"], "also_found")
    assert_no_faults(page, [path])
    factories.saved(factories.article_document(editor, "copied", body=said), editor, clock)
    assert_no_faults(page, [path])
    expect(page.locator(".desk-where")).to_be_visible()


def test_what_is_not_there_or_not_allowed(visitors, house, editor):
    page = visitors.staff(editor)
    assert_no_faults(
        page, [reverse("admin:auth_user_changelist"), reverse("admin:index") + "nothing/"]
    )
    page.goto(reverse("admin:index"))
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    assert faults(page) == []
