"""A long document as Word puts it on the clipboard: made up, in Word's own manner of HTML."""

HEAD = """<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8">
<meta name=ProgId content=Word.Document><meta name=Generator content="Microsoft Word 15">
<link rel=File-List href="file:///C:/Users/Somebody/AppData/clip_filelist.xml">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View><w:Zoom>0</w:Zoom>
</w:WordDocument></xml><![endif]-->
<style><!-- @font-face {font-family:"Cambria Math"; panose-1:2 4 5 3 5 4 6 3 2 4;}
p.MsoNormal, li.MsoNormal {mso-style-unhide:no; margin:0cm; font-size:12.0pt;}
@list l0 {mso-list-id:1; mso-list-type:hybrid;} --></style></head>
<body lang=EN-GB style='tab-interval:36.0pt;word-wrap:break-word'><!--StartFragment-->"""
STYLE = (
    "mso-margin-top-alt:auto;margin-bottom:8.0pt;line-height:107%;mso-layout-grid-align:none;"
    'font-family:"Calibri",sans-serif;mso-ascii-theme-font:minor-latin;mso-fareast-language:EN-US'
)
WORDS_A_PARAGRAPH = 60


def paragraph(number: int) -> str:
    """Return a paragraph of sixty words, each of which names it."""
    words = " ".join(f"w{number}x{n}" for n in range(WORDS_A_PARAGRAPH - 3))
    return (
        f"<p class=MsoNormal style='{STYLE}'><span lang=EN-US style='{STYLE}'>{words} "
        f"<b style='mso-bidi-font-weight:normal'>bold{number}</b> "
        f"<i>italic{number}</i><o:p></o:p></span></p>\n"
        f"<p class=MsoNormal><span style='mso-spacerun:yes'> last{number}."
        f"<a style='mso-footnote-id:ftn{number}' href=\"#_ftn{number}\"><sup>{number}</sup></a>"
        f"</span></p>\n"
    )


def list_items(number: int) -> str:
    """Return a list of two, as Word writes it: paragraphs with a bullet in a comment's care."""
    bullet = (
        "<![if !supportLists]><span style='font-family:Symbol;mso-list:Ignore'>·"
        "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>"
    )
    return "".join(
        f"<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>{bullet}"
        f"<span lang=EN-US>item{number}{letter}</span></p>\n"
        for letter in "ab"
    )


def table(number: int) -> str:
    """Return a table of two by two with a merged heading."""
    cell = "<td width=120 style='width:90.0pt;border:solid windowtext 1.0pt;mso-border-alt:solid'>"
    return (
        "<table class=MsoTableGrid border=1 cellspacing=0 style='mso-yfti-tbllook:1184'><tr>"
        f"<td colspan=2><p class=MsoNormal>merged{number}</p></td></tr><tr>"
        f"{cell}<p class=MsoNormal>left{number}</p></td>{cell}<p class=MsoNormal>right{number}"
        "<o:p></o:p></p></td></tr></table>\n"
    )


def picture(number: int) -> str:
    """Return a picture that lies on somebody's disk, in VML and in HTML."""
    source = f"file:///C:/Users/Somebody/clip_image{number:03}.png"
    return (
        f"<p class=MsoNormal><!--[if gte vml 1]><v:shape id=s{number}><v:imagedata src='{source}'/>"
        f"</v:shape><![endif]--><![if !vml]><img width=300 src=\"{source}\" alt=''><![endif]></p>\n"
    )


def document(pages: int = 200) -> str:
    """Return a document of so many pages of about five hundred words."""
    parts = [HEAD]
    for page in range(1, pages + 1):
        parts.append(f"<h2 style='{STYLE}'>heading{page}<o:p></o:p></h2>\n")
        parts += [paragraph(page * 10 + n) for n in range(8)]
        parts += [list_items(page), table(page), picture(page)]
    notes = (
        f"<div style='mso-element:footnote' id=ftn{n}><p class=MsoFootnoteText>note{n}</p></div>"
        for n in range(1, pages + 1)
    )
    parts += ["<div style='mso-element:footnote-list'><hr>", *notes, "</div>"]
    return "".join([*parts, "<!--EndFragment--></body></html>"])


def words_of(pages: int = 200) -> list[str]:
    """Return every word that the document says, footnote numbers left out."""
    found = []
    for page in range(1, pages + 1):
        found.append(f"heading{page}")
        for number in range(page * 10, page * 10 + 8):
            found += [f"w{number}x{n}" for n in range(WORDS_A_PARAGRAPH - 3)]
            found += [f"bold{number}", f"italic{number}", f"last{number}"]
        found += [f"item{page}a", f"item{page}b", f"merged{page}", f"left{page}", f"right{page}"]
    return found + [f"note{n}" for n in range(1, pages + 1)]
