"""Carrying answers out: the same forms and verbs as the admin's pages."""

from collections.abc import Iterable, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.forms.models import model_to_dict

from healthcms.setting_up.options import SITE_FIELDS
from publishing import kinds
from publishing.checks.problems import Level
from publishing.models import Topic
from publishing.refusals import Refused
from publishing.setup import accounts, levels, page_drafts, registers, texts
from publishing.setup.forms import ColourForm, NameForm, PlaceForm, SiteForm, TopicForm
from publishing.setup.log import log
from publishing.setup.people import roles_of
from publishing.setup.people_forms import PersonForm

ROLE_NAMES = {
    "editor": kinds.EDITORS,
    "medical-reviewer": kinds.MEDICAL_REVIEWERS,
    "disclaimer-reviewer": kinds.DISCLAIMER_REVIEWERS,
    "publisher": kinds.PUBLISHERS,
}
SITE_FORMS = (NameForm, ColourForm, PlaceForm)


class NotSetUp(Exception):
    """An answer can't be taken; what came before it is kept. ``str()`` says why."""


class Answers:
    """The answers of one run, and in whose name they are carried out."""

    def __init__(self, options: Mapping[str, Any], out) -> None:
        self.options = options
        self.out = out

    def apply(self) -> None:
        """Carry out what the options say: all of it or nothing. Raises NotSetUp."""
        # What is said before something fails was undone with it, so it is said at the end.
        out, self.out = self.out, StringIO()
        try:
            with transaction.atomic():
                self._carry_out(self.options)
            out.write(self.out.getvalue(), ending="")
        finally:
            self.out = out

    def _carry_out(self, options: Mapping[str, Any]) -> None:
        if options["administrator"]:
            name, email = options["administrator"]
            self.administrator({"name": name, "email": email})
        given = {name: options[name] for name in SITE_FIELDS if options[name] is not None}
        for form_class in SITE_FORMS:
            mine = {name: value for name, value in given.items() if name in _fields(form_class)}
            files = self._logo() if form_class is ColourForm else {}
            if mine or files:
                self.site(form_class, mine, files)
        for words in options["person"]:
            self.person(_person_from(words))
        for words in options["topic"]:
            self.topic(_topic_from(words))
        if options["disclaimer"]:
            self.disclaimer()
        if options["pages"]:
            self.pages()
        self._levels(options["level"], options["why"])

    def user(self):
        """Return in whose name things are done. Raises NotSetUp where that is not clear."""
        users = get_user_model().objects.filter(is_active=True)
        named = self.options["user"]
        if named:
            found = users.filter(username=named).first()
            if found is None:
                raise NotSetUp(f"There is no account “{named}”. Name another with --user.")
            return found
        administrators = list(users.filter(is_superuser=True)[:2])
        if len(administrators) == 1:
            return administrators[0]
        if not administrators:
            raise NotSetUp("There is no administrator yet. Make one: --administrator NAME EMAIL.")
        raise NotSetUp("There are several administrators. Say in whose name: --user NAME.")

    def site(self, form_class: type[SiteForm], given: Mapping[str, Any], files=None) -> None:
        """Set a part of the site's row; what is not given stays as it is."""
        row = registers.site_row()
        held = model_to_dict(row, fields=_fields(form_class))
        held.pop("logo", None)
        if "languages" in held:
            held["languages"] = ", ".join(held["languages"])
        form = _valid(form_class({**held, **given}, files, instance=row))
        if form.changed_data:
            row = form.save()
            log(self.user(), row, f"setup_site: {', '.join(form.changed_data)}")

    def administrator(self, given: Mapping[str, Any]) -> None:
        """Make an administrator's account, if there is none with that address."""
        if accounts.account_of(given["email"]) is not None:
            return
        form = _valid(PersonForm({**given, "administrator": True}))
        self._tell_link(accounts.save_person(form.person()))

    def person(self, given: Mapping[str, Any]) -> None:
        """Make an account, or bring the one with that address up to date."""
        user = accounts.account_of(given["email"])
        also = {"administrator": user.is_superuser} if user else {}
        form = _valid(PersonForm({**given, **also}, user=user))
        saved = accounts.save_person(form.person(), by=self.user(), user=user)
        self._say(f"{saved.get_full_name()}: {', '.join(roles_of(saved)) or 'no role'}.")
        if user is None:
            self._tell_link(saved)

    def topic(self, given: Mapping[str, Any]) -> None:
        """Add a topic, or bring it up to date."""
        topic, made = _valid(TopicForm(given)).save()
        log(self.user(), topic, "setup_site", added=made)
        self._say(f"Topic “{topic.name}” is {'added' if made else 'up to date'}.")

    def disclaimer(self) -> None:
        """Save the default disclaimer as a draft, unless one is there."""
        if texts.site_disclaimer() is not None:
            self._say("A disclaimer is there already.")
            return
        self._refusable(lambda: texts.draft_disclaimer(by=self.user()))
        self._say("The disclaimer's draft is made. Read it, and let somebody else sign it.")

    def pages(self) -> None:
        """Save drafts of the pages that are not there yet."""
        wanted = page_drafts.slugs()
        made = self._refusable(lambda: texts.draft_pages(wanted, by=self.user()))
        self._say(f"Drafts made: {len(made)}. Their questions are for you to answer.")

    def _levels(self, wanted: Iterable[str], why: str) -> None:
        for text in wanted:
            check, _sign, rest = text.partition("=")
            level, _at, slug = rest.partition("@")
            topic = Topic.objects.filter(slug=slug).first() if slug else None
            if slug and topic is None:
                raise NotSetUp(f"There is no topic at the address “{slug}”.")
            try:
                chosen = None if level == "own" else Level(level)
                changed = levels.lower({check: chosen}, by=self.user(), why=why, topic=topic)
            except (ValueError, KeyError) as error:
                raise NotSetUp(
                    f"Level not set. “{text}”: a check that is not fixed, “=”, and a level below "
                    "its own (warning, advice or own), with the reason as --why."
                ) from error
            for line in changed:
                self._say(line)

    def _logo(self) -> dict[str, Any]:
        if not self.options["logo"]:
            return {}
        path = Path(self.options["logo"])
        try:
            return {"logo": SimpleUploadedFile(path.name, path.read_bytes())}
        except OSError as error:
            raise NotSetUp(f"The logo can't be read: {error}.") from error

    def _say(self, line: str) -> None:
        self.out.write(f"{line}\n")

    def _tell_link(self, user) -> None:
        url = settings.SITE_URL + accounts.password_path(user)
        self._say(f"{user.get_full_name()} signs in as {user.get_username()}.")
        self._say(f"  To set the password, once: {url}")

    def _refusable(self, verb):
        try:
            return verb()
        except Refused as refusal:
            raise NotSetUp(refusal.message) from refusal


