"""axe-core on every page of the desk: wide and narrow, light and dark."""

from django.urls import reverse
from playwright.sync_api import expect

from articles.models import ImportRecord
from tests.browser.axe import assert_no_faults, faults
from tests.browser.desk import admin_path, open_form, save

PASTED = """# Does zinc help a cold?

Zinc lozenges are sold for colds. Trials of them differ in dose, in salt and in what they counted.

## What trials say

Some found that colds ended a day or two sooner, and others found no difference at all.
"""


def test_the_way_in(visitors, house, editor):
    assert_no_faults(visitors.open(), [reverse("admin:login")])
    record = ImportRecord.objects.get()
    page = visitors.staff(editor)
    assert_no_faults(
        page,
        [
            reverse("admin:index"),
            reverse("admin:articles_article_changelist"),
            reverse("admin:articles_article_import"),
            reverse("admin:articles_article_import_record", args=[record.pk]),
        ],
    )
    page.goto(reverse("admin:articles_article_import"))
    page.get_by_label("Or paste").fill(PASTED)
    page.get_by_label("The pasted text is").select_option("md")
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#report-heading")).to_be_visible()
    assert faults(page) == []


def test_change_pages(visitors, house, editor, reviewer):
    paths = [admin_path(entry) for entry in house.values()]
    assert_no_faults(visitors.staff(editor), [*paths, reverse("admin:articles_article_add")])
    assert_no_faults(visitors.staff(reviewer), [admin_path(house["article"])])


def test_a_refused_save(visitors, house, editor):
    first, second = visitors.staff(editor), visitors.staff(editor)
    path = admin_path(house["question"])
    open_form(second, path)
    open_form(first, path)
    first.locator("#id_question").fill("Does it help anybody at all?")
    save(first)
    second.locator("#id_question").fill("Does it help you?")
    second.locator("#id_slug").fill("")
    second.locator("#id_authorships-0-role").fill("")
    save(second)
    problem = second.get_by_role("alert")
    expect(problem).to_be_focused()
    expect(problem).to_contain_text("Not saved over. Eddie Editor saved at")
    expect(problem.get_by_role("link", name="Address")).to_be_visible()
    expect(problem.get_by_role("link", name="Author 1, Role")).to_be_visible()
    assert faults(second) == []


def test_action_pages(visitors, house, editor, reviewer, publisher):
    article = house["article"]
    restore = admin_path(article, "restore", 1)
    own = [admin_path(article, name) for name in ("history", "compare", "request_review")]
    assert_no_faults(visitors.staff(editor), [*own, restore])
    signing = [admin_path(article, name) for name in ("sign", "ask_for_changes", "renew")]
    page = visitors.staff(reviewer)
    assert_no_faults(page, signing)
    page.goto(signing[0])
    page.get_by_label("Your password, again").fill("wrong")
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert faults(page) == []
    assert_no_faults(
        visitors.staff(publisher),
        [
            admin_path(article, "publish"),
            admin_path(article, "withdraw"),
            admin_path(house["supplement"], "withdraw"),
        ],
    )
