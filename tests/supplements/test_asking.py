"""Who must ask first, as the first screen of a supplement names them."""

from supplements.asking import asking_of

LEAD = "<p>It can be harmful. Ask a doctor before you take it if you:</p>"
MANY = "".join(
    f"<li>{words}</li>"
    for words in (
        "have kidney disease [@smith2020];",
        "take a water tablet &amp; more",
        "x" * 90,
        "are old and frail",
    )
)


def test_the_signed_words_are_named_and_the_rest_is_counted():
    asking = asking_of(f"{LEAD}<ul>{MANY}</ul>")

    assert asking.lead == "Ask a doctor before you take it if you"
    assert asking.who == "have kidney disease; take a water tablet & more."
    assert asking.more == 2


def test_what_stands_above_a_list_is_never_left_out():
    asking = asking_of("<p>These people need not ask.</p><ul><li>Cooks</li></ul><p>All others.</p>")

    assert (asking.lead, asking.who) == ("These people need not ask", "Cooks.")
    assert asking.cut


def test_a_sentence_before_the_one_that_leads_to_a_list_is_told_of():
    warned = asking_of(f"{LEAD}<ul><li>are old</li></ul>")

    assert (warned.lead, warned.more) == ("Ask a doctor before you take it if you", 0)
    assert warned.cut
    assert asking_of("<p>Ask if you:</p><ul><li>are old</li></ul>").cut is False


def test_an_item_leads_to_items_of_its_own():
    inner = "<li>take a medicine:<ul><li>warfarin</li><li>heparin</li></ul></li>"

    assert asking_of(f"{LEAD}<ul>{inner}</ul>").who == "take a medicine: warfarin; heparin."


def test_the_first_person_is_named_whole_however_long():
    long = "are under the care of " + "many " * 40 + "doctors"

    assert asking_of(f"{LEAD}<ul><li>{long}</li><li>are old</li></ul>").who == f"{long}."


def test_a_text_without_a_list_gives_its_first_sentences():
    first = "People with kidney disease, and everybody who takes medicines for the heart."
    rest = "Parents of a small child who wants some of it must ask as well."

    assert asking_of(f"<p>{first}</p><p>{rest}</p>").who == first
    assert asking_of(f"<p>{first}</p><p>{rest}</p>").cut
    assert asking_of(f"<p>{first}</p>").cut is False
    assert asking_of("<p> </p>") is None
    assert asking_of("<p>Пожилые люди.</p>").who == "Пожилые люди."
