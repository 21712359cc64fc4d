"""A name that only says which award is meant: 高校毕业生创业贷款我能享受吗 tells nobody's standing."""

from __future__ import annotations

import re

#: Behind a name where another is the applicant's own: 我是下岗职工,想申请退役军人的那个贷款.
MENTIONED = re.compile(
    r"(?:才|也|都|能|可以)*(?:的|专属|专用)?(?:那|这)?(?:个|种|条|项|笔)?[^,。;?!\s]{0,6}?(?:贷款|政策|优惠|补贴|补助|待遇|扶持)"
)
#: Behind a name, without a break: the award that is called after it.
_AWARD = re.compile(
    r"(?:(?![是想要办开做我俺咱能可了够符拿领享申报有没给])[^,。;?!]){0,12}?(?:贷款|信贷|贴息|增信|政策|优惠|补贴|补助|待遇|扶持|支持|奖励|奖金|资助|奖(?!项|了|过))"
)
#: Whether the applicant may have it is asked, not how much it is.
_FOR_ME = re.compile(
    r"(?:我|俺|咱|在[读校][\u4e00-\u9fff]{0,4}|公司|企业|单位|本店|本人)[^,。;?!]{0,8}?(?:能|可以|可不可以|够|符合|有没有资格|有资格)[^。;?!]{0,12}(?:吗|不|么|没|嘛)[?。]?$"
    r"|够不够(?:格|条件|资格)|够格[吗不么]|符不符合|有没有资格|有资格[吗不么]|轮得?到我"
)
_SUM_ASKED = re.compile(r"多少|几[万千个百]|最[高多]|上限")


def is_label(text: str, end: int) -> bool:
    """Whether the name that ends there only names the award asked about."""
    return bool(_AWARD.match(text, end) and _FOR_ME.search(text) and not _SUM_ASKED.search(text))
