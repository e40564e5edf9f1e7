"""Every address of the admin, by role and state: who gets in, and that a refusal changes nothing.

An address without an expectation fails: whoever adds one says here who may use it.
"""

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern

from publishing import kinds
from tests import factories
from tests.desk.standing import ROLES, STATES, Staff, entry_in

E, M, D, P, A = "editor", "medical", "disclaimer", "publisher", "admin"
EVERYONE = {E, M, D, P, A}

# DESIGN's table of who may do what; an administrator may write, and nothing else.
MAY = {
    "article": {"write": {E, A}, "sign": {M}, "publish": {P}, "withdraw": {P, M}},
    "question": {"write": {E, A}, "sign": {M}, "publish": {P}, "withdraw": {P, M}},
    "supplement": {"write": {E, A}, "sign": {M}, "publish": {P}, "withdraw": {P, M}},
    "term": {"write": {E, A}, "sign": {M}, "publish": {P}, "withdraw": {P, M}},
    "static_page": {"write": {E, A}, "sign": {P}, "publish": {P}, "withdraw": {P, M}},
    "disclaimer": {"write": {E, D, A}, "sign": {D}, "publish": {D}, "withdraw": {P, M}},
}

# Action: the right that opens it (or “view”), and what it answers then.
OPENS = {
    "changelist": ("view", 200),
    "change": ("view", 200),
    "history": ("view", 200),
    "compare": ("view", 200),
    "preview": ("view", 200),
    "problems": ("view", 200),
    "used_on": ("view", 200),
    "add": ("write", 200),
    "request_review": ("write", 200),
    "override": ("write", 200),
    "restore": ("write", 200),
    "sign": ("sign", 200),
    "ask_for_changes": ("sign", 200),
    "decline": ("sign", 200),
    "renew": ("sign", 200),
    "publish": ("publish", 200),
    "cancel": ("publish", 200),
    "withdraw": ("withdraw", 200),
    "notice": ("withdraw", 200),
    "lift_notice": ("withdraw", 404),
    "translate": ("write", 200),
    "up_to_date": ("write", 200),
    "bulk_request_review": ("write", 302),
    "bulk_change_topic": ("write", 302),
    "bulk_sign": ("sign", 302),
    "bulk_publish": ("publish", 302),
    "bulk_schedule": ("publish", 302),
    "bulk_report": ("view", 302),
    "share": ("write or sign or publish", 200),
    "comment": ("write or sign", 404),
    "delete": ("nobody", 403),
    # The browser's own: by POST alone, or back to the form.
    "case": ("write by POST", 405),
    "tick": ("by POST", 405),
    "resolve": ("by POST", 405),
    "accept": ("by POST", 405),
    "presence": ("by POST", 405),
    "preview_typed": ("by POST", 302),
    "preview_new": ("by POST", 302),
}

# Everything that is no entry: who gets in.
ELSEWHERE = {
    "index": EVERYONE | {"nobody"},
    "password_change": EVERYONE | {"nobody"},
    "password_change_done": EVERYONE | {"nobody"},
    "jsi18n": EVERYONE | {"nobody"},
    "setup": {P, A},
    "articles_article_import": {E, A},
    "publishing_topic_changelist": EVERYONE,
    "publishing_topic_add": {E, A},
    "publishing_topic_change": EVERYONE,
    "publishing_topic_history": EVERYONE,
    "publishing_topic_delete": {A},
    "publishing_topic_used_on": EVERYONE,
    "publishing_specialty_changelist": EVERYONE,
    "publishing_specialty_add": {E, A},
    "publishing_specialty_change": EVERYONE,
    "publishing_specialty_history": EVERYONE,
    "publishing_specialty_delete": {A},
    "publishing_contributor_changelist": EVERYONE,
    "publishing_contributor_add": {E, A},
    "publishing_contributor_change": EVERYONE,
    "publishing_contributor_history": EVERYONE,
    "publishing_contributor_delete": set(),
    "publishing_contributor_used_on": EVERYONE,
    "publishing_picture_changelist": EVERYONE,
    "publishing_picture_add": {E, A},
    "publishing_picture_change": EVERYONE,
    "publishing_picture_history": EVERYONE,
    "publishing_picture_delete": {E, A},
    "publishing_picture_used_on": EVERYONE,
    "publishing_site_changelist": {P, A},
    "publishing_site_add": set(),
    "publishing_site_change": {P, A},
    "publishing_site_history": {P, A},
    "publishing_site_delete": set(),
    "publishing_entry_changelist": {E, D, A},
    "publishing_entry_add": set(),
    "publishing_entry_change": {E, D, A},
    "publishing_entry_history": {E, D, A},
    "publishing_entry_delete": set(),
    "publishing_feedback_changelist": EVERYONE,
    "publishing_feedback_add": set(),
    "publishing_feedback_change": EVERYONE,
    "publishing_feedback_history": EVERYONE,
    "publishing_feedback_delete": {A},
    "publishing_missedsearch_changelist": EVERYONE,
    "publishing_missedsearch_add": set(),
    "publishing_missedsearch_change": EVERYONE,
    "publishing_missedsearch_history": EVERYONE,
    "publishing_missedsearch_delete": set(),
    "references_reference_changelist": EVERYONE,
    "references_reference_add": {E, A},
    "references_reference_change": EVERYONE,
    "references_reference_history": EVERYONE,
    "references_reference_delete": {A},
    "references_reference_used_on": EVERYONE,
    "auth_group_changelist": {A},
    "auth_group_add": {A},
    "auth_group_change": {A},
    "auth_group_history": {A},
    "auth_group_delete": {A},
    "auth_user_changelist": {A},
    "auth_user_add": {A},
    "auth_user_change": {A},
    "auth_user_history": {A},
    "auth_user_delete": {A},
    "auth_user_password_change": {A},
    "publishing_disclaimer_where_shown": EVERYONE,
    "publishing_disclaimer_where_shown_list": EVERYONE,
    "publishing_disclaimer_also_found": EVERYONE,
}
# Shown by what they lead to, in tests of their own.
OPEN_TO_ALL = {"login", "logout", "autocomplete", "view_on_site", "app_list", "set_password"}
OF_AN_OBJECT = {
    "articles_article_import_record",
    "articles_article_import_file",
    "setup_step",
    "setup_person",
    "references_reference_cite",
    "supplements_supplement_tables",
}


