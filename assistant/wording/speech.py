"""What no wording may hold, whatever the answer says: links, markup, orders, promises, another language."""

from __future__ import annotations

import re
import unicodedata

from ceyin.assistant.wording.failing import Reason
from ceyin.corpus.normalise import simplify

_LINK = re.compile(
    r"://|www\.|[\w-]+\.(?:com|cn|net|org|gov|edu|io|info|top|xyz|js|html?)\b|\w@\w", re.IGNORECASE
)
_MARKUP = re.compile(r"[<>{}|\\`#*_~^$&=@\[\]]|!\(|【|\]\(")
_TELEPHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}[- ]?\d{7,8}|[48]00[- ]?\d{3,4}[- ]?\d{3,4})(?!\d)")
#: Letters of scripts that no answer is written in, and signs that are no punctuation, by Unicode category.
_SIGNS = ("So", "Sk", "Cf", "Cc", "Co", "Cs", "Cn", "Mn", "Me", "Zl", "Zp")
_MARK = re.compile(r"\[\d+\]")
_LATIN = re.compile(r"[A-Za-z]+")

#: Words that belong to no policy answer unless the answer itself has them.
_ORDERS = re.compile(
    r"提示词|系统提示|系统消息|指令|开发者|语言模型|人工智能|作为一[个名]|助手|忽略|无视|规则程序|资料里|用户消息|JSON"
    r"|根据您提供|综上所述|转账|汇款|付款|缴费|点击|扫码|二维码|下载|微信|客服|热线|拨打|电话|手机号|密码|验证码|登录|网站|官网"
    r"|system prompt|ignore (?:all|the|previous)|as an AI",
    re.IGNORECASE,
)
_PROMISES = re.compile(
    r"一定(?=能|可|会|有|给|拿|得|批|通过)|必定|必然|肯定|保证|确保|保准|包过|稳拿|稳过|绝对|百分之百|100%|放心|没问题"
    r"|无条件|直接到账|马上到账|自动到账|立即|即可到账|全额|免费|无需|不需要|不用|无须|不必|随时|任何企业|所有企业"
    r"|都能|都可以|均可|永久|长期有效|不限|没有限制|不设上限|上不封顶|优先"
)


def forbidden(text: str, support: str, own: str) -> Reason | None:
    """What a wording holds that it must not; ``own`` are the words it stands for, ``support`` all it may draw on.

    All three as they would be shown, not normalised: what is not seen counts too.
    """
    text, own = _MARK.sub("", text), _MARK.sub("", own)
    if _LINK.search(text) or _TELEPHONE.search(text) or _signs(text) - _signs(own):
        return Reason.MARKUP
    if _foreign(text, support, own):
        return Reason.LANGUAGE
    if _new(_ORDERS, text, own):
        return Reason.ORDERS
    if _new(_PROMISES, text, own):
        return Reason.PROMISE
    return None


def _new(pattern: re.Pattern[str], text: str, own: str) -> bool:
    return bool({m.group() for m in pattern.finditer(text)} - {m.group() for m in pattern.finditer(own)})


def _signs(text: str) -> set[str]:
    odd = {
        ch for ch in text if (not ch.isascii() and ch.isspace()) or unicodedata.category(ch) in ("Nd", "Nl")
    }
    odd -= set("0123456789")
    found = odd | {ch for ch in text if unicodedata.category(ch) in _SIGNS}
    return found | set(_MARKUP.findall(text))


def _foreign(text: str, support: str, own: str) -> bool:
    letters = [ch for ch in text if unicodedata.category(ch).startswith("L")]
    if any(not (_is_han(ch) or ch.isascii()) for ch in letters):
        return True
    if mostly_latin(own):
        return not mostly_latin(text)
    if simplify(text) != text and simplify(own) == own:
        return True
    known = {word.lower() for word in _LATIN.findall(support)}
    return any(word.lower() not in known for word in _LATIN.findall(text))


def _is_han(ch: str) -> bool:
    return "\u3400" <= ch <= "\u9fff" or "\U00020000" <= ch <= "\U0003ffff"


def mostly_latin(text: str) -> bool:
    """Whether a text is in English rather than Chinese."""
    han = sum(_is_han(ch) for ch in text)
    return sum(ch.isascii() and ch.isalpha() for ch in text) > 2 * han
