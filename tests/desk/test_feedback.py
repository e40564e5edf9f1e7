"""What readers said of a page, where staff read it."""

from django.urls import reverse

from publishing.models import Feedback
from tests.forms import texts


def test_staff_read_what_was_said_of_a_page(client, reviewer, live, clock):
    for useful, text in ((True, ""), (False, "Too long."), (False, "<b>Where?</b>")):
        Feedback.objects.create(edition=live, useful=useful, text=text, at=clock.at)
    client.force_login(reviewer)

    panel = client.get(reverse("admin:faq_question_change", args=[live.entry_id]))
    [count] = [a for a in texts(panel.content.decode(), ".desk-links a") if "Useful" in a]
    assert count == "Useful to readers: 1 yes, 2 no"

    address = reverse("admin:publishing_feedback_changelist")
    page = client.get(address, {"edition__entry": live.entry_id}).content.decode()
    assert texts(page, ".field-text") == ["<b>Where?</b>", "Too long.", "-"]
    assert texts(page, ".field-page a") == [live.title] * 3
    other = client.get(address, {"edition__entry": live.entry_id + 1}).content.decode()
    assert texts(other, ".field-text") == []
