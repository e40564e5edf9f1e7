"""Comments and ticks: they stay with a passage while it stays the same."""

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from faq.documents import QuestionDocument
from publishing import four_eyes, kinds, passages, verbs
from publishing.admin.review.comments import open_comments
from publishing.models import Comment, Entry, SignOff, Tick
from publishing.refusals import NotAllowed, Refused
from publishing.richtext import to_text
from tests import factories
from tests.desk.test_actions import url
from tests.forms import form_data, texts


@pytest.fixture
def article(editor, clock, disclaimer):
    return entry_of(factories.saved(factories.article_document(editor), editor, clock))


def entry_of(revision) -> Entry:
    return Entry.objects.select_related("head").get(pk=revision.entry_id)


def change(article, editor, clock, **fields) -> Entry:
    document = factories.article_document(editor, **fields)
    return entry_of(factories.saved(document, editor, clock, kinds.draft_of(article)))


def document(article):
    return kinds.of(article).to_document(kinds.draft_of(article))


def passage(article, words: str) -> passages.Passage:
    [found] = [p for p in passages.passages_of(document(article)) if p.words == words]
    return found


def commented(article, by, clock, words: str, **said) -> Comment:
    said = {"text": "Too sure.", **said}
    digest = passage(article, words).digest
    return verbs.comment(article.head, by=by, passage=digest, clock=clock, **said)


def page_of(client, article) -> BeautifulSoup:
    return BeautifulSoup(client.get(url(article, "sign")).content, "html.parser")


def form_of(soup: BeautifulSoup, words: str, sort: str) -> dict:
    """Return the fields of a passage's form, as a browser would send them."""
    [row] = [p for p in soup.select(".review-passage") if words in p.get_text()]
    return form_data(str(row), f"[data-review={sort}]") | {"anchor": row["id"]}


def test_a_comment_comes_back_to_its_passage(client, article, reviewer):
    client.force_login(reviewer)
    data = form_of(page_of(client, article), "Eat well.", "comment")
    anchor = data.pop("anchor")
    answer = client.post(url(article, "comment"), {**data, "text": "Say what."})
    assert answer.status_code == 302
    assert answer["Location"] == f"{url(article, 'sign')}#{anchor}"
    [said] = Comment.objects.all()
    assert (said.quote, said.text, said.suggestion) == ("Eat well.", "Say what.", "")
    assert "Say what." in page_of(client, article).select_one(f"#{anchor}").get_text()


def test_a_script_gets_the_passages_comments_alone(client, article, reviewer):
    client.force_login(reviewer)
    data = form_of(page_of(client, article), "Eat well.", "comment")
    answer = client.post(
        url(article, "comment"), {**data, "text": "Say what."}, headers={"X-Desk": "passage"}
    )
    assert "Say what." in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_an_empty_comment_is_refused_and_typing_is_kept(client, article, reviewer):
    client.force_login(reviewer)
    data = form_of(page_of(client, article), "Eat well.", "comment")
    assert client.post(url(article, "comment"), data).status_code == 409
    wrong = {**data, "passage": "0" * 64, "text": "Long and dear words."}
    refused = client.post(url(article, "comment"), wrong)
    assert refused.status_code == 409
    assert "no such passage" in texts(refused.content.decode(), ".desk-refusal")[0]
    assert "Long and dear words." in texts(refused.content.decode(), "textarea")
    assert not Comment.objects.exists()


def test_a_comment_sent_twice_is_one(article, reviewer, clock):
    for _press in range(2):
        commented(article, reviewer, clock, "Eat well.")
    assert Comment.objects.count() == 1


def test_comments_and_ticks_stay_while_the_passage_does(client, article, editor, reviewer, clock):
    commented(article, reviewer, clock, "Eat well.", text="About eating.")
    commented(article, reviewer, clock, "Muscles need magnesium.", text="About muscles.")
    for words in ("Eat well.", "Muscles need magnesium."):
        verbs.tick(article, by=reviewer, digests=[passage(article, words).digest], clock=clock)
    change(article, editor, clock, lead="Muscles need zinc.")
    client.force_login(reviewer)
    soup = page_of(client, article)

    [lost] = soup.select("#lost-comments")
    assert "About muscles." in lost.get_text()
    assert "Muscles need magnesium." in lost.get_text()
    assert "About eating." not in lost.get_text()
    [kept] = [p for p in soup.select(".review-passage") if "Eat well." in p.get_text()]
    assert "About eating." in kept.get_text()
    assert len(soup.select(".review-done")) == 1


