"""Pages as Markdown (CommonMark, with the tables of GFM), for readers that are programs.

The HTML that this reads is our own: sanitised texts, and the templates of ``templates/markdown``.
What is words there is the same words here: every sign that Markdown would read is escaped. Marks
that Markdown has no way to write (``sup``, ``sub``) stay as HTML, which Markdown allows.
"""

import lxml.html

from publishing.markdown.blocks import blocks
from publishing.markdown.inline import Place

__all__ = ["to_markdown"]


def to_markdown(html: str, address: str) -> str:
    """Return HTML of ours as Markdown; ``address`` is the page's own, to make links absolute."""
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    found = blocks(root, Place(address))
    return "\n\n".join(found) + "\n" if found else ""