def patterns() -> dict[str, URLPattern]:
    """Return the named addresses of the admin."""
    [admin] = [p for p in get_resolver().url_patterns if str(p.pattern) == "admin/"]

    def walk(found):
        for pattern in found:
            if isinstance(pattern, URLPattern):
                if pattern.name:
                    yield pattern.name, pattern
            else:
                yield from walk(pattern.url_patterns)

    return dict(reversed(list(walk(admin.url_patterns))))


def prefix(kind_name: str) -> str:
    return kinds.get(kind_name).model._meta.label_lower.replace(".", "_")


def actions_of(kind_name: str) -> dict[str, URLPattern]:
    """Return a kind's addresses by action."""
    start = prefix(kind_name) + "_"
    return {
        name.removeprefix(start): pattern
        for name, pattern in patterns().items()
        if name.startswith(start) and name not in ELSEWHERE and name not in OF_AN_OBJECT
    }


def address(name: str, pattern: URLPattern, pk) -> str:
    every = {"pk": pk, "object_id": pk, "id": pk, "number": 1, "comment": 1, "case": 1}
    return reverse(f"admin:{name}", kwargs={k: every[k] for k in pattern.pattern.converters})


def allowed(kind_name: str, right: str) -> set[str]:
    if right == "view":
        return EVERYONE
    may = MAY[kind_name]
    return set().union(*(may.get(word, set()) for word in right.split(" or ")))


def expected(kind_name: str, action: str, role: str) -> int:
    right, status = OPENS[action]
    if role == "anonymous":
        return 302
    if (kind_name, action) in NOT_OFFERED:
        return 403
    if right == "by POST":
        return status
    right = right.removesuffix(" by POST")
    return status if role in allowed(kind_name, right) else 403


@pytest.fixture
def staff(db, disclaimer) -> dict[str, Client]:
    people = Staff()
    clients = {role: Client() for role in ROLES}
    for role in ROLES:
        user = getattr(people, role)
        if user is not None:
            clients[role].force_login(user)
    return clients


def fingerprint() -> dict[str, list]:
    """Return every row that a verb could write, whole.

    Asked by hand: saying forty queries anew through the models took most of these tests' time.
    """
    ours = ("publishing", "articles", "faq", "supplements", "references")
    models = [model._meta for model in apps.get_models() if model._meta.app_label in ours]
    rows = {}
    with connection.cursor() as cursor:
        for meta in models:
            cursor.execute(f'SELECT * FROM "{meta.db_table}" ORDER BY "{meta.pk.column}"')
            rows[meta.label] = cursor.fetchall()
    return rows


def test_every_address_has_an_expectation():
    known = {f"{prefix(kind)}_{action}" for kind in MAY for action in OPENS}
    unknown = set(patterns()) - known - set(ELSEWHERE) - OPEN_TO_ALL - OF_AN_OBJECT
    assert unknown == set()


@pytest.mark.one_engine
@pytest.mark.parametrize("state", STATES)
def test_who_opens_what_of_an_article(staff, state):
    entry = entry_in(state)
    wrong = _walk(staff, "article", entry, state)
    assert wrong == []


@pytest.mark.one_engine
@pytest.mark.parametrize("kind_name", sorted(set(MAY) - {"article"}))
def test_who_opens_what_of_the_other_kinds(staff, kind_name):
    wrong = []
    for state in ("draft", "live"):
        wrong += _walk(staff, kind_name, entry_in(state, kind_name), state)
    assert wrong == []


# A page of the site itself and a disclaimer have no topic of their own to change.
NOT_OFFERED = {("static_page", "bulk_change_topic"), ("disclaimer", "bulk_change_topic")}


# The sign page reads, renders and checks a text with all that it shows.
MOST_QUERIES = 60


