"""Going about a page by the keyboard alone; what has the focus must be seen to have it."""

from playwright.sync_api import Page

_FOCUSED = """
() => {
  // The first line of a link that is broken into two: between them may stand something else.
  const here = document.activeElement;
  const box = here.getClientRects()[0] ?? here.getBoundingClientRect();
  const middle = [box.left + box.width / 2, box.top + box.height / 2];
  const drawn = getComputedStyle(here);
  const over = document.elementFromPoint(...middle);
  return {
    id: here.id || "", name: here.name || "", type: here.type || "", tag: here.tagName,
    text: (here.innerText || "").trim().replace(/\\s+/g, " "), classes: here.className || "",
    seen: box.width > 0 && middle[0] >= 0 && middle[1] >= 0
      && middle[0] <= innerWidth && middle[1] <= innerHeight,
    bare: !over || here.contains(over) || over.contains(here),
    marked: drawn.outlineStyle !== "none" || drawn.boxShadow !== "none",
  };
}
"""
MOST = 250


def focused(page: Page) -> dict:
    """Return what has the focus: its id, name, type, tag, text and classes."""
    return page.evaluate(_FOCUSED)


def wait_for_focus(page: Page, **wanted: str) -> None:
    """Wait until the element with this tag, name … has the focus.

    A dialog that closes gives it back a moment after it is hidden.
    """
    for _moment in range(100):
        found = focused(page)
        if all(found[name] == value for name, value in wanted.items()):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{wanted} never got the focus: {found} has it")


def tab_to(page: Page, *, key: str = "Tab", **wanted: str) -> None:
    """Press Tab until the element with this name, text … has the focus, and can be seen to.

    ``key`` is another key that moves on: “Shift+Tab”, or an arrow within a toolbar.
    """
    passed = []
    for _press in range(MOST):
        page.keyboard.press(key)
        found = focused(page)
        passed.append(found["name"] or found["id"] or found["text"])
        if all(found[name] == value for name, value in wanted.items()):
            assert found["seen"], f"{wanted} has the focus outside the screen"
            assert found["bare"], f"{wanted} has the focus behind something else"
            assert found["marked"], f"{wanted} has the focus and does not show it"
            return
    raise AssertionError(f"{key} never reached {wanted}: {passed}")


def press(page: Page, *, key: str = "Enter", back: bool = False, **wanted: str) -> None:
    """Go to an element by Tab, or back to it, and press a key on it."""
    tab_to(page, key="Shift+Tab" if back else "Tab", **wanted)
    page.keyboard.press(key)
