"""Which elements of a page hold its main text, and which are hidden or furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ceyin.corpus.formats.limits import Clock

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SKIPPED = frozenset((
    "script", "style", "noscript", "template", "iframe", "svg", "canvas", "head", "select", "button",
    "textarea", "input", "object", "embed", "audio", "video", "map", "datalist",
))  # fmt: skip
_FURNITURE_TAGS = frozenset(("nav", "footer", "aside", "menu"))
_FURNITURE_ROLES = frozenset(("navigation", "contentinfo", "banner", "search", "complementary", "menu"))
_FURNITURE_NAMES = frozenset((
    "nav", "navbar", "navigation", "menu", "footer", "foot", "bottom", "sidebar", "share", "sharebox",
    "fenxiang", "breadcrumb", "crumb", "crumbs", "position", "toolbar", "tools", "search", "pagination",
    "pager", "related", "recommend", "copyright", "qrcode", "ewm", "print", "dayin", "fontsize",
    "weixin",
))  # fmt: skip
_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_FILE = re.compile(
    r"\.(?:docx?|wps|pdf|ofd|xlsx?|et|zip|rar|7z|pptx?|txt|tif|jpe?g)(?:$|[?#&])", re.IGNORECASE
)
_LETTER = re.compile(r"[\u3400-\u9fffA-Za-z0-9\U00020000-\U0003ffff]")
#: Words that only a policy or its head has: a block with one of them is kept whatever it is called.
POLICY = re.compile(
    r"第[一二三四五六七八九十百零\d]+[条章]|〔\s*\d{4}\s*〕|\[\d{4}\]\s*第?\s*\d+\s*号|附件|文号|索引号"
    r"|成文日期|发布机[构关]|发文[机字]|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
)
#: The share of the page's running text that its main part holds.
_MAIN = 0.7


@dataclass(slots=True)
class _Weight:
    """Letters below an element: in running text, and in links that lead elsewhere."""

    text: int = 0
    link: int = 0


def main_part(root: HtmlElement, clock: Clock) -> tuple[HtmlElement, frozenset[HtmlElement]]:
    """The element that holds the main text, and the elements below it to leave out."""
    body = root.find("body")
    top: HtmlElement = body if body is not None else root
    weights = _weigh(top)
    total = weights[top].text
    left_out = _furniture(top, weights, total, clock)
    for element in left_out:
        if element.getparent() not in left_out:  # those below have gone with it
            _take_away(element, top, weights)
    main = top
    wanted = _MAIN * weights[top].text
    while (child := next((c for c in main if c in weights and weights[c].text >= wanted), None)) is not None:
        if child in left_out or child.tag in ("table", "tbody", "tr", "p", "ul", "ol"):
            break
        main = child
    # What stands beside it (title, number, signature, attachments) is kept, up to where links prevail.
    while main is not top:
        parent = main.getparent()
        beside_text = weights[parent].text - weights[main].text
        beside_link = weights[parent].link - weights[main].link
        if beside_link > 40 and beside_link > beside_text:
            break
        main = parent
    if main is not top:
        main, left_out = _with_neighbours(main, top, weights, left_out)
    return main, frozenset(left_out)


def _with_neighbours(
    main: HtmlElement, top: HtmlElement, weights: dict[HtmlElement, _Weight], left_out: set[HtmlElement]
) -> tuple[HtmlElement, set[HtmlElement]]:
    """Outside the main part only what may belong to a policy stays: headings, its number and dates, long text."""
    left_out = set(left_out)
    keep = main
    while keep is not top:
        parent = keep.getparent()
        for sibling in parent:
            if sibling is keep or sibling not in weights or sibling in left_out:
                continue
            weight = weights[sibling]
            heading = sibling.tag in ("h1", "h2", "h3") or sibling.find(".//h1") is not None
            mostly_links = weight.link > weight.text
            if not (heading or (not mostly_links and (weight.text > 80 or POLICY.search(_words(sibling))))):
                left_out.add(sibling)
        keep = parent
    return top, left_out


def _weigh(top: HtmlElement) -> dict[HtmlElement, _Weight]:
    """Weights bottom-up, without recursion; elements that are never shown have none."""
    from lxml import etree

    weights: dict[HtmlElement, _Weight] = {}
    links = 0
    skipping: HtmlElement | None = None
    for event, element in etree.iterwalk(top, events=("start", "end")):
        if skipping is not None:
            if event == "end" and element is skipping:
                skipping = None
                _add(weights, element.getparent(), element.tail, links)
            continue
        if event == "start":
            if not isinstance(element.tag, str) or element.tag in SKIPPED:
                skipping = element
                continue
            links += _leads_away(element)
            weights[element] = _Weight()
            _add(weights, element, element.text, links)
            continue
        links -= _leads_away(element)
        if element is top:
            break
        parent = weights[element.getparent()]
        parent.text += weights[element].text
        parent.link += weights[element].link
        _add(weights, element.getparent(), element.tail, links)
    return weights


def _add(
    weights: dict[HtmlElement, _Weight], element: HtmlElement | None, words: str | None, links: int
) -> None:
    if words and element is not None and element in weights:
        count = len(_LETTER.findall(words))
        if links:
            weights[element].link += count
        else:
            weights[element].text += count


def _leads_away(element: HtmlElement) -> bool:
    """Whether an element is a link to another page: not to an attachment, nor to a place on this one."""
    if element.tag != "a":
        return False
    href = (element.get("href") or "").strip()
    return bool(href) and not href.startswith("#") and not _FILE.search(href)


def _furniture(
    top: HtmlElement, weights: dict[HtmlElement, _Weight], total: int, clock: Clock
) -> set[HtmlElement]:
    found: set[HtmlElement] = set()
    unfolded: set[HtmlElement] = set()
    shown: str | None = None
    for element, weight in weights.items():
        if element is top:
            continue
        clock.check()
        if element.getparent() in found:
            found.add(element)
            continue
        if element.getparent() in unfolded:
            unfolded.add(element)
            continue
        if _hidden(element):
            # Copies for reading aloud and dialogs go; a part that a click unfolds has words found nowhere else.
            shown = _shown(top) if shown is None else shown
            (unfolded if _has_own_words(element, shown) else found).add(element)
            continue
        if weight.text > 0.25 * total:
            continue
        named = (
            element.tag in _FURNITURE_TAGS
            or element.get("role") in _FURNITURE_ROLES
            or bool(_names(element) & _FURNITURE_NAMES)
        )
        # Lists of links to other pages; a single one may be the name of an attachment.
        linked = (
            weight.link > 20 and weight.link > 4 * weight.text and element.tag not in ("a", "span", "p", "td")
        )
        if (named or linked) and not POLICY.search(_words(element)):
            found.add(element)
    return found


def _take_away(element: HtmlElement, top: HtmlElement, weights: dict[HtmlElement, _Weight]) -> None:
    """Remove the weight of a left-out element from all above it."""
    gone = weights[element]
    text, link = gone.text, gone.link
    at: HtmlElement | None = element
    while at is not None and (text or link):
        weights[at].text -= text
        weights[at].link -= link
        if at is top:
            break
        at = at.getparent()


def _hidden(element: HtmlElement) -> bool:
    if element.get("hidden") is not None:
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style


def _shown(top: HtmlElement) -> str:
    """The letters of all that is not hidden."""
    from lxml import etree

    out: list[str] = []
    hidden: HtmlElement | None = None
    for event, element in etree.iterwalk(top, events=("start", "end")):
        if hidden is None and event == "start" and isinstance(element.tag, str):
            if element.tag in SKIPPED or _hidden(element):
                hidden = element
            else:
                out.append(element.text or "")
        elif event == "end" and (hidden is None or element is hidden):
            hidden = None
            out.append(element.tail or "")
    return _letters("".join(out))


def _has_own_words(element: HtmlElement, shown: str) -> bool:
    """Whether a hidden block says something of length that the page does not show elsewhere."""
    words = _letters(_words(element))
    if len(words) < 100:
        return False
    probes = [words[at : at + 20] for at in range(0, len(words) - 19, max(1, len(words) // 10))]
    return sum(1 for probe in probes if probe in shown) < 0.6 * len(probes)


def _letters(words: str) -> str:
    return "".join(_LETTER.findall(words))


def _names(element: HtmlElement) -> set[str]:
    given = f"{element.get('id') or ''} {element.get('class') or ''}"
    return {part.lower() for part in _NAME.findall(given)} if given != " " else set()


def _words(element: HtmlElement) -> str:
    return "".join(element.itertext())
