"""Two texts as one: whatever they are, tags balance, and both can be read out of it again."""

import random
import re

import nh3
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from publishing.comparing.rendered import merged, passages
from publishing.comparison import changed_fields, changed_sources, marked_words
from publishing.documents import replaced
from publishing.richtext import clean, sanitiser_arguments, to_text
from tests import factories
from tests.publishing.richtext.markup import SOUP

MARKS = re.compile(r"<(/?)(ins|del)>")
TAG = re.compile(r'<(/?)([a-z0-9]+)(?: [a-z]+="[^"]*")*>')
VOID = {"br", "img"}

words = st.lists(
    st.sampled_from(["salt", "iron", "350", "mg", "a", "the", "[@key; @b]", "muscles.", "&amp;"]),
    min_size=1,
    max_size=8,
).map(" ".join)
inline = st.lists(
    st.tuples(
        st.sampled_from(
            ["%s", " %s", "<strong>%s</strong>", '<a href="/faq/">%s</a>', "<em>%s</em> ", "%s<br>"]
        ),
        words,
    ),
    min_size=1,
    max_size=3,
).map(lambda parts: "".join(shape % text for shape, text in parts))
blocks = st.recursive(
    st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["p", "h2", "h3"]), inline),
    lambda inner: st.one_of(
        st.builds("<ul><li>{}</li><li>{}{}</li></ul>".format, inline, inline, inner),
        st.builds('<ol start="3"><li>{}</li></ol>'.format, inner),
        st.builds("<blockquote>{}{}</blockquote>".format, inner, inner),
        st.builds(
            "<table><caption>{}</caption><thead><tr><th>{}</th></tr></thead>"
            "<tbody><tr><td>{}</td><td>{}</td></tr></tbody></table>".format,
            inline, inline, inline, inner,
        ),
        st.builds("<table><tbody><tr><td>{}</td><td></td></tr></tbody></table>".format, inline),
    ),
    max_leaves=4,
)  # fmt: skip
texts = st.lists(blocks, max_size=5).map("".join).map(clean) | SOUP.map(clean)
few = settings(max_examples=150, deadline=None)


def assert_balanced(html: str) -> None:
    opened = []
    for closing, tag in TAG.findall(html):
        if tag in VOID:
            continue
        if closing:
            assert opened.pop() == tag
        else:
            assert not ({"ins", "del"} & set(opened) and tag in ("p", "li", "td", "ins", "del"))
            opened.append(tag)
    assert opened == []


def one_side(html: str, kept: str, dropped: str) -> str:
    html = re.sub(rf"<{dropped}>.*?</{dropped}>", "", html, flags=re.DOTALL)
    return re.sub(rf"</?{kept}>", "", html)


def read(html: str) -> str:
    """The words of a text, without the white space that stands between blocks."""
    return "".join(to_text(html).split())


@few
@given(texts, texts)
def test_tags_balance_and_browsers_read_the_very_same(before, after):
    html = merged(before, after)

    assert_balanced(html)
    arguments = sanitiser_arguments()
    arguments["tags"] = {*arguments["tags"], "ins", "del"}
    assert nh3.Cleaner(**arguments).clean(html) == nh3.Cleaner(**arguments).clean(
        nh3.Cleaner(**arguments).clean(html)
    )
    reread = nh3.Cleaner(**arguments).clean(html)
    assert TAG.findall(reread) == TAG.findall(html)


@few
@given(texts, texts)
def test_both_texts_can_be_read_out_of_the_comparison(before, after):
    html = merged(before, after)

    assert read(one_side(html, "ins", "del")) == read(after)
    assert read(one_side(html, "del", "ins")) == read(before)


@few
@given(texts, texts)
def test_a_difference_is_marked_and_nothing_else_is(before, after):
    assert merged(before, before) == before.replace("\n", "")
    assume(before != after)
    assert MARKS.search(merged(before, after))


@few
@given(texts, texts)
def test_no_white_space_stands_at_the_edge_of_a_mark(before, after):
    assert not re.search(r"<(ins|del)>(\s|&nbsp;)|(\s|&nbsp;)</(ins|del)>", merged(before, after))


