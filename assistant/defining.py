"""Questions after the meaning of a word, and what a sentence looks like that gives it."""

from __future__ import annotations

import re

_ASKS = re.compile(
    r"(?:什么|啥)(?:叫(?:做|作)?|是)[“\"「]?(?P<after>[^,。?“”\"「」]{2,16}?)[”\"」]?(?:[呀啊呢]?[?。,]|$)"
    r"|[“\"「](?P<quoted>[^“”\"「」]{1,16})[”\"」],?(?:在这里|这个词|这个说法|一词|到底|究竟|具体|分别|各自|各|都|又|指的|摆在|设在|放在|落在|建在|安在|布在|位于|是|在)*(?:是个?|指|指的|算)*(?:指|什么|啥|哪|意思)"
    r"|(?P<before>[\u4e00-\u9fffA-Za-z0-9+]{2,12}?)(?:这个词|这个说法|一词)?(?:到底|究竟|具体)?(?:是指|指的是|指|是)(?:什么(?:意思)?|啥(?:意思)?|哪些|谁|哪[些个]?[^,。]{0,4})(?:[呀啊呢]?[?。,]|$)"
    r"|[“\"「]?(?P<counted>\d+\+\d+(?:\+[\dA-Za-z])*)[^?]{0,16}(?:哪|分别|是什么|是啥)"
    r"|(?P<meant>[\u4e00-\u9fffA-Za-z0-9+]{2,12}?)(?:是)?(?:什么|啥)意思"
)


#: Asked where the pieces of a layout lie.
_WHERE = re.compile(r"[”\"」][^,。?]{0,6}(?:(?:摆|设|放|落|建|安|布|位)[在于]|在哪)")

#: 「“普惠”是让哪三样东西做到普惠」: the word and how many things it stands for.
_SO_MANY = re.compile(
    r"[“\"「](?P<term>[^“”\"「」\d]{1,8})[”\"」][^。?]{0,8}?(?:哪|是|有)(?P<n>[两三四五六])(?:个|样|种|方面|项|条|件|块|层|点)"
)
#: 「发一种券,叫啥」: the name of one of a kind that is called by its last word.
_OF_KIND = re.compile(
    r"一[种类](?P<kind>[\u4e00-\u9fff]{1,2}),?(?:它)?(?:叫(?:什么|啥)|名字|全称|是(?:什么|啥|哪种)[?]?$)"
)
_PIECES = re.compile(r"[一二两三四五六七八九十][^一二两三四五六七八九十、]{1,4}")


def definition_wanted(text: str) -> re.Pattern[str] | None:
    """What the words look like that say what the asked word means; None where no meaning is asked for."""
    if many := _SO_MANY.search(text):  # each of the things named has the word
        times = "两三四五六".index(many["n"]) + 2
        return re.compile(rf"(?:{re.escape(many['term'])}[^。;]{{1,16}}){{{times}}}")
    if of_kind := _OF_KIND.search(text):
        return re.compile(rf"[\u4e00-\u9fff]{{2}}{of_kind['kind']}")
    m = _ASKS.search(text)
    if not m:
        return None
    asked = re.sub(r"^(?:那|这|这个|那个|所谓|其中的)", "", next(g for g in m.groups() if g))
    term = re.escape(asked)
    # 「一中心两基地」 is told piece by piece
    pieces = _PIECES.findall(asked)
    if _WHERE.search(m.group()) and len(pieces) < 2:
        return None  # where one thing lies is no meaning
    each = (
        "|".join(map(re.escape, pieces))
        if len(pieces) > 1 and "".join(pieces) == asked.replace("、", "")
        else term
    )
    return re.compile(
        rf"{term}[”」]?[^,。;:(]{{0,8}}\((?:即|是指|指)|{term}[”」]?(?:\((?!\d)|,?是指|,?即|,?指的是|,?指(?!导|标|定)|,?主要包括)"
        rf"|简称[::]?[“「]?{term}|\(即[“「]?(?:{each})|所称(?:的)?[“「]?{term}|[(]{term}[)]"
    )
