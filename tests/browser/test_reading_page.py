"""Reading: without a script, by keyboard alone, with a screen reader, on paper, at any size."""

import pytest
from playwright.sync_api import Page, expect

from publishing.models import Edition, Entry, FirstPage, Site, Topic
from tests import factories
from tests.browser.axe import faults
from tests.browser.desk import PHONE
from tests.browser.printing import printed

ARTICLE = "/articles/magnesium-and-muscles/"
SUPPLEMENT = "/supplements/magnesium/"
QUESTION = "/faq/question-0/"
TERM = "/glossary/shortage/"
ROLES = {"table": 3, "rowgroup": 6, "row": 7, "columnheader": 9, "rowheader": 4, "cell": 9}
# Those of the two tables whose rows become cards.
TOLD = {"table": 2, "rowgroup": 4, "row": 5, "columnheader": 7, "rowheader": 3, "cell": 8}
ANSWER = "It may, for some people, in the case of question-3."


@pytest.fixture
def live(editor, reviewer, publisher, disclaimer, clock) -> Edition:
    """A live article with four questions, a supplement's tables, a term, and sections to follow."""
    people = {"by": editor, "signer": reviewer, "publisher": publisher, "clock": clock}
    asked = [
        factories.published(factories.question_document(editor, f"question-{n}"), **people)
        for n in range(4)
    ]
    supplement = factories.published(factories.supplement_document(editor), **people)
    term = factories.term_document(
        editor,
        "shortage",
        name="shortage",
        definition="Too little of it in the body for muscles and nerves to work well [@smith2020].",
    )
    factories.published(term, **people)
    long = "<p>Some more words, so that there is something to scroll through.</p>" * 20
    document = factories.article_document(
        editor,
        body=f"<h2>What it is</h2><p>No shortage [@smith2020].</p>{long}<h2>What to do</h2>{long}",
        get_help=[{"level": "appointment", "contact": "A doctor", "signs": "Weakness."}],
        questions=[edition.entry.uid for edition in asked],
        comparisons=[supplement.entry.uid],
    )
    edition = factories.published(document, **people)
    # The server reads the real time; a place of its own in the past is all that it needs.
    clock.forward(minutes=1)
    return edition