@given(st.text(max_size=60), st.text(max_size=60))
def test_plain_texts_can_be_read_out_of_their_comparison(before, after):
    left, right = marked_words(before, after)

    assert "<ins>" not in left
    assert "<del>" not in right
    strip = re.compile(r"</?(ins|del)>")
    escaped = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'"}

    def plain(html: str) -> list[str]:
        return re.sub("&[a-z#0-9]+;", lambda m: escaped[m[0]], strip.sub("", html)).split()

    assert plain(left) == before.split()
    assert plain(right) == after.split()


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "<p>Take 350 mg a day.</p>",
            "<p>Take 35 mg a day.</p>",
            "<p>Take <del>350</del> <ins>35</ins> mg a day.</p>",
        ),
        (
            "<ul><li>Nuts</li></ul>",
            "<ul><li>Nuts</li><li>Seeds</li></ul>",
            "<ul><li>Nuts</li><li><ins>Seeds</ins></li></ul>",
        ),
        (
            "<p>See <a href='/faq/a/'>this</a>.</p>",
            "<p>See <a href='/faq/b/'>this</a>.</p>",
            '<p>See <del><a href="/faq/a/">this</a></del> '
            '<ins><a href="/faq/b/">this</a></ins>.</p>',
        ),
        ("<p>Dose</p>", "<h2>Dose</h2>", "<p><del>Dose</del></p><h2><ins>Dose</ins></h2>"),
        (
            "<table><tr><td>Good</td><td>x</td></tr></table>",
            "<table><tr><td>Poor</td><td>x</td></tr></table>",
            "<table><tbody><tr><td><del>Good</del> <ins>Poor</ins></td><td>x</td></tr></tbody>"
            "</table>",
        ),
        # A citation and a token are one word each, whatever stands inside.
        (
            "<p>Salt [@a; @b]. See [[question one]].</p>",
            "<p>Salt [@a; @c]. See [[question two]].</p>",
            "<p>Salt <del>[@a; @b]</del> <ins>[@a; @c]</ins>. "
            "See <del>[[question one]]</del> <ins>[[question two]]</ins>.</p>",
        ),
        # A format that ended and began again does so in the comparison.
        (
            "<p><em>Salt</em> <em>holds</em> 3.</p>",
            "<p><em>Salt</em> <em>holds</em> 4.</p>",
            "<p><em>Salt</em> <em>holds</em> <del>3.</del> <ins>4.</ins></p>",
        ),
        (
            "<p>Take 350&nbsp;mg.</p>",
            "<p>Take 35&nbsp;mg.</p>",
            "<p>Take <del>350</del> <ins>35</ins>&nbsp;mg.</p>",
        ),
        (
            "<p>Take 350&nbsp;<strong>mg</strong>.</p>",
            "<p>Take 35&nbsp;<strong>mg</strong>.</p>",
            "<p>Take <del>350</del> <ins>35</ins>&nbsp;<strong>mg</strong>.</p>",
        ),
    ],
)
def test_words_are_marked_where_they_stand(before, after, expected):
    assert merged(clean(before), clean(after)) == expected


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("One two three and so four five six.", "Un deux trois and so quatre cinq six_.", 1),
        ("One two three and so on four five six.", "Un deux trois and so on quatre cinq.", 2),
        # Three words that differ are many enough to join, two are not.
        ("Eat one two and four five now.", "Eat un and quatre now.", 1),
        ("Eat one and four five six now.", "Eat un and quatre cinq six_ now.", 2),
        ("Eat one two three and four now.", "Eat un deux trois and quatre now.", 2),
    ],
)
def test_changes_that_one_or_two_kept_words_divide_are_read_as_one(before, after, changes):
    left, right = marked_words(before, after)
    assert left.count("<del>") == right.count("<ins>") == changes


def test_a_long_text_keeps_its_end_without_a_full_stop():
    before = f"<p>{'Salt holds iodine. ' * 150}So does fish</p>"
    after = before.replace("fish", "cod").replace("Salt", "Some salt", 1)
    html = merged(before, after)

    assert html.endswith("So does <del>fish</del> <ins>cod</ins></p>")
    assert read(one_side(html, "ins", "del")) == read(after)


def test_sentences_that_follow_each_other_out_of_a_long_text_are_one_change():
    taken_out = "Fish helps. So do eggs."
    before = f"<p>{'Salt holds iodine. ' * 150}{taken_out} So does milk.</p>"
    html = merged(before, before.replace(f"{taken_out} ", ""))

    assert html.endswith(f"iodine. <del>{taken_out}</del> So does milk.</p>")


def test_line_ends_of_a_plain_text_count_and_runs_of_spaces_do_not():
    assert marked_words("Salt  and\nfish", "Salt and\nfish") == ("Salt and\nfish",) * 2
    left, right = marked_words("Salt and fish", "Salt and\nfish")
    assert (left, right) == ("Salt and <del>fish</del>", "Salt and\n<ins>fish</ins>")


def test_a_block_in_front_changes_no_block_behind():
    before = "<h2>Salt</h2><p>It is in food.</p>"
    found = passages(before, "<p>New.</p>" + before)
    assert [p.changed for p in found] == [True, False, False]


