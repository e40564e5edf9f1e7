"""The answer to renewing a page that somebody withdrew while it was read."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.admin.actions.page import ActionForm, ActionPage, InterestsField
from publishing.models import Entry
from publishing.refusals import Refused


class NothingLive(Exception):
    """The page was live when it was opened, and is not by now."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry.pk)
        self.entry = entry


class KeptForm(ActionForm):
    """What the signer typed; it is shown, so that it can be copied."""

    interests = InterestsField(gettext_lazy("My interests on this topic"))


class Ended(ActionPage):
    """Shows the refusal with what was typed, in place of a page that has no text to read."""

    def __init__(self, action: ActionPage) -> None:
        super().__init__(action.model_admin)
        self.title, self.button = action.title, action.button

    def answer(self, request: HttpRequest, ended: NothingLive) -> HttpResponse:
        """Return the page."""
        refusal = Refused(
            _(
                "Not renewed. Readers can't see this page any more: nothing is live. Your "
                "comments are kept. Ask a publisher whether it is to come back."
            )
        )
        return self.page(request, ended.entry, KeptForm(request.POST), refusal)
