"""Which part of an article a heading opens."""

import re
import unicodedata

CONTENTS, SUMMARY, KEY_POINTS, FAQ = "contents", "summary", "key_points", "faq"
REFERENCES, DISCLAIMER, RELATED, AUTHOR = "references", "disclaimer", "related", "author"
CONCLUSION = "conclusion"

NAMES = {
    CONTENTS: (
        "in this article|table of contents|contents|on this page|in this guide|jump to|toc"
        "|what's in this article|article contents|inhalt|inhaltsverzeichnis|sommaire|contenido|목차"
    ),
    SUMMARY: (
        "quick summary|summary|tl dr|tldr|at a glance|in brief|in short|the short answer"
        "|short answer|quick answer|abstract|zusammenfassung|en bref|résumé|resumen|요약"
    ),
    KEY_POINTS: (
        "key points|key takeaways|takeaways|key facts|highlights|main points|key messages"
        "|main takeaways|what to know|what you need to know|important points|das wichtigste"
        "|points clés|puntos clave|핵심 요약|핵심 포인트"
    ),
    FAQ: (
        "frequently asked questions|faqs?|f a q|common questions|questions and answers|q and a"
        "|q a|people also ask|your questions answered|häufige fragen|häufig gestellte fragen"
        "|questions fréquentes|foire aux questions|preguntas frecuentes|자주 묻는 질문"
    ),
    REFERENCES: (
        "references?|sources?|bibliography|works cited|citations?|cited sources|footnotes|endnotes"
        "|literature|literature cited|reference list|article sources|medical references"
        "|references and sources|sources and references|references and further reading"
        "|quellen|literatur|literaturverzeichnis|références|sources et références|referencias"
        "|bibliografía|참고 문헌|참고문헌"
    ),
    DISCLAIMER: (
        "medical disclaimer|disclaimer|health disclaimer|legal disclaimer|medical notice"
        "|important notice|about this information|medical advice disclaimer|haftungsausschluss"
        "|avertissement|avertissement médical|aviso médico|descargo de responsabilidad|면책 조항"
    ),
    RELATED: (
        "related articles?|related posts?|related content|related topics|related reading"
        "|related pages|you may also like|you might also like|read next|read more|more articles"
        "|more from us|recommended|recommended for you|keep reading|explore more"
    ),
    AUTHOR: (
        "about the authors?|about the reviewers?|author bio|comments|leave a (?:reply|comment)"
        "|join the conversation"
    ),
    CONCLUSION: (
        "conclusions?|final thoughts|the bottom line|bottom line|in conclusion|closing thoughts"
        "|fazit|마치며|결론"
    ),
}  # fmt: skip
PARTS = {part: re.compile(f"(?:{names})") for part, names in NAMES.items()}
# Names that may be followed by what the part is about: "FAQs about magnesium".
EXTENSIBLE = {
    FAQ: re.compile(r"(?:frequently asked questions|faqs?|common questions)(?: \S+){1,9}"),
    KEY_POINTS: re.compile(r"(?:key (?:points|takeaways|facts))(?: \S+){1,6}"),
    CONCLUSION: re.compile(
        r"(?:conclusion|final thoughts|the bottom line|bottom line)(?: \S+){1,16}"
    ),
}
NUMBERING = re.compile(
    r"^(?:(?:section|part|chapter)\s+)?(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[ivx]{1,4}[.)])\s+",
    re.IGNORECASE,
)


def normalise(text: str) -> str:
    """A heading in lower case without numbering, punctuation and pictures."""
    text = NUMBERING.sub("", text.strip()[:200])
    text = text.casefold().replace("’", "'").replace("&", " and ")
    kept = [
        c if c.isalnum() or c in "'" or unicodedata.category(c)[0] == "M" else " " for c in text
    ]
    return " ".join("".join(kept).split())


def part_of(heading: str) -> str:
    """The part that a heading opens, or "" for a heading of the body."""
    if len(heading) > 140:
        return ""
    name = normalise(heading)
    for part, pattern in PARTS.items():
        if pattern.fullmatch(name):
            return part
    return next((part for part, rule in EXTENSIBLE.items() if rule.fullmatch(name)), "")
