"""axe-core on a page that is open: wide and narrow, light and dark."""

from importlib.resources import files

from playwright.sync_api import Page

from tests.browser.desk import DESKTOP, PHONE, open_form

AXE = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"type": "tag", "values": TAGS}
# What else axe looks at does not depend on colours.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
RUN = """
async only => (await axe.run(document, {
  runOnly: only, resultTypes: ["violations"], iframes: false,
})).violations.flatMap(rule => rule.nodes.map(node => ({
  rule: rule.id, target: node.target.join(" "), why: node.failureSummary,
})))
"""

UNFOLD = "() => document.querySelectorAll('details').forEach(each => { each.open = true; })"
# Links fade from colour to colour; axe would measure the middle.
SETTLE = """
() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
  document.getAnimations().forEach(animation => animation.finish());
  done();
})))
"""


def faults(page: Page) -> list[str]:
    """Return what axe finds on a page at both widths, in light and in dark."""
    page.evaluate(AXE)
    page.evaluate(UNFOLD)
    found: dict[str, None] = {}
    for scheme, rules in (("light", EVERYTHING), ("dark", COLOURS)):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLE)
        for viewport in (DESKTOP, PHONE):
            page.set_viewport_size(viewport)
            place = f"{viewport['width']} px, {scheme}"
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found[f"the page is wider than the screen ({place})"] = None
            for fault in page.evaluate(RUN, rules):
                found[f"{fault['rule']} at {fault['target']} ({place}): {fault['why']}"] = None
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="light")
    return list(found)


def assert_no_faults(page: Page, paths: list[str]) -> None:
    """Open each address and look at it; what is found is told by address."""
    found = {}
    for path in paths:
        open_form(page, path)
        if broken := faults(page):
            found[path] = broken
    assert found == {}
