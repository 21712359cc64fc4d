"""Honours told by their level and their kind apart: 国家级和省级的示范企业, 市里发的优势企业牌子, 抚州给我们评了示范企业."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

#: Who gives it, after the level: 国家知识产权局认定的, 省里那一级的, 市级.
_GIVEN = (
    r"(?:知识产权局|知产局|市场监管局|层面|里头|里|上|局|级|(?:那|这)?一级|那边)?"
    r"(?:(?:认定|评定|评|颁发|颁|发|给|批|授|授予)(?:下来|出来|上)?的|的)?"
)
_LEVEL = rf"(?:(?<!全)国家|江西省?|(?<!全)省|(?:抚州市?|本市|咱市)|(?<![城县都超全上])市){_GIVEN}"
_LIST = re.compile(
    rf"{_LEVEL}"
    rf"(?:(?:[、,]|和|与|跟|及|以及|还有|加上?){_LEVEL})*"
    r"(?:[两三]级|[两三]个级别|双料)?的?(?:知识产权|知产)?的?"
    r"(?P<kind>示范|优势)(?:企业|(?!区|城|县|园|市|基地|项目|单位|点|性|引领|工程|地区|产业|特色|[、和与及]|[一-龥]{0,4}(?:区|县|园|城市)))"
)
#: 「市里给我们评了优势企业」: who gives it, and that it was given.
_TO_US = re.compile(
    r"(?P<level>国家|江西|省|抚州|市)(?:知识产权局|市场监管局|里|局|市|省|上)?(?:给|向|把|将|授予|认定)(?:我们?|咱们?|俺们?|公司|本公司|厂里?)+"
    r"(?:发|颁|评|批|认定|挂|授)?(?:发|予)?(?:了|上|成|为|过)*(?:一?[块个张])?(?:的)?(?:知识产权|知产)?(?P<kind>示范|优势)企业"
)
#: 「被省知识产权局评为优势企业」.
_BY = re.compile(
    r"(?:被|由|经|获|让)(?P<level>国家|江西|省|抚州|市)(?:省|市)?(?:知识产权局|知产局|市场监管局|里|局|级)?"
    r"(?:评定?|认定?|授予?|批|选|列)(?:上|成|为|了)*(?:一?[个家])?(?:国家级?|省级?|市级?)?的?(?:知识产权|知产)?(?P<kind>示范|优势)企业"
)
_ONE = re.compile(r"国家|江西|省|抚州|本市|咱市|市")
#: A city named alone is where a firm is, unless an honour is being told: 评上抚州的示范企业.
_TOLD = re.compile(
    r"(?:评上?|评为|获评|拿(?:到|下|了)?|获得?|当上|认定(?:为|成|了)?|成了?|是|有|属于|算)(?:了|的)?[^,。;?!]{0,3}$"
)
_PLACE_ALONE = re.compile(r"(?:江西|抚州)(?![省市])")
_NAME = re.compile(r"(?P<level>国家|江西(?=省)|省|抚州(?=市)|市)\S*?(?P<kind>示范|优势)企业")
_OF = {"国家": "国家", "江西": "省", "省": "省", "抚州": "市", "本市": "市", "咱市": "市", "市": "市"}


def names_by_level(names: Iterable[str]) -> dict[tuple[str, str], str]:
    """The honours of a list that have a level and are 示范企业 or 优势企业, by both."""
    out: dict[tuple[str, str], str] = {}
    for name in names:
        m = _NAME.fullmatch(name)
        if m is not None:
            out[_OF[m.group("level")], m.group("kind")] = name
    return out


def graded(text: str, names: Mapping[tuple[str, str], str]) -> Iterator[tuple[int, int, str]]:
    """Where honours are told by level and kind: start, length, name; ``names`` by level (国家, 省, 市) and kind.

    Of several levels before one kind each is told where it stands, the last with what follows it.
    """
    for m in (*_TO_US.finditer(text), *_BY.finditer(text)):
        name = names.get((_OF[m.group("level")], m.group("kind")))
        if name is not None:
            yield m.start(), m.end() - m.start(), name
    for m in _LIST.finditer(text):
        if _PLACE_ALONE.match(text, m.start()) and not _TOLD.search(text[: m.start()]):
            continue
        yield from _each(m, names)


def _each(m: re.Match[str], names: Mapping[tuple[str, str], str]) -> Iterator[tuple[int, int, str]]:
    inside = m.string[m.start() : m.start("kind")]
    levels = _levels(inside)
    for k, (at, level) in enumerate(levels):
        name = names.get((level, m.group("kind")))
        end = levels[k + 1][0] if k + 1 < len(levels) else m.end() - m.start()
        if name is not None:
            yield m.start() + at, end - at, name


def _levels(text: str) -> Sequence[tuple[int, str]]:
    """The levels named, in order; 江西省 is one."""
    found: list[tuple[int, str]] = []
    end = -1
    for m in _ONE.finditer(text):
        if m.start() == end and m.group() in "省市":
            end = m.end()
            continue
        found.append((m.start(), _OF[m.group()]))
        end = m.end()
    return [
        f for k, f in enumerate(found) if not (k and found[k - 1][1] == f[1] and f[0] - found[k - 1][0] < 2)
    ]