def test_the_same_words_twice_are_two_passages(article, editor, clock):
    entry = change(article, editor, clock, body="<p>Eat well.</p><p>Eat well.</p>")
    found = [p for p in passages.passages_of(document(entry)) if p.words == "Eat well."]
    assert len({p.digest for p in found}) == 2


def test_a_row_that_moves_is_the_same_passage_and_a_new_certainty_another(article, editor, clock):
    points = [point.model_dump() for point in document(article).key_points]
    before = {p.words: p.digest for p in passages.passages_of(document(article)) if p.row}
    points[1]["certainty"] = "moderate"
    entry = change(article, editor, clock, key_points=points[::-1])
    after = {p.words: p.digest for p in passages.passages_of(document(entry)) if p.row}
    changed = {words for words in before if before[words] != after[words]}
    assert changed == {"It may help [@smith2020]."}


def test_ticks_count_up_on_any_device(client, article, reviewer):
    client.force_login(reviewer)
    soup = page_of(client, article)
    count = soup.select_one(".review-count").text
    total = len(soup.select(".review-passage[data-counts]"))
    assert count == f"0 of {total} read"
    data = form_of(soup, "Eat well.", "tick")
    anchor = data.pop("anchor")
    answer = client.post(url(article, "tick"), {**data, "read": "1"})
    assert answer["Location"] == f"{url(article, 'sign')}#{anchor}"
    client.post(url(article, "tick"), {**data, "read": "1"})
    assert page_of(client, article).select_one(".review-count").text == f"1 of {total} read"
    client.post(url(article, "tick"), {**data, "read": "0"}, headers={"X-Desk": "passage"})
    assert not Tick.objects.exists()