@pytest.mark.parametrize("how", ["each paragraph", "all", "one long paragraph"])
def test_ten_thousand_words_are_compared(how):
    pick = random.Random(7)
    vocabulary = ["the", "of", "and", "in"] * 150 + [f"word{n}" for n in range(2500)]

    def body() -> str:
        sentences = [" ".join(pick.choices(vocabulary, k=34)) + " of." for _ in range(290)]
        return "".join(f"<p>{sentence}</p>" for sentence in sentences)

    before = body()
    after = body() if how == "all" else before.replace(" of ", " from ")
    if how == "one long paragraph":
        before, after = (f"<p>{t[3:-4].replace('</p><p>', ' ')}</p>" for t in (before, after))
    assert MARKS.search(merged(before, after))


def labels(changes) -> dict[str, tuple[str, str]]:
    return {change.field: (change.before, change.after) for change in changes}


@pytest.fixture
def article(editor):
    return factories.article_document(editor)


def test_rows_are_named_as_on_the_form(article):
    points = [point.model_dump() for point in article.key_points]
    points[1]["certainty"] = "high"
    points[1]["text"] = "It does help [@smith2020]."
    found = labels(changed_fields(article, replaced(article, key_points=points)))

    assert found == {
        "Key point 2, text": (
            "It <del>may</del> help [@smith2020].", "It <ins>does</ins> help [@smith2020].",
        ),
        "Key point 2, certainty": (
            "<del>Low: we are not very sure</del>", "<ins>High: we are very sure</ins>",
        ),
    }  # fmt: skip


def test_a_row_in_front_does_not_change_the_rows_behind(article):
    points = [point.model_dump() for point in article.key_points]
    first = {"label": "Food", "text": "Nuts hold it.", "kind": "fact"}
    found = labels(changed_fields(article, replaced(article, key_points=[first, *points])))

    assert list(found) == ["Key point 1 (new)"]
    assert found["Key point 1 (new)"][0] == ""
    assert "label: Food" in found["Key point 1 (new)"][1]


def test_rows_that_moved_and_went_are_said_so(article):
    points = [point.model_dump() for point in article.key_points]
    moved = labels(changed_fields(article, replaced(article, key_points=points[::-1])))
    gone = labels(changed_fields(article, replaced(article, key_points=points[:2])))

    assert set(moved) <= {f"Key point {n} (moved)" for n in (1, 2, 3)}
    assert moved["Key point 1 (moved)"] == ("<del>Place 3</del>", "<ins>Place 1</ins>")
    assert list(gone) == ["Key point 3 (taken out)"]


def test_uids_are_shown_by_name(article, editor, clock):
    question = factories.saved(factories.question_document(editor), editor, clock)
    bones = factories.topic("bones")
    reviewer = factories.reviewer().contributor
    changed = replaced(
        article,
        questions=[question.entry.uid],
        topics=[*article.topics, bones.uid],
        authors=[{"contributor": reviewer.uid}],
        requested_reviewer=reviewer.uid,
    )
    found = labels(changed_fields(article, changed))

    assert found["Frequently asked questions"][1] == (
        "<ins>Does does it help matter to muscles?</ins>"
    )
    assert "<ins>Bones</ins>" in found["Topics"][1]
    assert found["Requested reviewer"] == ("", "<ins>Rita</ins>")
    assert "Rita" in str(found)
    assert not re.search("[0-9a-f]{8}-[0-9a-f]{4}", str(found))


def test_a_uid_that_is_gone_has_words_too(article):
    gone = "00000000-0000-4000-8000-000000000001"
    found = labels(changed_fields(article, replaced(article, questions=[gone])))
    assert found["Frequently asked questions"][1] == "<ins>something that is no longer here</ins>"


def test_the_sides_of_a_rich_text_hold_what_changed_alone(article):
    body = article.body.replace("Eat well", "Eat better")
    (change,) = changed_fields(article, replaced(article, body=body))

    assert change.field == "Text"
    assert "<del>well.</del>" in change.before
    assert "<ins>better.</ins>" in change.after
    assert "used in muscles" not in change.before
    assert [p.changed for p in change.passages] == [False, False, False, True]


def test_texts_are_escaped(article):
    (change,) = changed_fields(article, replaced(article, lead="<script>steal()</script>"))
    assert change.field == "Lead"
    assert "<script>" not in change.before + change.after
    assert "&lt;script&gt;" in change.after


def test_frozen_sources_that_differ_are_told():
    before = {"people": {"u": {"name": "Ada", "disclosure": "None.", "slug": "ada"}}}
    after = {
        "people": {"u": {"name": "Ada", "disclosure": "Shares.", "slug": "ada-b"}},
        "references": {"smith2020": {"csl": {"title": "A study"}}},
    }
    assert labels(changed_sources(before, after)) == {
        "Author: Ada, disclosure": ("<del>None.</del>", "<ins>Shares.</ins>"),
        "Source: smith2020": ("", "<ins>A study</ins>"),
    }
