"""Numbers as word processors and browsers write them in automatic labels."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def chinese(
    n: int, digits: str = _DIGITS.replace("〇", "零"), units: str = "十百千", ten: bool = True
) -> str:
    """二十一, 一百零二; ``ten``: 十 and not 一十 at the beginning."""
    if not 0 < n < 100_000_000:
        return str(n)
    if n >= 10_000:
        high, low = divmod(n, 10_000)
        rest = chinese(low, digits, units, ten=False) if low else ""
        gap = digits[0] if 0 < low < 1000 else ""
        return f"{chinese(high, digits, units, ten)}万{gap}{rest}"
    out = ""
    skipped = False
    for power in range(3, -1, -1):
        digit = n // 10**power % 10
        if digit == 0:
            skipped = bool(out)
            continue
        if skipped:
            out += digits[0]
            skipped = False
        out += digits[digit] + (units[power - 1] if power else "")
    return out[1:] if ten and out.startswith(digits[1] + units[0]) else out


def _counting(n: int) -> str:
    return chinese(n) if n < 100 else chinese(n, _DIGITS)


def _by_digit(n: int) -> str:
    return "".join(_DIGITS[int(d)] for d in str(n)) if n >= 0 else str(n)


def _cycle(names: str) -> Callable[[int], str]:
    return lambda n: names[(n - 1) % len(names)] if n > 0 else str(n)


def _letter(n: int) -> str:
    return chr(ord("a") + (n - 1) % 26) * ((n - 1) // 26 + 1) if 0 < n <= 780 else str(n)


def roman(n: int) -> str:
    """Lower-case Roman numerals."""
    if not 0 < n < 4000:
        return str(n)
    out = ""
    for value, sign in _ROMAN:
        while n >= value:
            out, n = out + sign, n - value
    return out


def _enclosed(*ranges: tuple[int, int, int], otherwise: Callable[[int], str]) -> Callable[[int], str]:
    def form(n: int) -> str:
        return next(
            (chr(base + n - first) for first, last, base in ranges if first <= n <= last), otherwise(n)
        )

    return form


_CIRCLED = _enclosed((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1), otherwise=str)
_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: "".join(chr(0xFF10 + int(d)) for d in str(n)) if n >= 0 else str(n),
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedParen": _enclosed((1, 20, 0x2474), otherwise=lambda n: f"({n})"),
    "decimalEnclosedFullstop": _enclosed((1, 20, 0x2488), otherwise=lambda n: f"{n}."),
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "koreanCounting": chinese,
    "ideographDigital": _by_digit,
    "japaneseDigitalTenThousand": _by_digit,
    "taiwaneseDigital": _by_digit,
    "koreanDigital": _by_digit,
    "chineseLegalSimplified": lambda n: chinese(n, _LEGAL, "拾佰仟", ten=False),
    "japaneseLegal": lambda n: chinese(n, _LEGAL, "拾佰仟", ten=False),
    "ideographLegalTraditional": lambda n: chinese(n, _LEGAL_TRADITIONAL, "拾佰仟", ten=False),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": lambda n: _cycle(_STEMS)(n) + _cycle(_BRANCHES)(n),
    "ideographEnclosedCircle": _enclosed((1, 10, 0x3280), otherwise=str),
    "upperLetter": lambda n: _letter(n).upper(),
    "lowerLetter": _letter,
    "upperRoman": lambda n: roman(n).upper(),
    "lowerRoman": roman,
    "none": lambda n: "",
}  # fmt: skip


def ordinal(n: int, form: str) -> str:
    """``n`` in a number format by its Office name (w:numFmt); an unknown one is written in digits."""
    return _FORMS.get(form, str)(n)
