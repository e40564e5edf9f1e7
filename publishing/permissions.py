"""Who may do what. The verbs ask here, so that admin, commands and API cannot differ."""

from collections.abc import Iterable
from typing import Literal

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from publishing import kinds, roles
from publishing.kinds import Kind
from publishing.refusals import NotAllowed

Action = Literal["write", "sign", "publish", "withdraw"]

_GROUPS_OF: dict[Action, str] = {
    "write": "writers",
    "sign": "signers",
    "publish": "publishers",
    "withdraw": "withdrawers",
}


class MayNot(PermissionDenied):
    """A page or form of the desk is not for this person; ``str()`` says who may, by name."""


def groups_for(action: Action, kind: Kind) -> tuple[str, ...]:
    """Return the names of the groups whose members may do this to this kind."""
    return getattr(kind, _GROUPS_OF[action])


def group_names(user) -> frozenset[str]:
    """Return the names of a person's groups, read once for each user object."""
    if not hasattr(user, "_group_names"):
        user._group_names = frozenset(user.groups.values_list("name", flat=True))
    return user._group_names


def may(user, action: Action, kind: Kind) -> bool:
    """Say whether a person may do this. Administering the site gives no right to sign or publish.

    A superuser may write, so that the stock admin works for them; the other rights come from
    group membership alone, which the admin logs.
    """
    if user is None or not user.is_active:
        return False
    if action == "write" and user.is_superuser:
        return True
    return not group_names(user).isdisjoint(groups_for(action, kind))


def allowed_people(action: Action, kind: Kind) -> list:
    """Return the active accounts that may do this, by name."""
    return _people_in(groups_for(action, kind))


def _people_in(groups: Iterable[str]) -> list:
    people = get_user_model().objects.filter(is_active=True, groups__name__in=list(groups))
    return list(people.distinct().order_by("last_name", "first_name", "username"))


def person_name(user) -> str:
    """Return the name under which a person is shown to other staff."""
    return user.get_full_name() or user.get_username()


def who_may(action: Action, kind: Kind) -> str:
    """Say in words who may do this, by group and by name."""
    said = {
        "write": _("Only %(groups)s can write this."),
        "sign": _("Only %(groups)s can sign this."),
        "publish": _("Only %(groups)s can publish this."),
        "withdraw": _("Only %(groups)s can withdraw this."),
    }[action]
    return _with_names(said, groups_for(action, kind))


def who_may_share(kind: Kind) -> str:
    """Say in words who may share a text before it is public."""
    groups = (*kind.writers, *kind.signers, *kind.publishers)
    return _with_names(_("Only %(groups)s can share this."), groups)


def who_may_comment(kind: Kind) -> str:
    """Say in words who may comment on a text."""
    return _with_names(_("Only %(groups)s can comment on this."), (*kind.writers, *kind.signers))


def _with_names(said: str, groups: Iterable[str]) -> str:
    """Put groups, each once, into a sentence, and say by name who is in them."""
    *labels, last = map(roles.label, groups := list(dict.fromkeys(groups)))
    named = _(" and ").join(filter(None, [", ".join(labels), last])).lower()
    names = ", ".join(person_name(p) for p in _people_in(groups)) or _("nobody yet")
    message = said % {"groups": named}
    return _("%(message)s Yours: %(names)s.") % {"message": message, "names": names}


def require(user, action: Action, kind: Kind) -> None:
    """Raise NotAllowed, naming who may, unless the person may do this."""
    if may(user, action, kind):
        return
    done = {
        "write": _("Not saved."),
        "sign": _("Not signed."),
        "publish": _("Not published."),
        "withdraw": _("Not withdrawn."),
    }[action]
    raise NotAllowed(f"{done} {who_may(action, kind)}")


def require_for_sources(user) -> None:
    """Raise NotAllowed unless the person may write texts that cite sources."""
    citing = [kind for kind in kinds.every() if kind.has_claims]
    if not any(may(user, "write", kind) for kind in citing):
        require(user, "write", citing[0])