def _fields(form_class: type[SiteForm]) -> tuple[str, ...]:
    return tuple(form_class.Meta.fields)


def _person_from(words: list[str]) -> dict[str, Any]:
    if not 3 <= len(words) <= 5:
        raise NotSetUp("A person is NAME EMAIL ROLES [CREDENTIAL [NUMBER]], each in quotes.")
    name, email, roles, *rest = words
    credential, number = [*rest, "", ""][:2]
    chosen = [role.strip() for role in roles.split(",") if role.strip()]
    unknown = [role for role in chosen if role not in ROLE_NAMES]
    if unknown:
        known = ", ".join(ROLE_NAMES)
        raise NotSetUp(f"There is no role “{unknown[0]}”. Roles: {known}.")
    return {
        "name": name,
        "email": email,
        "roles": [ROLE_NAMES[role] for role in chosen],
        "credential": credential,
        "number": number,
    }


def _topic_from(words: list[str]) -> dict[str, Any]:
    if not 2 <= len(words) <= 4:
        raise NotSetUp("A topic is NAME MONTHS [GRADE [SPECIALTIES]], each in quotes.")
    name, months, *rest = words
    grade, specialties = [*rest, *["8", ""][len(rest) :]]
    return {"name": name, "months": months, "grade": grade, "specialties": specialties}


def _valid(form: forms.BaseForm):
    """Return a form that can be saved. Raises NotSetUp naming each field and what is wrong."""
    if form.is_valid():
        return form
    said = []
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        said += [f"{label}: {message}" if label else str(message) for message in errors]
    raise NotSetUp(" ".join(said))
