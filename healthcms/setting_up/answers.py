"""Carrying answers out: the same forms and verbs as the admin's pages."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from io import StringIO
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from healthcms.setting_up import typed
from healthcms.setting_up.options import LOGOS, SITE_FIELDS
from healthcms.setting_up.typed import NotSetUp, TypedLevel, valid
from publishing.models import Topic
from publishing.refusals import Refused
from publishing.setup import accounts, levels, page_drafts, registers, texts
from publishing.setup.check_names import name_of
from publishing.setup.forms import ColourForm, NameForm, PlaceForm, SiteForm, TopicForm
from publishing.setup.log import log
from publishing.setup.people import roles_of
from publishing.setup.people_forms import LevelsForm, PersonForm

SITE_FORMS = (NameForm, ColourForm, PlaceForm)


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
        self._carry_out_site(options)
        for words in options["person"]:
            self.person(typed.person(words))
        for words in options["topic"]:
            self.topic(typed.topic(words))
        if options["disclaimer"]:
            self.disclaimer()
        if options["pages"]:
            self.pages()
        if options["level"]:
            self.levels(map(typed.level, options["level"]), options["why"])
        if options["levels"]:
            self.tell_levels()

    def _carry_out_site(self, options: Mapping[str, Any]) -> None:
        given = {name: options[name] for name in SITE_FIELDS if options[name] is not None}
        for form_class in SITE_FORMS:
            mine = {name: value for name, value in given.items() if name in _fields(form_class)}
            if form_class is ColourForm:
                mine |= {name: options[name] for name in LOGOS if options[name] is not None}
            if mine:
                self.site(form_class, mine)

    def user(self):
        """Return in whose name things are done. Raises NotSetUp where that is not clear."""
        users = get_user_model().objects.filter(is_active=True)
        named = self.options["user"]
        if named:
            found = users.filter(username=named).first()
            if found is None:
                raise NotSetUp(
                    _("There is no account “%(name)s”. Name another with --user.") % {"name": named}
                )
            return found
        administrators = list(users.filter(is_superuser=True)[:2])
        if len(administrators) == 1:
            return administrators[0]
        if not administrators:
            raise NotSetUp(
                _("There is no administrator yet. Make one: --administrator NAME EMAIL.")
            )
        raise NotSetUp(_("There are several administrators. Say in whose name: --user NAME."))

    def site(self, form_class: type[SiteForm], given: Mapping[str, Any]) -> None:
        """Set a part of the site's row; what is not given stays as it is.

        A logo is the path of a picture, "" to have none.
        """
        row = registers.site_row()
        given, files = dict(given), {}
        held = model_to_dict(row, fields=_fields(form_class))
        for name in LOGOS:
            held.pop(name, None)
            path = given.pop(name, None)
            if path:
                files[name] = typed.picture(path)
            elif path is not None:
                given[f"{name}-clear"] = "on"
        if "languages" in held:
            held["languages"] = ", ".join(held["languages"])
        form = valid(form_class({**held, **given}, files, instance=row))
        if form.changed_data:
            row = form.save()
            labels = [str(form.fields[name].label) for name in form.changed_data]
            log(self.user(), row, _("Changed: %(names)s") % {"names": ", ".join(labels)})

    def administrator(self, given: Mapping[str, Any]) -> None:
        """Make an administrator's account, if there is none with that address."""
        if accounts.account_of(given["email"]) is not None:
            return
        form = valid(PersonForm({**given, "administrator": True}))
        self._tell_link(accounts.save_person(form.person()))

    def person(self, given: Mapping[str, Any]) -> None:
        """Make an account, or bring the one with that address up to date."""
        user = accounts.account_of(given["email"])
        also = {"administrator": user.is_superuser} if user else {}
        form = valid(PersonForm({**given, **also}, user=user))
        saved = accounts.save_person(form.person(), by=self.user(), user=user)
        words = {"name": saved.get_full_name(), "roles": ", ".join(roles_of(saved)) or _("no role")}
        self._say(_("%(name)s: %(roles)s.") % words)
        if user is None:
            self._tell_link(saved)

    def topic(self, given: Mapping[str, Any]) -> None:
        """Add a topic, or bring it up to date."""
        topic, made = valid(TopicForm(given)).save()
        said = _("Topic “%(topic)s” is added.") if made else _("Topic “%(topic)s” is up to date.")
        said = said % {"topic": topic.name}
        log(self.user(), topic, said, added=made)
        self._say(said)

    def disclaimer(self) -> None:
        """Save the default disclaimer as a draft, unless one is there."""
        if texts.site_disclaimer() is not None:
            self._say(_("A disclaimer is there already."))
            return
        self._refusable(lambda: texts.draft_disclaimer(by=self.user()))
        self._say(_("The disclaimer's draft is made. Read it, and let somebody else sign it."))

    def pages(self) -> None:
        """Save drafts of the pages that are not there yet."""
        wanted = page_drafts.slugs()
        made = self._refusable(lambda: texts.draft_pages(wanted, by=self.user()))
        said = ngettext(
            "%(count)d draft is made. Its questions are for you to answer.",
            "%(count)d drafts are made. Their questions are for you to answer.",
            len(made),
        )
        self._say(said % {"count": len(made)})

    def levels(self, wanted: Iterable[TypedLevel], why: str) -> None:
        """Set the levels of checks, each for all pages or one topic's. Raises NotSetUp."""
        by_topic: dict[Topic | None, dict[str, str]] = defaultdict(dict)
        for one in wanted:
            by_topic[one.topic][one.check] = "" if one.level == typed.OWN else one.level
            if not one.level or one.check not in levels.lowerable():
                raise NotSetUp(_not_lowered(one))
        for topic, chosen in by_topic.items():
            held = {name: field.initial for name, field in LevelsForm(topic=topic).fields.items()}
            form = LevelsForm({**held, **chosen, "why": why}, topic=topic)
            wrong = next((name for name in form.errors if name in chosen), None)
            if wrong is not None:
                raise NotSetUp(_not_lowered(TypedLevel(wrong, chosen[wrong], topic)))
            if "why" in form.errors:
                raise NotSetUp(_("Level not set. Say why (--why): the log keeps it."))
            for line in valid(form).save(by=self.user()):
                self._say(line)

    def tell_levels(self) -> None:
        """Print each check that can be lowered, its level for all pages, and what it may become."""
        form = LevelsForm()
        for check in levels.lowerable():
            chosen = str(form.fields[check].initial or levels.gravest(check))
            may = ", ".join([*levels.may_become(check), typed.OWN])
            words = {"check": check, "name": name_of(check), "level": chosen, "may": may}
            self._say(_("%(check)s (%(name)s): %(level)s. It can be: %(may)s.") % words)

    def _say(self, line: str) -> None:
        self.out.write(f"{line}\n")

    def _tell_link(self, user) -> None:
        url = settings.SITE_URL + accounts.password_path(user)
        words = {"name": user.get_full_name(), "user": user.get_username()}
        self._say(_("%(name)s signs in as %(user)s.") % words)
        self._say("  " + _("To set the password, once: %(url)s") % {"url": url})

    def _refusable(self, verb):
        try:
            return verb()
        except Refused as refusal:
            raise NotSetUp(refusal.message) from refusal


def _fields(form_class: type[SiteForm]) -> tuple[str, ...]:
    return tuple(form_class.Meta.fields)


def _not_lowered(one: TypedLevel) -> str:
    if one.check not in levels.lowerable():
        return _(
            "Level not set. “%(check)s” is no check that can be lowered. See them all: --levels."
        ) % {"check": one.check}
    return _("Level not set. %(check)s can't become “%(level)s”. It can be: %(may)s.") % {
        "check": one.check,
        "level": one.level,
        "may": ", ".join([*levels.may_become(one.check), typed.OWN]),
    }
