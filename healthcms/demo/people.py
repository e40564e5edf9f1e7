"""The demo's people: accounts to try every role with, and fictional contributors behind them."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User

from healthcms.checks import DEMO_DOMAIN
from healthcms.demo import reading
from healthcms.demo.identity import uid
from publishing import kinds
from publishing.models import Contributor, Credential, Disclosure, Specialty

PASSWORD = "try-healthcms-now"  # noqa: S105
"""Shown to everybody who runs the demo; no server starts with these accounts outside DEBUG."""

_FIRST_DISCLOSURE, _LAST_DISCLOSURE = 215, 30
_CREDENTIALS_LAST = timedelta(days=3 * 365)


@dataclass(frozen=True)
class Account:
    """An account: its groups, what its holder may try, and the contributor whom it belongs to."""

    username: str
    tries: str
    groups: tuple[str, ...] = ()
    contributor: str = ""

    @property
    def email(self) -> str:
        """An address that can't exist, by which a server knows the demo's accounts."""
        return f"{self.username}{DEMO_DOMAIN}"


EDITOR = Account("editor", "writes every kind of text", (kinds.EDITORS,), "avery-placeholder")
MEDICAL_REVIEWER = Account(
    "medical-reviewer",
    "signs articles, questions and supplements",
    (kinds.MEDICAL_REVIEWERS,),
    "rowan-example",
)
DISCLAIMER_REVIEWER = Account(
    "disclaimer-reviewer",
    "signs and publishes the disclaimer",
    (kinds.DISCLAIMER_REVIEWERS,),
    "sasha-fictional",
)
DISCLAIMER_WRITER = Account(
    "disclaimer-writer",
    "the second disclaimer reviewer, so that nobody signs their own words",
    (kinds.DISCLAIMER_REVIEWERS,),
    "ellis-pretend",
)
PUBLISHER = Account(
    "publisher",
    "publishes, schedules, withdraws; signs pages such as “about”",
    (kinds.PUBLISHERS,),
    "kim-dummy",
)
ADMINISTRATOR = Account("administrator", "looks after accounts and the site's own settings")
ACCOUNTS = (
    EDITOR,
    MEDICAL_REVIEWER,
    DISCLAIMER_REVIEWER,
    DISCLAIMER_WRITER,
    PUBLISHER,
    ADMINISTRATOR,
)


def make_people(today: date) -> dict[str, User]:
    """Make specialties, contributors and accounts, and return the accounts by username."""
    topics = {row["slug"]: row["name"] for row in reading.load("topics.toml")["topics"]}
    fields = {slug: Specialty.objects.get_or_create(name=name)[0] for slug, name in topics.items()}
    users = _make_accounts()
    holders = {a.contributor: users[a.username] for a in ACCOUNTS if a.contributor}
    for row in reading.load("people.toml")["people"]:
        person = Contributor.objects.create(
            uid=uid("contributor", row["slug"]),
            slug=row["slug"],
            name=row["name"],
            bio=row["bio"],
            user=holders.get(row["slug"]),
        )
        person.specialties.set(fields[slug] for slug in row["specialties"])
        if row["credential"]:
            Credential.objects.create(
                contributor=person,
                name=row["credential"],
                number=row["number"],
                expires=today + _CREDENTIALS_LAST,
            )
        _declare(person, row, today)
        if person.user:
            person.user.first_name, _, person.user.last_name = person.name.partition(" ")
            person.user.save()
    return users


def _make_accounts() -> dict[str, User]:
    # One hash for all: the password is public, and hashing six times takes seconds.
    password = make_password(PASSWORD)
    users = {}
    for account in ACCOUNTS:
        user = User.objects.create(
            username=account.username,
            email=account.email,
            password=password,
            is_staff=True,
            is_superuser=account is ADMINISTRATOR,
            first_name="Demo" if not account.contributor else "",
            last_name="Administrator" if not account.contributor else "",
        )
        user.groups.set(Group.objects.filter(name__in=account.groups))
        users[account.username] = user
    return users


def _declare(person: Contributor, row: dict, today: date) -> None:
    # A writer's newest disclosure is frozen with every text, so one made after a text would make
    # an untouched save of it a new revision; those who sign renew theirs freely.
    days = [_FIRST_DISCLOSURE] if row["role"] == "Writer" else [_FIRST_DISCLOSURE, _LAST_DISCLOSURE]
    for days_ago in days:
        Disclosure.objects.create(
            contributor=person,
            text=row["disclosure"],
            declared_on=today - timedelta(days=days_ago),
        )


def sign_in_lines(site_url: str) -> list[str]:
    """Return the lines that tell how to sign in in every role."""
    width = max(len(account.username) for account in ACCOUNTS)
    return [
        f"Readers: {site_url}/",
        f"Staff:   {site_url}/admin/  (password of every account: {PASSWORD})",
        *(f"  {account.username:<{width}}  {account.tries}" for account in ACCOUNTS),
    ]