def tree(page: Page) -> list[tuple[str, str]]:
    """Return role and name of everything in Chromium's accessibility tree, in its order."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    said = [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node["ignored"]
    ]
    return said


@pytest.mark.parametrize(("path", "scheme"), [(SUPPLEMENT, "light"), (ARTICLE, "dark")])
@pytest.mark.parametrize("scripts", [True, False])
def test_tables_keep_their_roles_on_a_phone(visitors, live, path, scheme, scripts):
    page = visitors.open(viewport=PHONE, color_scheme=scheme, java_script_enabled=scripts)
    page.goto(path)
    # Chromium knows a table by itself, however it is laid out; others must be told.
    told = {role: page.locator(f"[role={role}]").count() for role in ROLES}
    assert told == (TOLD if scripts else dict.fromkeys(ROLES, 0))
    assert page.locator("table.stack td").first.evaluate("e => getComputedStyle(e).display") in (
        "block",
        "grid",
    )
    found = tree(page)
    names = [name for role, name in found if role == "table"]
    assert names == [
        "Magnesium: its forms compared",
        "Magnesium: Upper limit",
        "Magnesium: what it does together with other things",
    ]
    heads = [name for role, name in found if role == "columnheader"]
    assert heads[:4] == [
        "Form", "Bioavailability and absorption", "Common use", "Possible side effects",
    ]  # fmt: skip
    assert {name for role, name in found if role == "rowheader"} == {
        "Citrate", "Oxide", "Adults", "Antibiotics",
    }  # fmt: skip
    roles = [role for role, _name in found]
    assert (roles.count("row"), len(heads)) == (7, 9)
    # The label that a phone shows in each cell is the column's, and is not said twice.
    assert "No data" in [name for role, name in found if role == "cell"]


def test_a_citation_shows_its_reference_in_place_by_keyboard(visitors, live):
    page = visitors.open()
    page.goto(ARTICLE)
    cited = page.locator(".prose a.citation").first
    listed = page.locator(".references li")
    count = listed.count()
    cited.focus()
    page.keyboard.press("Enter")
    shown = page.locator("li:popover-open")
    expect(shown).to_be_focused()
    expect(shown).to_be_in_viewport()
    expect(shown).to_contain_text("A study of something")
    assert listed.count() == count
    page.keyboard.press("Tab")
    expect(shown.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(shown).to_have_count(0)
    expect(cited).to_be_focused()
    expect(page.locator("li[popover], li[tabindex], li .quiet")).to_have_count(0)
    page.keyboard.press("Enter")
    shown.locator(".back a").last.press("Enter")
    expect(shown).to_have_count(0)
    back = page.locator(":target")
    expect(back).to_be_focused()
    # Its sentence is seen as well: a citation stands at the end of what it supports.
    assert back.bounding_box()["y"] > PHONE["height"] / 8


def test_another_citation_of_the_same_source_shows_it_at_once(visitors, live):
    page = visitors.open()
    page.goto(ARTICLE)
    first, second = page.locator("#cite-1-1"), page.locator("#cite-1-2")
    first.click()
    shown = page.locator("li:popover-open")
    expect(shown).to_have_count(1)
    second.dispatch_event("click")
    page.wait_for_timeout(100)
    expect(shown).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("li[popover]")).to_have_count(0)
    expect(second).to_be_focused()


def test_a_link_that_takes_no_focus_shows_its_item_while_another_is_open(visitors, live):
    page = visitors.open()
    page.goto(ARTICLE)
    page.locator("a.term").first.press("Enter")
    # As some browsers and readers' aids press a link.
    page.locator("#cite-1-1").evaluate("link => link.click()")
    page.wait_for_timeout(100)
    expect(page.locator("li:popover-open")).to_have_count(1)
    expect(page.locator(".references li:popover-open")).to_be_focused()


def test_what_was_opened_closes_when_the_focus_goes_on(visitors, live):
    page = visitors.open(viewport=PHONE)
    page.goto(ARTICLE)
    cited = page.locator(".prose a.citation").first
    cited.press("Enter")
    shown = page.locator("li:popover-open")
    shown.get_by_role("button", name="Close").focus()
    page.keyboard.press("Tab")
    expect(shown).to_have_count(0)
    expect(page.locator("main :focus")).to_have_count(1)
    expect(cited).not_to_be_focused()


def test_opened_from_inside_another_each_gives_the_focus_back_to_its_own_link(visitors, live):
    page = visitors.open(viewport=PHONE)
    page.goto(ARTICLE)
    term = page.locator("a.term").first
    term.press("Enter")
    shown = page.locator("li:popover-open")
    inside = shown.locator("a.citation")
    inside.press("Enter")
    expect(shown).to_have_count(2)
    expect(shown.last).to_be_focused()
    page.keyboard.press("Escape")
    expect(shown).to_have_count(1)
    expect(inside).to_be_focused()
    page.keyboard.press("Escape")
    # The browser gives the focus back first, and the script after that.
    expect(page.locator("li[popover]")).to_have_count(0)
    expect(term).to_be_focused()


def test_the_list_is_copied_in_either_form_and_a_refusal_is_said(visitors, live):
    page = visitors.open(permissions=["clipboard-read", "clipboard-write"])
    page.goto(ARTICLE)
    for form, begins in (("RIS", "TY  - JOUR"), ("CSL-JSON", "[")):
        page.get_by_role("button", name=f"Copy all as {form}").click()
        expect(page.locator(".downloads [role=status]")).to_have_text("Copied.")
        assert page.evaluate("navigator.clipboard.readText()").startswith(begins)
    page.route("**/references.ris", lambda route: route.abort())
    page.get_by_role("button", name="Copy all as RIS").click()
    expect(page.locator(".downloads [role=status]")).to_have_text(
        "Not copied. Save the file instead."
    )


def test_a_term_is_explained_by_touch_and_closed_again(visitors, live):
    page = visitors.open(viewport=PHONE, has_touch=True)
    page.goto(ARTICLE)
    term = page.locator("a.term").first
    term.tap()
    shown = page.locator("li:popover-open")
    expect(shown).to_contain_text("Too little of it")
    assert faults(page) == []
    page.set_viewport_size(PHONE)
    shown.get_by_role("button", name="Close").tap()
    expect(shown).to_have_count(0)
    expect(term).to_be_focused()
    page.locator("main").focus()
    # Some browsers give a pressed link no focus, and so would give none back.
    term.evaluate("link => link.click()")
    shown.get_by_role("button", name="Close").tap()
    expect(term).to_be_focused()
    term.tap()
    expect(shown).to_have_count(1)
    page.locator("h1").tap()
    expect(shown).to_have_count(0)


def test_the_contents_follow_along_and_a_link_opens_its_question(visitors, live):
    page = visitors.open()
    page.goto(ARTICLE)
    contents = page.locator(".contents")
    expect(contents.locator("[aria-current]")).to_have_count(0)
    contents.get_by_role("link", name="What to do").click()
    expect(contents.locator("[aria-current=location]")).to_have_text("What to do")
    expect(contents).to_be_in_viewport()
    expect(page.get_by_text(ANSWER)).to_be_hidden()
    page.goto(f"{ARTICLE}#question-4")
    expect(page.get_by_text(ANSWER)).to_be_visible()
    expect(page.locator("#question-4 summary")).to_be_in_viewport()


def test_without_a_script_links_lead_and_questions_open(visitors, live):
    page = visitors.open(java_script_enabled=False)
    page.goto(ARTICLE)
    page.locator(".prose a.citation").first.click()
    assert page.url.endswith("#ref-1")
    expect(page.locator("#ref-1")).to_be_in_viewport()
    page.go_back()
    page.locator("a.term").first.click()
    expect(page.locator("#word-1")).to_be_in_viewport()
    page.goto(f"{ARTICLE}#question-4")
    expect(page.get_by_text(ANSWER)).to_be_visible()
    page.locator(".certainty summary").click()
    expect(page.get_by_text("Low certainty (GRADE)")).to_be_visible()


def test_paper_has_every_answer_and_address(visitors, live):
    page = visitors.open(java_script_enabled=False)
    page.goto(ARTICLE)
    paper = printed(page)
    for words in (ANSWER, "Low certainty (GRADE)", "doi:10.1000/test", "Too little of it"):
        assert "".join(words.split()) in paper
    assert ARTICLE in paper
    leading_away = ("This answer on its own page", "More about", "Related pages", "Every text that")
    for words in ("In this article", "Was this page useful", "All as RIS", *leading_away):
        assert "".join(words.split()) not in paper
    page.emulate_media(media="print")
    for path in ("/topics/magnesium/", "/a-z/", f"{ARTICLE}history/", f"{ARTICLE}history/compare/"):
        page.goto(path)
        for way in (".crumbs", ".choices", ".letters", ".choose", "nav", "button"):
            assert not page.locator(f"main {way}:visible").count(), (path, way)


def test_the_first_screen_of_a_phone_has_the_answer_and_nothing_moves(visitors, live):
    page = visitors.open(viewport=PHONE)
    page.goto(ARTICLE)
    assert page.locator("header").bounding_box()["height"] <= 56
    for part in ("h1", ".meta", ".summary"):
        expect(page.locator(part)).to_be_in_viewport(ratio=1)
    page.set_viewport_size({"width": 320, "height": 640})
    page.locator(".brand").evaluate("e => { e.textContent = 'Magnesium, Muscles and More'; }")
    lines = "e => { const all = document.createRange(); all.selectNodeContents(e);"
    for link in (".to-search", ".to-menu"):
        assert page.locator(link).evaluate(f"{lines} return all.getClientRects().length }}") == 1
    for width in (768, 1024, 1280):
        page.set_viewport_size({"width": width, "height": PHONE["height"]})
        page.goto("/supplements/")
        assert page.locator("header").bounding_box()["height"] <= 56, width
    # Whatever the site's name and colour are, the head's search has a field and a button.
    page.locator(".brand").evaluate(
        "e => { e.textContent = 'National Institute for Muscle and Mineral Health'; }"
    )
    page.locator(":root").evaluate(
        "e => e.style.setProperty('--link', getComputedStyle(e).getPropertyValue('--brand'))"
    )
    assert page.locator(".top .find input").bounding_box()["width"] >= 96
    ground = "e => getComputedStyle(e).backgroundColor"
    assert page.locator(".top button").evaluate(ground) != page.locator(".top").evaluate(ground)
    page.set_viewport_size(PHONE)
    page.goto(SUPPLEMENT)
    expect(page.locator(".glance")).to_be_in_viewport(ratio=1)
    shifts = page.evaluate(
        """() => new Promise(done => {
          let sum = 0;
          new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value; })
            .observe({type: "layout-shift", buffered: true});
          setTimeout(() => done(sum), 300);
        })"""
    )
    assert shifts == 0


def test_a_phone_sees_a_topics_first_pages_and_no_amount_leaves_its_cell(
    visitors, live, editor, reviewer, publisher, clock
):
    people = {"by": editor, "signer": reviewer, "publisher": publisher, "clock": clock}
    limit = {"kind": "upper", "value": "37.5", "unit": "mcg (1,500 IU)", "population": "Adults"}
    said = {"basis": "elemental", "authority": "US", "counts": "all", "citations": "[@smith2020]"}
    limits = [{**limit, **said, "label": label} for label in ("Upper limit", "Upper, at work")]
    words = "Probably not, in older adults. It makes little or no difference to how many of them "
    needed = [
        factories.published(
            factories.supplement_document(
                editor, slug, title=f"{slug} and how it may help with muscle loss",
                limits=limits, quick_summary=f"{words}improve compared with a dummy pill.",
            ),
            **people,
        )
        for slug in ("one", "two", "three")
    ]  # fmt: skip
    topic = Topic.objects.get()
    above = factories.topic("minerals")
    Topic.objects.filter(pk=topic.pk).update(
        explained_by=Entry.objects.get(kind="term"), parent=above
    )
    Site.objects.update(languages=["en", "es"])
    for place, edition in enumerate(needed):
        FirstPage.objects.create(topic=topic, entry=edition.entry, position=place)
    page = visitors.open(viewport=PHONE)
    page.goto(f"/topics/{topic.slug}/")
    expect(page.locator(".cards > li > a").nth(2)).to_be_in_viewport(ratio=1)
    hanging = """() => [...document.querySelectorAll(".amount")].filter(amount => {
      const said = document.createRange();
      said.selectNodeContents(amount);
      const cell = amount.closest("td").getBoundingClientRect();
      return said.getBoundingClientRect().right > cell.right;
    }).length"""
    for width in (320, 360, 640, 1280):
        page.set_viewport_size({"width": width, "height": PHONE["height"]})
        page.goto("/supplements/one/")
        assert page.evaluate(hanging) == 0, width
