"""The address of an imported article, and which article a file belongs to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.recognition import plain_name, recognised_as
from articles.importing.run import import_file
from articles.models import Article
from tests import factories
from tests.articles.imports import PROSE, article_of, everything, markdown, problems


def take(title: str, by, clock, path: str = "iron.md", body: str = PROSE, **options):
    return import_file(markdown(title=title, body=body), path, by=by, clock=clock, **options)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Does iron help? A short answer", "does-iron-help-a-short-answer"),
        ("Café & thé: what’s in them", "cafe-the-whats-in-them"),
        ("iron " * 40, "-".join(["iron"] * 32)),
        ("w" * 200, "w" * 160),
        ("iron " * 31 + "haemoglobin", "-".join(["iron"] * 31)),
    ],
    ids=["plain", "accents", "cut between words", "one long word", "never inside a word"],
)
def test_the_address_is_the_titles(title, slug, editor, clock):
    report = take(title, editor, clock)
    assert report.slug == article_of(report).slug == slug
    assert len(report.slug) <= 160
    assert "slug" not in {problem.place.field for problem in problems(report, "GUESS-1")}


def test_a_taken_address_gets_a_number_and_both_are_named(editor, clock):
    factories.saved(factories.article_document(editor, "iron-and-sleep"), editor, clock)

    report = take("Iron and sleep", editor, clock)

    assert report.slug == "iron-and-sleep-2"
    (guess,) = (p for p in problems(report, "GUESS-1") if p.place.field == "slug")
    assert "“iron-and-sleep”" in guess.message
    assert "“iron-and-sleep-2”" in guess.message
    assert take("Iron and sleep", editor, clock).outcome == "unchanged"
    assert Article.objects.count() == 2


def test_a_longest_address_that_is_taken_still_fits(editor, clock):
    slug = "w" * 160
    factories.saved(factories.article_document(editor, slug), editor, clock)
    assert take("w" * 200, editor, clock).slug == f"{slug}-2"


def test_another_name_for_a_file_of_the_same_title_updates_its_draft(editor, clock):
    take("Iron and sleep", editor, clock, "iron.md")
    report = take("Iron and sleep", editor, clock, "iron-final.md", body="Other words. " + PROSE)
    assert (report.outcome, report.slug) == ("updated", "iron-and-sleep")
    assert Article.objects.count() == 1


@pytest.mark.parametrize("dry_run", [True, False])
def test_two_files_of_one_title_in_one_call_are_two_articles(dry_run, editor, clock):
    one = take("Iron and sleep", editor, clock, "a.md", dry_run=dry_run)
    two = take(
        "Iron and sleep", editor, clock, "b.md", body="B. " + PROSE, dry_run=dry_run,
        others={one.slug},
    )  # fmt: skip

    assert (one.slug, two.slug) == ("iron-and-sleep", "iron-and-sleep-2")
    assert two.outcome == "created"
    assert "slug" in {problem.place.field for problem in problems(two, "GUESS-1")}


def test_of_two_articles_with_one_title_each_file_finds_its_own(editor, clock):
    take("Iron and sleep", editor, clock, "a.md")
    take("Iron and sleep", editor, clock, "b.md", body="B. " + PROSE, others={"iron-and-sleep"})
    before = everything()

    assert take("Iron and sleep", editor, clock, "a.md").slug == "iron-and-sleep"
    again = take("Iron and sleep", editor, clock, "b.md", body="B. " + PROSE)
    assert (again.outcome, again.slug) == ("unchanged", "iron-and-sleep-2")
    assert everything() == before

    changed = take("Iron and sleep", editor, clock, "a.md", body="Changed. " + PROSE)
    assert (changed.outcome, changed.slug) == ("updated", "iron-and-sleep")
    third = take("Iron and sleep", editor, clock, "c.md", body="C. " + PROSE)
    assert (third.outcome, third.slug) == ("created", "iron-and-sleep-3")


@pytest.mark.parametrize(
    ("title", "path", "slug"),
    [
        ("Железо и сон", "iron and sleep.md", "iron-and-sleep"),
        ("鉄と睡眠", "файл.md", None),
        ("???", "pasted.md", "pasted"),
    ],
)
def test_a_title_in_another_script_gets_an_address_to_confirm(title, path, slug, editor, clock):
    report = take(title, editor, clock, path)
    assert report.title == title
    assert report.slug == slug or (slug is None and report.slug.startswith("article-"))
    (guess,) = (p for p in problems(report, "GUESS-1") if p.place.field == "slug")
    assert f"“{report.slug}”" in guess.message
    assert take(title, editor, clock, path).outcome == "unchanged"


def test_titles_in_another_script_are_told_apart_under_one_file_name(editor, clock):
    one = take("Железо и сон", editor, clock, "pasted.md")
    two = take("Магний и сон", editor, clock, "pasted.md")
    fe = take("Железо (Fe) и усталость", editor, clock, "x.md")
    other_fe = take("Ферритин (Fe) и сон", editor, clock, "x.md")

    assert [r.outcome for r in (one, two, fe, other_fe)] == ["created"] * 4
    assert Article.objects.count() == 4


def test_the_files_own_address_is_taken_where_the_title_gives_none(editor, clock):
    data = b"---\nslug: iron-sleep\n---\n" + markdown(title="Железо и сон")
    assert import_file(data, "x.md", by=editor, clock=clock).slug == "iron-sleep"


@given(st.text(max_size=400), st.text(min_size=64, max_size=64, alphabet="0123456789abcdef"))
def test_whatever_the_title_a_file_is_known_by_something_short(title, sha256):
    known = recognised_as(title, sha256)
    assert 0 < len(known) <= 160
    assert known == recognised_as(title, sha256)


@given(st.text(max_size=400))
def test_whatever_the_path_its_name_is_one_line_that_can_be_stored(path):
    name = plain_name(path)
    assert name.encode("utf-8") is not None
    assert len(name) <= 300
    assert len(name.splitlines()) <= 1
    assert "\x00" not in name
    assert "/" not in name
