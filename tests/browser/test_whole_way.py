"""From an article file to a signed, published page: each person at their own browser."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles.models import Article
from faq.models import Question
from publishing import kinds, verbs
from publishing.models import Authorship, Edition, Entry, SignOff
from supplements.models import Supplement
from tests import factories
from tests.browser.desk import (
    PASSWORD,
    add_row,
    admin_path,
    choose,
    open_form,
    save,
    sign_in,
    wait_for_editors,
)

HERE = Path(__file__).parent
OWN = HERE.parent / "articles" / "files" / "magnesium-layout.txt"
REAL = HERE.parents[2] / "shared" / "corpus" / "articles-text" / "muscle-weakness.txt"
FILES = [pytest.param(OWN, id="own")] + [pytest.param(f, id="real") for f in (REAL,) if f.exists()]

QUESTIONS = [
    "How does magnesium relax a muscle?",
    "Can too little magnesium make you tired?",
    "Which foods hold the most magnesium?",
    "Does magnesium stop leg cramps at night?",
    "Which form of magnesium is taken up best?",
    "Can weak muscles have another cause?",
    "Can you take too much magnesium?",
]


@pytest.fixture
def library(disclaimer):
    """What the editor finds in the house: a topic and two references."""
    factories.topic("magnesium")
    factories.reference("smith2020")
    factories.reference("jones2021")


@pytest.mark.parametrize("file", FILES)
def test_from_file_to_reader(file, visitors, library, editor, reviewer, publisher):
    desk = visitors.open()
    sign_in(desk, editor.username)
    article = import_the_file(desk, file)
    mend_the_article(desk)
    mend_the_questions(desk, article, editor)
    mend_the_supplement(desk)
    ask_for_review(desk, article)

    review = visitors.open()
    sign_in(review, reviewer.username)
    sign_as_one_list(review, article)

    release = visitors.open()
    sign_in(release, publisher.username)
    publish_as_one_list(release, article)

    read(visitors.open(), article)


def import_the_file(page: Page, file: Path) -> Article:
    page.goto(reverse("admin:articles_article_changelist"))
    page.get_by_role("link", name="Import").click()
    page.get_by_label("File:").set_input_files(file)
    page.get_by_role("button", name="Read it and show what is found").click()

    report = page.locator(".desk-panel")
    expect(report).to_contain_text("6 key points")
    expect(report).to_contain_text("9 headings")
    expect(report).to_contain_text("7 answers")
    expect(report).to_contain_text("a table of 4 × 4")
    expect(report.locator("li", has_text="FAQ-1")).to_have_count(7)
    expect(report).to_contain_text("Nothing is public.")
    assert not Article.objects.exists()

    page.get_by_role("button", name="Make the draft").click()
    expect(page.locator(".desk-state")).to_contain_text("Draft. Readers can't see it.")
    wait_for_editors(page)
    return Article.objects.get()


def mend_the_article(page: Page) -> None:
    expect(page.locator(".desk-panel", has_text="to mend before this can go live")).to_be_visible()
    page.locator("#id_quick_summary").fill("Only where it makes up for a lack of magnesium.")
    page.locator("#id_lead").fill("Muscles need magnesium, and some people get too little of it.")
    choose(page, "#id_topics", "Magnesium")
    cite_the_key_points(page)

    row = add_row(page, "get_help")
    page.locator(f"#id_{row}-level").select_option("urgent")
    page.locator(f"#id_{row}-contact").fill("A doctor")
    page.locator(f"#id_{row}-signs").fill("Weakness that comes on within a day.")
    row = add_row(page, "authorships")
    choose(page, f"#id_{row}-contributor", "Eddie Editor")

    for number, words in enumerate(QUESTIONS):
        page.locator(f"#id_placed_questions-{number}-words").fill(words)
    confirm_the_guesses(page)
    save(page)

    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page.locator(".desk-mend")).to_have_count(0)
    expect(page.locator(".desk-problems li")).to_have_count(0)
    steps = page.locator(".desk-steps li")
    expect(steps).to_have_count(1 + 7 + 1)
    for words in QUESTIONS:
        expect(steps.filter(has_text=words)).to_have_count(1)


def cite_the_key_points(page: Page) -> None:
    """Cite five key points; the third is an effect, with its certainty; the last is our advice."""
    for number in range(5):
        text = page.locator(f"#id_key_points-{number}-text")
        key = ("smith2020", "jones2021")[number % 2]
        text.fill(f"{text.input_value().rstrip('.')} [@{key}].")
    page.locator("#id_key_points-2-kind").select_option("effect")
    page.locator("#id_key_points-2-certainty").select_option("low")
    page.locator("#id_key_points-2-graded_by").select_option("us")
    page.locator("#id_key_points-2-certainty_reason").fill("few small trials")
    page.locator("#id_key_points-5-kind").select_option("advice")
    page.locator("#id_key_points-5-editorial").check()


def confirm_the_guesses(page: Page) -> None:
    ticks = page.locator(".desk-guesses input[type=checkbox]")
    assert ticks.count() > 0
    for tick in ticks.all():
        tick.check()


def mend_the_questions(page: Page, article: Article, editor) -> None:
    """The first question gets its author in its own form; the same six times over, by the verb."""
    first, *rest = Question.objects.filter(placements__article=article).order_by(
        "placements__position"
    )
    assert [first.question, *(q.question for q in rest)] == QUESTIONS
    assert first.slug == "how-does-magnesium-relax-a-muscle"
    open_form(page, admin_path(first))
    expect(page.locator(".desk-problems li")).to_contain_text(["No author is named."])
    row = add_row(page, "authorships")
    choose(page, f"#id_{row}-contributor", "Eddie Editor")
    save(page)
    expect(page.locator(".desk-problems li")).to_have_count(0)

    for question in rest:
        Authorship.objects.create(
            entry=question.entry, contributor=editor.contributor, role="author", position=1
        )
        verbs.save_revision(question, by=editor, reason="Author named")


def mend_the_supplement(page: Page) -> None:
    supplement = Supplement.objects.get()
    assert supplement.forms.count() == 4
    open_form(page, admin_path(supplement))
    page.locator("#id_quick_summary").fill("A mineral; it helps those who lack it.")
    for number, words in enumerate(("It is in greens.", "Salts differ.", "Too much loosens.")):
        row = add_row(page, "key_points")
        page.locator(f"#id_{row}-label").fill(words.split()[0])
        page.locator(f"#id_{row}-text").fill(f"{words.rstrip('.')} [@smith2020].")
        page.locator(f"#id_{row}-position").fill(str(number + 1))
    row = add_row(page, "get_help")
    page.locator(f"#id_{row}-level").select_option("urgent")
    page.locator(f"#id_{row}-contact").fill("A doctor")
    page.locator(f"#id_{row}-signs").fill("A slow or uneven heartbeat.")
    row = add_row(page, "authorships")
    choose(page, f"#id_{row}-contributor", "Eddie Editor")
    confirm_the_guesses(page)
    save(page)
    expect(page.locator(".desk-problems li")).to_have_count(0)


def ask_for_review(page: Page, article: Article) -> None:
    page.goto(admin_path(article))
    page.get_by_role("link", name="Request review").click()
    page.get_by_label("Ask:").select_option(label="Rita Reviewer")
    page.get_by_label("Note:").fill("The forms were guessed from the file.")
    page.get_by_role("button", name="Request review").click()
    expect(page.locator(".messagelist")).to_contain_text("Sent for review to Rita Reviewer.")
    expect(page.locator(".desk-state")).to_contain_text("With Rita Reviewer since")
    expect(page.get_by_role("link", name="Sign", exact=True)).to_have_count(0)


def sign_as_one_list(page: Page, article: Article) -> None:
    page.goto(admin_path(article))
    expect(page.locator(".desk-panel").first).to_contain_text(
        "The forms were guessed from the file."
    )
    page.get_by_role("link", name="Sign", exact=True).click()
    statement = page.locator(".desk-statement")
    expect(statement).to_contain_text("I, Rita Reviewer, Registered dietitian, approve version")
    expect(statement).to_contain_text("I wrote none of it.")
    along = page.get_by_role("group", name="Sign these along with it").get_by_role("checkbox")
    expect(along).to_have_count(7 + 1)
    for box in along.all():
        expect(box).to_be_checked()
    ticks = page.locator("input[name^=tick_]")
    assert 3 <= ticks.count() <= 5
    for tick in ticks.all():
        expect(tick).not_to_be_checked()
        tick.check()
    page.get_by_label("My interests on this topic").fill("None.")
    page.get_by_label("Your password, again").fill(PASSWORD)
    page.get_by_role("button", name="Sign", exact=True).click()

    expect(page.locator(".messagelist")).to_contain_text("Ready to publish.")
    expect(page.locator(".desk-state")).to_contain_text("Signed by Rita Reviewer.")
    assert (
        SignOff.objects.filter(decision="approved")
        .exclude(revision__entry__kind="disclaimer")
        .count()
        == 1 + 7 + 1
    )


def publish_as_one_list(page: Page, article: Article) -> None:
    page.goto(admin_path(article))
    page.get_by_role("link", name="Publish", exact=True).click()
    along = page.get_by_role("group", name="Publish these along with it").get_by_role("checkbox")
    expect(along).to_have_count(7 + 1)
    page.get_by_role("button", name="Publish now").click()
    expect(page.locator(".messagelist")).to_contain_text("Published at /articles/")
    expect(page.locator(".desk-state")).to_contain_text("Live since")
    assert Edition.objects.exclude(entry__kind="disclaimer").count() == 1 + 7 + 1


def read(page: Page, article: Article) -> None:
    entry = Entry.objects.get(pk=article.pk)
    answer = page.goto(f"/articles/{entry.slug}/")
    assert answer.status == 200
    expect(page.get_by_role("heading", level=1)).to_have_text(article.title)
    main = page.locator("main")
    expect(main).to_contain_text("Medically reviewed by Rita Reviewer, Registered dietitian")
    expect(main).to_contain_text("Only where it makes up for a lack of magnesium.")
    expect(main).to_contain_text("We are not very sure")
    table = main.get_by_role("table")
    expect(table.locator("tbody tr")).to_have_count(4)
    for row in table.locator("tbody tr").all():
        expect(row.locator("th, td")).to_have_count(4)
    for words in QUESTIONS:
        expect(main.get_by_role("heading", name=words)).to_be_visible()
    expect(main.get_by_role("heading", name="About this information")).to_be_visible()
    expect(main).to_contain_text("it can't replace advice from a doctor")
    assert kinds.of(entry).name == "article"
