"""Markdown files: rendered to HTML with their line numbers, then read as HTML is."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from articles.importing.blocks import Source
from articles.importing.cleaning import Cleaner
from articles.importing.findings import Findings
from articles.importing.front_matter import read_front_matter
from articles.importing.markup import mark_footnotes, note_pictures, parse_html
from articles.importing.site_furniture import drop_furniture
from articles.importing.template_code import drop_template_code


class LinedRenderer(RendererHTML):
    """Renders each block at the line of the file where it stands.

    Blank lines are put before a block until the line of the HTML is that of the Markdown, so that
    raw HTML in it has the right line numbers too.
    """

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        pieces: list[str] = []
        line = 0
        for index, token in enumerate(tokens):
            if token.map and token.nesting >= 0:
                token.attrSet("data-line", str(token.map[0] + 1))
                if token.map[0] > line:
                    pieces.append("\n" * (token.map[0] - line))
                    line = token.map[0]
            if token.type == "inline":
                piece = self.renderInline(token.children or [], options, env)
            elif token.type in self.rules:
                piece = self.rules[token.type](tokens, index, options, env)
            else:
                piece = self.renderToken(tokens, index, options, env).rstrip("\n")
            line += piece.count("\n")
            pieces.append(piece)
        return "".join(pieces)


def read_markdown(text: str, findings: Findings, mdx: bool = False) -> Source:
    """The blocks of a Markdown (or MDX) text, and what its front matter says."""
    front = read_front_matter(text)
    text = drop_template_code(front.text, mdx, findings)
    parser = MarkdownIt("commonmark", {"html": True}, renderer_cls=LinedRenderer)
    parser.enable(["table", "strikethrough"]).use(deflist_plugin)
    parser.use(footnote_plugin, inline=False)
    tree = parse_html(f"<html><body>{parser.render(text)}</body></html>")
    body = tree.find("body")
    body = body if body is not None else tree
    drop_furniture(body, findings)
    mark_footnotes(body)
    cleaner = Cleaner()
    source = Source(cleaner.blocks(body), findings)
    note_pictures(cleaner, findings)
    source.title = " ".join(front.get("title").split())
    source.description = " ".join(
        front.get("description", "summary", "excerpt", "meta_description", "abstract").split()
    )
    source.slug = front.get("slug")
    source.language = front.get("lang", "language", "locale")[:35]
    return source
