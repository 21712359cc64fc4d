"""A fact as a field of a form, by its type: yes or no, a number with its unit, a day, a choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ceyin.assistant.english.glossary import Fact, load_glossary
from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.rules.files import FactSpec
from ceyin.ui.page.card_words import Words
from ceyin.ui.page.markup import esc, show

#: Units in English; the others are said in the question.
_UNITS = {"元": "CNY", "万元": "× CNY 10,000", "亿元": "× CNY 100 million", "%": "%"}


@dataclass(frozen=True, slots=True)
class Desk:
    """What the forms of the page are made from: the facts of the rule book, the titles of the library by id."""

    facts: Mapping[str, FactSpec]
    policies: Mapping[str, str]

    @classmethod
    def of(cls, book: RuleBook, policies: Mapping[str, str]) -> Desk:
        """The desk of one program."""
        return cls(book.facts, policies)

    def label(self, key: str, words: Words) -> str:
        """What a fact is called."""
        english = _english(key, words)
        return english.label if english else key

    def value(self, key: str, shown: str, words: Words) -> str:
        """A value as shown, in the language of the card."""
        english = _english(key, words)
        if english is None:
            return shown
        spec = self.facts.get(key)
        if spec is not None and spec.unit and shown.endswith(spec.unit):
            return f"{shown.removesuffix(spec.unit)} {_UNITS.get(spec.unit, '')}".strip()
        plain = {"是": words.yes, "否": words.no, "没有": words.no}.get(shown, shown)
        return "; ".join(english.values.get(x, x) for x in plain.split("、"))

    def question(self, key: str, asked: str, words: Words) -> str:
        """How a fact is asked for; ``asked`` is the question in Chinese."""
        english = _english(key, words)
        return english.question if english else asked.removeprefix("请问")

    def field(self, key: str, label: str, ident: str, words: Words, value: str = "") -> str:
        """Label and field of one fact; ``ident`` is an id of the page, ``value`` what is known now."""
        spec = self.facts.get(key)
        kind = spec.type if spec else "text"
        values = list(spec.values) if spec else []
        if spec is not None and kind == "bool":
            options = [(words.yes, "是"), (words.no, "否")]
            return _group("radio", key, label, options, {value})
        if spec is not None and kind == "choices" and values:
            return _group("checkbox", key, label, self._named(key, values, words), set(value.split("、")))
        if spec is not None and kind == "choice" and values:
            inner = _select(key, ident, self._named(key, values, words), value, words)
        else:
            inner = _input(spec, key, ident, value, words)
        return f'<div class="cy-field"><label for="{ident}">{show(label)}</label>{inner}</div>'

    def _named(self, key: str, values: list[str], words: Words) -> list[tuple[str, str]]:
        return [(self.value(key, v, words), v) for v in values]


def _english(key: str, words: Words) -> Fact | None:
    return load_glossary().facts.get(key) if words.lang == "en" else None


def _group(kind: str, key: str, label: str, options: list[tuple[str, str]], chosen: set[str]) -> str:
    rows = "".join(
        f'<label><input type="{kind}" name="{esc(key)}" value="{esc(value)}"'
        f"{' checked' if value in chosen else ''}><span>{show(word)}</span></label>"
        for word, value in options
    )
    return f'<fieldset class="cy-field"><legend>{show(label)}</legend><div class="cy-options">{rows}</div></fieldset>'


def _select(key: str, ident: str, options: list[tuple[str, str]], value: str, words: Words) -> str:
    rows = "".join(
        f'<option value="{esc(v)}"{" selected" if v == value else ""}>{show(word)}</option>'
        for word, v in options
    )
    return f'<select id="{ident}" name="{esc(key)}"><option value="">{words.choose}</option>{rows}</select>'


def _input(spec: FactSpec | None, key: str, ident: str, value: str, words: Words) -> str:
    unit, kind, hint, several = "", "text", "", spec is not None and spec.several
    mode = ""
    if spec is not None and spec.type in ("count", "number", "money", "rate"):
        unit = "%" if spec.type == "rate" else spec.unit
        value = value.removesuffix(unit)
        unit = _UNITS.get(unit, "") if words.lang == "en" else unit
        mode = ' inputmode="numeric"' if spec.type == "count" else ' inputmode="decimal"'
        hint = words.money_hint if spec.type == "money" else ""
        if not several and spec.type in ("count", "number"):
            kind = "number"
            mode += ' min="0" step="1"' if spec.type == "count" else ' min="0" step="any"'
            value = value if value.replace(".", "", 1).isdigit() else ""
    elif spec is not None and spec.type == "date":
        kind = "date"
    if several:
        hint = words.several
    beside = f'<span class="cy-unit" id="{ident}-u">{show(unit)}</span>' if unit else ""
    described = f' aria-describedby="{ident}-u"' if unit else ""
    return (
        f'<span class="cy-input"><input type="{kind}" id="{ident}" name="{esc(key)}" value="{esc(value)}"{mode}'
        f' placeholder="{esc(hint)}" autocomplete="off"{described}>{beside}</span>'
    )


def as_given(spec: FactSpec | None, value: str) -> str:
    """What was put into a field as the assistant reads it: a rate without its sign is in percent."""
    bare = value.strip()
    return (
        f"{bare}%" if spec is not None and spec.type == "rate" and bare and not bare.endswith("%") else bare
    )
