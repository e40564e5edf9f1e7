"""Changing the topics of several entries: an edit of each draft, saved as a version."""

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from publishing import languages, verbs
from publishing.admin.actions.page import ActionForm, NoteField
from publishing.admin.bulk.page import BulkPage
from publishing.locks import lock
from publishing.models import Topic
from publishing.models.entries import ChangeKindChoices
from publishing.refusals import Refused
from publishing.state import State

ADD, ONLY, REMOVE = "add", "only", "remove"


class ChangeTopicForm(ActionForm):
    how = forms.ChoiceField(
        choices=[
            (ADD, gettext_lazy("Add it to their topics")),
            (ONLY, gettext_lazy("Make it their only topic")),
            (REMOVE, gettext_lazy("Remove it from their topics")),
        ],
        initial=ADD,
        widget=forms.RadioSelect,
        label=gettext_lazy("What to do with it"),
    )
    topic = forms.ModelChoiceField(queryset=Topic.objects.all(), label=gettext_lazy("Topic"))

    change_kind = forms.ChoiceField(
        choices=[("", "---------"), *ChangeKindChoices.choices],
        required=False,
        label=gettext_lazy("What kind of change"),
    )
    change_note = NoteField(
        gettext_lazy("What changed, for readers"),
        help_text=gettext_lazy(
            "Pages that have been live need both before they are signed. Left empty, each keeps "
            "what it says now."
        ),
    )

    field_order = ("topic", "how")


class ChangeTopic(BulkPage):
    name = "change_topic"
    title = gettext_lazy("Change topic")
    button = gettext_lazy("Change the topic")

    @classmethod
    def offered(cls, model_admin, user) -> bool:
        return model_admin.has_topics and super().offered(model_admin, user)

    def prepare(self, request, chosen):
        for each in chosen:
            if each.state in (State.APPROVED, State.SCHEDULED):
                each.notes.append(_("It is signed. With another topic it must be signed again."))
            elif each.state is State.LIVE:
                each.notes.append(_("It is live. The change must be signed and published."))

    def form(self, request, chosen, data):
        return ChangeTopicForm(data)

    @transaction.atomic
    def each(self, request, chosen, form) -> str:
        """Write the draft's rows and save them under the locks that its own form takes."""
        topic = form.cleaned_data["topic"]
        locked = lock(self.model_admin.entries_to_lock(str(chosen.entry.pk)))[chosen.entry.pk]
        if locked.head is None or locked.head.number != chosen.opened:
            raise Refused(
                _(
                    "Not changed. Somebody saved this after you opened the page. Look at what "
                    "they wrote, then change the topic again."
                )
            )
        draft = self.kind.model.objects.get(pk=locked.pk)
        _write(draft, topic, form.cleaned_data["how"])
        _explain(draft, form.cleaned_data)
        with languages.in_default():
            reason = str(_("Topic changed in the list: %(topic)s") % {"topic": topic.name})
        try:
            revision = verbs.save_revision(draft, by=request.user, reason=reason)
        except ValidationError as error:
            raise Refused(
                _("Not changed. The draft holds what can't be saved. Open it and save it.")
            ) from error
        if revision.pk == locked.head.pk:
            raise Refused(_("Not changed. Its topics are like that already."))
        return _("Changed. It is version %(number)d now.") % {"number": revision.number}


def _write(draft, topic: Topic, how: str) -> None:
    if how == ADD:
        draft.topics.add(topic)
    elif how == REMOVE:
        draft.topics.remove(topic)
    else:
        draft.topics.set([topic])


def _explain(draft, typed: dict) -> None:
    """Say what readers are told of the change, where something was typed."""
    told = {name: typed[name] for name in ("change_kind", "change_note") if typed[name]}
    for name, value in told.items():
        setattr(draft, name, value)
    if told:
        draft.save(update_fields=list(told))
