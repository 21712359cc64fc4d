"""What was understood, as chips that open into a form; and the form for what is still missing."""

from __future__ import annotations

from collections.abc import Sequence

from ceyin.assistant.contract import MissingFact, Understood
from ceyin.ui.page.card_words import Words
from ceyin.ui.page.fields import Desk
from ceyin.ui.page.markup import esc, show


def understood_chips(read_as: Understood, turn: int, desk: Desk, words: Words) -> str:
    """Policies, region, facts and day, each a chip; opened, each is a form that asks the question again."""
    chips = [
        _chip(
            words.policy,
            p.title,
            _form("policy", turn, _policies(p.policy_id, turn, desk, words), words),
            _drop("no-policy", p.policy_id, turn, words),
            turn,
        )
        for p in read_as.policies
    ]
    if not chips and desk.policies:
        inner = _policies("", turn, desk, words)
        chips.append(_chip(words.policy, words.any_policy, _form("policy", turn, inner, words), "", turn))
    region = _labelled(
        words.region,
        f"cy-r{turn}",
        f'<input type="text" id="cy-r{turn}" name="region" value="{esc(read_as.region or "")}">',
    )
    chips.append(
        _chip(words.region, read_as.region or words.no_region, _form("region", turn, region, words), "", turn)
    )
    for i, fact in enumerate(read_as.facts):
        label = desk.label(fact.key, words)
        source = words.given if fact.source == "given" else words.said
        inner = desk.field(fact.key, words.beside.format(label, source), f"cy-f{turn}-{i}", words, fact.value)
        chips.append(
            _chip(
                label,
                desk.value(fact.key, fact.value, words),
                _form("facts", turn, inner, words),
                _drop("no-fact", fact.key, turn, words),
                turn,
            )
        )
    day = f'<input type="date" id="cy-d{turn}" name="as_of" value="{esc(read_as.as_of)}" required>'
    chips.append(
        _chip(
            words.as_of,
            read_as.as_of,
            _form("as_of", turn, _labelled(words.as_of, f"cy-d{turn}", day), words),
            "",
            turn,
        )
    )
    return (
        f'<div class="cy-understood" role="group" aria-label="{words.understood}" lang="{words.lang}">'
        f'<p class="cy-understood-head">{words.understood}</p><div class="cy-chips">{"".join(chips)}</div></div>'
    )


def missing_form(missing: Sequence[MissingFact], turn: int, desk: Desk, words: Words) -> str:
    """One form with a field for each open question; any of them may stay empty."""
    if not missing:
        return ""
    fields = "".join(
        desk.field(m.key, desk.question(m.key, m.question, words), f"cy-m{turn}-{i}", words)
        for i, m in enumerate(missing)
    )
    return (
        f'<form class="cy-missing" data-what="facts" data-turn="{turn}"><h4>{words.need}</h4>{fields}'
        f'<button type="submit" class="cy-go">{words.need_send}</button></form>'
    )


def _chip(name: str, value: str, form: str, drop: str, turn: int) -> str:
    return (
        f'<details class="cy-known" name="cy-known-{turn}"><summary><span class="cy-known-name">{show(name)}</span> '
        f'<span class="cy-known-value">{show(value)}</span></summary>'
        f'<div class="cy-edit">{form}{drop}</div></details>'
    )


def _form(what: str, turn: int, inner: str, words: Words) -> str:
    return (
        f'<form data-what="{what}" data-turn="{turn}">{inner}'
        f'<button type="submit" class="cy-go">{words.change}</button></form>'
    )


def _labelled(label: str, ident: str, inner: str) -> str:
    return f'<div class="cy-field"><label for="{ident}">{label}</label><span class="cy-input">{inner}</span></div>'


def _policies(chosen: str, turn: int, desk: Desk, words: Words) -> str:
    """A choice among the library; the script fills it from :func:`policy_options` when it is opened."""
    ident = f"cy-p{turn}-{esc(chosen)}"
    title = desk.policies.get(chosen, words.choose)
    select = (
        f'<select id="{ident}" name="policy" data-options="cy-policies">'
        f'<option value="{esc(chosen)}">{show(title)}</option></select>'
    )
    return _labelled(words.policy, ident, select)


def _drop(what: str, key: str, turn: int, words: Words) -> str:
    return (
        f'<button type="button" class="cy-small" data-do="again" data-what="{what}" data-turn="{turn}" '
        f'data-key="{esc(key)}">{words.remove}</button>'
    )


def policy_options(desk: Desk) -> str:
    """The policies of the library, once for all forms of the page."""
    rows = "".join(f'<option value="{esc(p)}">{show(title)}</option>' for p, title in desk.policies.items())
    return f'<datalist id="cy-policies">{rows}</datalist>'
