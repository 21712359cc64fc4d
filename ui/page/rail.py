"""The rail: name, the views there are, the date that validity is judged on."""

from __future__ import annotations

from datetime import date

from ceyin.ui.page import text as t

# Drawn here because nothing may be loaded from outside; 24 x 24, stroke in the current colour.
_ICONS = {
    "talk": "M4 5h16v11H11l-5 4v-4H4z",
    "library": "M5 4h4v16H5zM10 4h4v16h-4zM15.2 5.2l3.6-1 3.4 14.6-3.6 1z",
    "fresh": "M12 5v14M5 12h14",
}


def _item(action: str, icon: str, word: str) -> str:
    return (
        f'<button type="button" class="cy-nav-item" data-do="{action}"><svg viewBox="0 0 24 24" '
        f'aria-hidden="true"><path d="{_ICONS[icon]}"/></svg><span>{word}</span></button>'
    )


def rail_html(today: date) -> str:
    """Brand, navigation and the date of judgement; the bottom bar and the header of the phone, too."""
    return (
        f'<a class="cy-skip" href="#cy-box">{t.SKIP}</a>'
        f'<div class="cy-brand"><span class="cy-seal" aria-hidden="true">策</span><b>{t.NAME}</b>'
        f"<small>{t.TAGLINE}</small></div>"
        f'<nav class="cy-nav" aria-label="{t.NAV_LABEL}">{_item("talk", "talk", t.NAV_TALK)}'
        f"{_item('library', 'library', t.NAV_LIBRARY)}{_item('fresh', 'fresh', t.NAV_FRESH)}</nav>"
        f'<label class="cy-asof" title="{t.AS_OF_HINT}"><span>{t.AS_OF_LABEL}</span>'
        f'<input type="date" data-change="asof" value="{today.isoformat()}" '
        f'aria-label="{t.AS_OF_LABEL},{t.AS_OF_HINT}"></label>'
        f'<p class="cy-offline" role="status">{t.OFFLINE}</p>'
    )
