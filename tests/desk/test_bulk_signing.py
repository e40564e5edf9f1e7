"""Signing several texts at once: what is ticked, stated and typed, and what is left out."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from publishing import clock as clocks
from publishing import kinds
from publishing.models import SignOff
from tests import factories
from tests.desk.bulk import PASSWORD, choose, reported, submit, title
from tests.forms import form_data


@pytest.fixture
def clock():
    """A clock that stands still an hour ago: the pages read the real time."""
    return factories.Clock(clocks.now() - timedelta(hours=1))


def test_signing_takes_ticks_statements_and_one_password(client, drafts, reviewer):
    client.force_login(reviewer)
    address = choose(client, "sign", drafts)
    html = client.get(address).content.decode()
    boxes = BeautifulSoup(html, "html.parser").select("input[name^=tick_]")
    read = [f"{revision.entry_id}:1" for revision in drafts[:2]]
    assert "entry" not in form_data(html), "nothing is ticked when the page opens"
    for revision in drafts:
        assert f"/{revision.entry_id}/preview/1/?along=" in html
        assert f"approve version {revision.short_digest}" in html
    statements = {box["name"]: "on" for box in boxes}

    unread = submit(client, address, password=PASSWORD, **statements)
    assert "Tick the texts that you have read" in unread.content.decode()
    wrong = submit(client, address, tick=read, password="something else", **statements)
    assert "That is not your password" in wrong.content.decode()
    silent = submit(client, address, tick=read, password=PASSWORD)
    assert "You have not ticked" in silent.content.decode()
    assert not SignOff.objects.filter(revision__in=drafts).exists()

    done = submit(client, address, tick=read, password=PASSWORD, **statements)
    report = reported(client, done)
    assert f"Signed: version {drafts[0].short_digest}." in report[title(drafts[0])]
    assert "you did not tick it" in report[title(drafts[2])]
    made = SignOff.objects.filter(revision__in=drafts)
    assert {s.revision_id for s in made} == {drafts[0].pk, drafts[1].pk}
    # The same again, as by a second click, signs nothing twice.
    again = submit(client, address, tick=read, password=PASSWORD, **statements)
    assert "Tick the texts that you have read" in again.content.decode()
    assert made.count() == 2


def test_own_text_and_newer_text_are_not_signed(client, drafts, editor, clock):
    both = factories.person("bo", kinds.EDITORS, kinds.MEDICAL_REVIEWERS)
    own = factories.saved(factories.article_document(both, "own"), both, clock)
    client.force_login(both)
    address = choose(client, "sign", [own, *drafts[:2]])
    html = client.get(address).content.decode()
    assert "You wrote part of this text" in html
    assert f'value="{own.entry_id}:1"' not in html
    boxes = BeautifulSoup(html, "html.parser").select("input[name^=tick_]")
    ticked = [f"{r.entry_id}:1" for r in (own, *drafts[:2])]
    data = {**form_data(html), **{box["name"]: "on" for box in boxes}}
    data |= {"entry": ticked, "password": PASSWORD, "interests": "None at all."}
    changed = factories.article_document(editor, "text-0", lead="Newer.")
    factories.saved(changed, editor, clock, kinds.draft_of(drafts[0].entry))
    refused = client.post(address, data)
    assert refused.status_code == 409
    assert "changed after you opened this page" in refused.content.decode()
    assert f'value="{drafts[0].entry_id}:2"' in refused.content.decode()
    again = form_data(refused.content.decode())["entry"]
    assert again == [f"{drafts[1].entry_id}:1"], "the newest text is not ticked: nobody read it"
    assert "None at all." in refused.content.decode()
    assert not SignOff.objects.filter(by=both).exists()


def statements_of(html: str) -> dict[str, str]:
    boxes = BeautifulSoup(html, "html.parser").select("input[name^=tick_]")
    return {box["name"]: "on" for box in boxes}


def test_the_password_holds_for_the_same_list_alone(client, drafts, reviewer):
    client.force_login(reviewer)
    address = choose(client, "sign", drafts)
    said = statements_of(client.get(address).content.decode())
    two = [f"{revision.entry_id}:1" for revision in drafts[:2]]
    three = [f"{revision.entry_id}:1" for revision in drafts]

    refused = submit(client, address, tick=two, password=PASSWORD)
    assert "You have not ticked" in refused.content.decode()
    assert "You typed it for this list." in refused.content.decode()
    other = submit(client, address, tick=three, **said)
    assert other.status_code == 200, "another list asks for the password"
    assert not SignOff.objects.filter(revision__in=drafts).exists()
    done = reported(client, submit(client, address, tick=two, **said))
    assert sum("Signed: version" in line for line in done.values()) == 2
    # What it was typed for is done.
    assert "signing" not in client.session
    rest = submit(client, address, tick=three[2:], **said)
    assert rest.status_code == 200
    assert not SignOff.objects.filter(revision=drafts[2]).exists()


def test_the_password_holds_for_five_minutes(client, drafts, reviewer):
    client.force_login(reviewer)
    address = choose(client, "sign", drafts)
    said = statements_of(client.get(address).content.decode())
    tick = [f"{drafts[0].entry_id}:1"]
    submit(client, address, tick=tick, password=PASSWORD)
    session = client.session
    session["signing"] = {
        **session["signing"],
        "at": (clocks.now() - timedelta(minutes=5, seconds=1)).isoformat(),
    }
    session.save()
    assert submit(client, address, tick=tick, **said).status_code == 200
    assert not SignOff.objects.filter(revision=drafts[0]).exists()


def test_a_newer_text_needs_the_password_again(client, drafts, editor, reviewer, clock):
    client.force_login(reviewer)
    address = choose(client, "sign", drafts[:1])
    said = statements_of(client.get(address).content.decode())
    tick = [f"{drafts[0].entry_id}:1"]
    opened = form_data(client.get(address).content.decode())
    submit(client, address, tick=tick, password=PASSWORD)
    changed = factories.article_document(editor, "text-0", lead="Newer.")
    factories.saved(changed, editor, clock, kinds.draft_of(drafts[0].entry))
    stale = client.post(address, {**opened, **said, "entry": tick})
    assert stale.status_code == 409
    assert "You typed it for this list." not in stale.content.decode()
    newest = [f"{drafts[0].entry_id}:2"]
    assert submit(client, address, tick=newest, **said).status_code == 200
    assert not SignOff.objects.filter(revision__entry=drafts[0].entry_id).exists()
