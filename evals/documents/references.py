"""Mentions of clauses, annexes and numbers that start no clause, inside sentences and at the beginning of lines."""

from __future__ import annotations

from random import Random

from ceyin.corpus.numerals import to_chinese


def mention(rng: Random, near: int) -> str:
    """A sentence that names clauses in its middle; ``near`` is the number a careless reader waits for."""
    a, b = to_chinese(near), to_chinese(near + 1)
    k = to_chinese(rng.randint(1, 4))
    forms = (
        f"试点单位按照第{a}条规定的标准减半补贴。",
        f"违反本办法第{a}条、第{b}条规定的,退回补贴。",
        f"申报企业依照前款办理,超过1.{rng.randint(1, 9)}万元的部分不再补贴。",
        f"服务站应当一次告知所需材料(见附件{rng.randint(1, 3)})。",
        f"其他事项按照({k})执行,并于2026.5.1前报送。",
        "工作中要做到一是公开透明,二是及时办结,三是便民利民。",
        f"市财政局可以委托第三方机构开展评价,第一批试点不少于{rng.randint(2, 9)}家。",
        f"补贴金额按(1)式计算,系数取1.{rng.randint(1, 9)}。",
        f"依照《示例市手工业条例》第{a}条第{k}款的规定处理。",
        f"符合第{a}条第({k})项条件的,可以申请。",
        f"第{k}季度末,服务站汇总第{a}条所列材料。",
        f"本办法第{a}条至第{to_chinese(near + 3)}条的规定适用于县级评定。",
        f"申请人不服的,适用第{a}条的程序。",
        f"参照附件{rng.randint(1, 3)}第{k}部分填写。",
        "评审坚持“一坊一策”,做到一、二级工坊全覆盖。",
    )
    return rng.choice(forms)


def opening_mention(rng: Random, near: int, *, articles: bool) -> str:
    """A paragraph whose very first words look like a label and are none."""
    a, b = to_chinese(near), to_chinese(near + 1)
    k = to_chinese(rng.randint(1, 4))
    forms = [
        "第三方机构由市财政局统一委托,费用不超过2万元。",
        f"第一批试点单位名单由市商务局公布,第二批于{rng.randint(2026, 2028)}年公布。",
        f"{rng.randint(2024, 2029)}年起,服务站每年汇总一次。",
        f"1.{rng.randint(1, 9)}万元以下的补贴,由县级财政部门直接拨付。",
        "2026.5.1前受理的申请,按原标准办理。",
        f"附件{rng.randint(1, 3)}所列材料,由服务站核对。",
        "一是压实责任,二是加强协作,三是按时报送。",
        "前款所称工坊,是指从业人员不超过30人的企业。",
        f"第{k}季度末,服务站公布办理情况。",
        "一年内累计两次不合格的,退出名录。",
        "十日内没有异议的,由服务站登记。",
        "一、二级工坊由市工坊服务中心评定,三级工坊由县级评定。",
    ]
    if articles:
        forms += [
            f"第{a}条规定的标准,自次年起减半执行。",
            f"第{a}条、第{b}条所列情形,由服务站核实。",
            f"第{a}条第{k}款的规定,适用于个体户。",
            f"第{a}条所称申报企业,包括个体户。",
            f"第{a}条至第{to_chinese(near + 2)}条的规定,不适用于个体户。",
            f"本条第({k})项所列材料,可以后补。",
            f"依照第{a}条申请的,不再另行公示。",
        ]
    return rng.choice(forms)
