"""What a browser would make of a fragment, and whether it is one of ours."""

from __future__ import annotations

from html.parser import HTMLParser

ALLOWED = frozenset(
    [
        "a",
        "article",
        "b",
        "button",
        "datalist",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "i",
        "input",
        "label",
        "legend",
        "li",
        "mark",
        "nav",
        "ol",
        "option",
        "p",
        "section",
        "select",
        "small",
        "span",
        "summary",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "time",
        "tr",
        "ul",
    ]
)


class Seen(HTMLParser):
    """What a browser would make of a fragment."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "input":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        self.words += data


def check(html: str) -> Seen:
    """Well-formed, only our own tags, no attribute that runs or loads anything, no style."""
    seen = Seen(html)
    assert seen.open == []
    for tag, attrs in seen.tags:
        assert tag in ALLOWED, tag
        for name, value in attrs.items():
            assert not name.startswith("on") and name not in {"style", "src", "srcdoc"}, (tag, name)
            assert name != "href" or (value or "").startswith(("#", "http://", "https://")), value
    return seen