def test_an_accepted_wording_is_the_editors_writing(client, article, editor, reviewer, clock):
    said = commented(article, reviewer, clock, "Eat well.", suggestion="Eat <enough> & rest.")
    client.force_login(editor)
    answer = client.post(url(article, "accept", said.pk), {"back": "change"})
    assert answer["Location"] == f"{url(article, 'change')}"
    entry = Entry.objects.select_related("head").get(pk=article.pk)
    assert "<p>Eat &lt;enough&gt; &amp; rest.</p>" in document(entry).body
    assert entry.head.by == editor
    assert entry.head.number == 2
    said.refresh_from_db()
    assert (said.accepted, said.resolved_by) == (True, editor)
    assert four_eyes.revisions_written_by(reviewer, entry.head, clock()) == []
    signed = verbs.sign_off([entry.head], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    assert signed[0].decision == SignOff.Decisions.APPROVED
    # Pressed twice, it is taken over once.
    client.post(url(article, "accept", said.pk))
    assert Entry.objects.get(pk=article.pk).head.number == 2


def test_a_key_points_wording_goes_into_its_own_row(article, editor, reviewer, clock):
    said = commented(
        article, reviewer, clock, "It may help [@smith2020].",
        suggestion="It may help some [@smith2020].",
    )  # fmt: skip
    verbs.accept_suggestion(said, by=editor, clock=clock)
    [first, second, _third] = document(article).key_points
    assert second.text == "It may help some [@smith2020]."
    assert second.certainty == "low"
    assert first.text == "Muscles need it [@smith2020]."


@pytest.mark.parametrize(
    "body",
    [
        "<p>Eat <strong>well</strong>.</p>",
        "<h2>On food</h2><p>Eat well.</p><p>Always: Eat well. So it is.</p>",
    ],
    ids=["bold words among them", "more than once"],
)
def test_what_cannot_be_replaced_says_what_to_do(body, article, editor, reviewer, clock):
    entry = change(article, editor, clock, body=body)
    said = commented(entry, reviewer, clock, "Eat well.", suggestion="Eat.")
    with pytest.raises(Refused, match="Copy the suggestion, change the text by hand"):
        verbs.accept_suggestion(said, by=editor, clock=clock)
    assert Entry.objects.get(pk=article.pk).head_id == entry.head_id
    said.refresh_from_db()
    assert said.resolved_at is None


def test_a_wording_for_text_that_changed_is_not_taken_over(article, editor, reviewer, clock):
    said = commented(article, reviewer, clock, "Eat well.", suggestion="Eat.")
    entry = change(article, editor, clock, body="<p>Eat better.</p>")
    with pytest.raises(Refused, match="The passage has changed since"):
        verbs.accept_suggestion(said, by=editor, clock=clock)
    assert Entry.objects.get(pk=article.pk).head_id == entry.head_id


def test_only_editors_take_over_and_only_they_and_the_writer_resolve(
    article, editor, reviewer, publisher, clock
):
    other = factories.reviewer("olga")
    said = commented(article, reviewer, clock, "Eat well.", suggestion="Eat.")
    with pytest.raises(NotAllowed):
        verbs.accept_suggestion(said, by=reviewer, clock=clock)
    for stranger in (other, publisher):
        with pytest.raises(NotAllowed):
            verbs.resolve_comment(said, by=stranger, clock=clock)
    with pytest.raises(NotAllowed):
        commented(article, publisher, clock, "Eat well.", text="Mine.")
    with pytest.raises(NotAllowed):
        verbs.tick(article, by=publisher, digests=["0" * 64], clock=clock)
    assert Comment.objects.get().resolved_at is None
    assert verbs.resolve_comment(said, by=reviewer, clock=clock).resolved_by == reviewer
    again = verbs.resolve_comment(said, by=editor, clock=clock)
    assert again.resolved_by == reviewer


def test_addresses_refuse_strangers_and_getting(client, article, reviewer, publisher, clock):
    said = commented(article, reviewer, clock, "Eat well.")
    client.force_login(publisher)
    for name, args in (
        ("comment", []),
        ("tick", []),
        ("resolve", [said.pk]),
        ("accept", [said.pk]),
    ):
        assert client.post(url(article, name, *args)).status_code == 403
    client.force_login(reviewer)
    for name, args in (("tick", []), ("resolve", [said.pk]), ("accept", [said.pk])):
        assert client.get(url(article, name, *args)).status_code == 405
    for revision in ("", "x", "9" * 30):
        assert client.get(url(article, "comment"), {"revision": revision}).status_code == 404
        sent = {"revision": revision, "passage": "0" * 64, "read": "1"}
        assert client.post(url(article, "tick"), sent).status_code == 404


def test_editors_see_what_is_open(article, editor, reviewer, clock):
    kept = commented(article, reviewer, clock, "Eat well.", suggestion="Eat.")
    gone = commented(article, reviewer, clock, "Muscles need magnesium.")
    done = commented(article, reviewer, clock, "Perhaps, if you are short of it.")
    verbs.resolve_comment(done, by=reviewer, clock=clock)
    entry = change(article, editor, clock, lead="Newer.")
    rows = open_comments(entry, editor)["open_comments"]
    assert [(row["shown"].comment, row["there"]) for row in rows] == [(kept, True), (gone, False)]
    assert [row["shown"].may_accept for row in rows] == [True, False]


def test_the_editors_list_can_be_pressed(article, editor, reviewer, clock):
    said = commented(article, reviewer, clock, "Eat well.", text="<b>Less</b>", suggestion="Eat.")
    context = open_comments(article, editor)
    html = render_to_string("publishing/admin/review/comments.html", context)
    actions = [form["action"] for form in BeautifulSoup(html, "html.parser").select("form")]
    assert actions == [f"../comments/{said.pk}/{verb}/" for verb in ("accept", "resolve")]
    assert "&lt;b&gt;Less&lt;/b&gt;" in html


WORDS = st.lists(
    st.sampled_from(["dose", "a &amp; b", "<strong>must</strong>", "x<br>y"]), min_size=1
)
INLINE = WORDS.map(" ".join)
BLOCKS = st.recursive(
    INLINE.map(lambda text: f"<p>{text}</p>"),
    lambda inner: st.one_of(
        st.tuples(INLINE, inner).map(lambda two: f"<ul><li>{two[0]}{two[1]}</li></ul>"),
        st.lists(inner, min_size=1, max_size=3).map(lambda many: f"<h2>Head</h2>{''.join(many)}"),
        inner.map(lambda html: f"<blockquote>{html}</blockquote>"),
        st.tuples(INLINE, INLINE).map(
            lambda two: f"<table><tbody><tr><td>{two[0]}</td><td>{two[1]}</td></tr></tbody></table>"
        ),
    ),
    max_leaves=8,
)


@given(BLOCKS)
def test_every_word_is_in_one_passage_and_in_order(html):
    document = QuestionDocument(slug="q", answer=html)
    found = passages.passages_of(document)
    assert " ".join(p.words for p in found).split() == to_text(document.answer).split()
    assert len({p.digest for p in found}) == len(found)