class Counter:
    """Counts queries, and no more: Django's own way has SQLite quote each value of each of them."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)


def _walk(staff, kind_name, entry, state) -> list:
    wrong = []
    for action, pattern in actions_of(kind_name).items():
        path = address(f"{prefix(kind_name)}_{action}", pattern, entry.pk)
        for role, client in staff.items():
            queries = Counter()
            with connection.execute_wrapper(queries):
                status = client.get(path).status_code
            if queries.count > MOST_QUERIES:
                wrong.append((kind_name, state, action, role, queries.count, "queries"))
            if status != (wanted := expected(kind_name, action, role)):
                wrong.append((kind_name, state, action, role, status, f"expected {wanted}"))
    return wrong


# What a person sends who means it; texts and versions are the entry's own.
SENT = {
    "request_review": {"note": "Look at it."},
    "ask_for_changes": {"note": "Name the dose."},
    "sign": {"password": "a long test password"},
    "renew": {"password": "a long test password"},
    "decline": {"why": "time"},
    "override": {"check": "SUM-1", "reason": "It is short."},
    "publish": {},
    "cancel": {"edition": "1"},
    "withdraw": {"reason": "wrong"},
    "notice": {"wording": "dose"},
    "lift_notice": {},
    "translate": {"language": "es", "title": "Otro"},
    "up_to_date": {"number": "1"},
    "restore": {},
    "comment": {"text": "Why?"},
    "tick": {"passage": "0" * 64},
    "resolve": {},
    "accept": {},
    "case": {},
    "presence": {},
    "share": {"days": "1"},
}


@pytest.mark.one_engine
@pytest.mark.parametrize("kind_name", ["article", "disclaimer"])
@pytest.mark.parametrize("state", ["draft", "signed", "live", "withdrawn"])
def test_what_is_refused_leaves_every_row_as_it_was(staff, state, kind_name):
    entry = entry_in(state, kind_name)
    wrong = []
    for action, pattern in actions_of(kind_name).items():
        if action not in SENT:
            continue
        right = OPENS[action][0]
        path = address(f"{prefix(kind_name)}_{action}", pattern, entry.pk)
        for role, client in staff.items():
            of_all = right == "by POST" and role != "anonymous"
            if of_all or role in allowed(kind_name, right.removesuffix(" by POST")):
                continue
            data = {"revision": entry.head_id, **SENT[action]}
            before = fingerprint()
            status = client.post(path, data).status_code
            if status not in (302, 403, 404) or fingerprint() != before:
                wrong.append((action, role, status))
    assert wrong == []


@pytest.mark.parametrize("state", STATES)
def test_what_the_state_refuses_leaves_every_row_as_it_was(staff, state):
    """By those who may: publishing the unsigned, withdrawing what isn't live, signing unread."""
    entry = entry_in(state)
    wrong = []
    for action in ("sign", "renew", "lift_notice", "cancel", "publish", "notice", "withdraw"):
        pattern = actions_of("article")[action]
        path = address(f"articles_article_{action}", pattern, entry.pk)
        [role] = sorted(allowed("article", OPENS[action][0]))[:1]
        before = fingerprint()
        response = staff[role].post(path, {"revision": entry.head_id, **SENT[action]})
        if response.status_code in (200, 404, 409) and fingerprint() != before:
            wrong.append((action, role, response.status_code))
        if response.status_code not in (200, 302, 404, 409):
            wrong.append((action, role, response.status_code))
    assert wrong == []


@pytest.mark.one_engine
def test_who_opens_the_registers_and_the_desk(staff):
    objects = {
        "publishing_topic": factories.topic().pk,
        "publishing_specialty": _specialty().pk,
        "publishing_contributor": User.objects.get(username="mina").contributor.pk,
        "publishing_picture": factories.picture(User.objects.get(username="walker")).pk,
        "publishing_site": factories.fund_site().pk,
        "publishing_entry": _disclaimer().pk,
        "publishing_feedback": _feedback().pk,
        "publishing_missedsearch": _missed_search().pk,
        "references_reference": factories.reference().pk,
        "auth_group": User.objects.get(username="mina").groups.get().pk,
        "auth_user": User.objects.get(username="nora").pk,
        "publishing_disclaimer": _disclaimer().pk,
    }
    wrong = []
    for name, who in ELSEWHERE.items():
        pattern = patterns()[name]
        pk = next((pk for label, pk in objects.items() if name.startswith(label)), None)
        path = address(name, pattern, pk)
        for role, client in staff.items():
            status = client.get(path).status_code
            wanted = 302 if role == "anonymous" else 200 if role in who else 403
            if status != wanted:
                wrong.append((name, role, status, f"expected {wanted}"))
    assert wrong == []


def _specialty():
    from publishing.models import Specialty

    return Specialty.objects.get_or_create(name="Neurology")[0]


def _feedback():
    from publishing.models import Edition, Feedback

    edition = Edition.objects.get()
    return Feedback.objects.create(edition=edition, useful=True, at=edition.live_from)


def _missed_search():
    from publishing.models import MissedSearch

    return MissedSearch.objects.create(query="selenium", day="2026-03-02", count=3)


def _disclaimer():
    from publishing.models import Disclaimer

    return Disclaimer.objects.get()
