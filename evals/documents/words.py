"""The words of 示例市: sentences, headings, names and amounts, our own and plausible."""

from __future__ import annotations

from random import Random

PLACES = ("示例市", "河湾县", "柳塘区", "青石县", "东渡区")
BODIES = (
    "市财政局",
    "市商务局",
    "市科技局",
    "市工坊服务中心",
    "县级财政部门",
    "市市场监管局",
    "各县(区)人民政府",
    "市人力资源社会保障局",
)
#: Those who sign, each ending as the name of a public body does.
SIGNERS = (
    "示例市人民政府",
    "示例市人民政府办公室",
    "示例市财政局",
    "示例市商务局",
    "示例市科学技术局",
    "示例市工坊服务中心",
    "中共示例市委办公室",
    "示例市市场监督管理局",
)
_ACTORS = (*BODIES, "申报企业", "试点单位", "获评工坊", "评审专家组", "项目承担单位", "服务站")
_MODES = ("应当", "可以", "要", "负责", "按规定", "及时", "原则上", "会同有关部门", "逐级")
_VERBS = (
    "建立健全",
    "组织开展",
    "统筹安排",
    "妥善保存",
    "公开公示",
    "核对",
    "优先支持",
    "分批拨付",
    "定期更新",
    "如实报送",
    "汇总上报",
)
_THINGS = (
    "申报材料",
    "补贴资金",
    "工坊名录",
    "年度台账",
    "绩效目标",
    "手艺传承项目",
    "闲置厂房租金",
    "培训课程",
    "信用记录",
    "公共服务窗口",
    "产品检测报告",
    "夜间集市摊位",
)
_TAILS = (
    "确保专款专用",
    "结果公示7天",
    "每年不少于{n}次",
    "每家最高不超过{n}万元",
    "按实际支出的{n}%给予补贴",
    "于{y}年{m}月{d}日前办结",
    "一次性补贴{n}.5万元",
    "形成“一坊一策”",
    "纳入年度考核",
    "参照《示例市手工业条例》办理",
    "期限不超过{n}年",
    "补足差额{n}元",
    "同比增长{n}.{m}%",
    "面积在{n}平方米以上",
    "称号为“河湾示范工坊”",
    "并在{n}个工作日内告知",
    "控制在{n}—{n2}家",
)
_TOPICS = (
    "总体要求",
    "工作目标",
    "基本原则",
    "重点任务",
    "保障措施",
    "申报程序",
    "资金管理",
    "监督检查",
    "组织实施",
    "补贴标准",
    "职责分工",
    "工坊培育",
    "人才引进",
    "宣传引导",
    "平台建设",
    "市场开拓",
    "风险防控",
    "数据共享",
)
_ACTS = (
    "加强",
    "优化",
    "推进",
    "完善",
    "提升",
    "规范",
    "强化",
    "扩大",
    "落实",
    "夯实",
)
_OBJECTS = (
    "政策引导",
    "服务供给",
    "名录管理",
    "要素保障",
    "品牌培育",
    "信用监管",
    "手艺传承",
    "资金使用",
    "跨区协作",
    "窗口建设",
)
CHAPTERS = ("总则", "职责分工", "补贴标准", "申报和评定", "资金管理", "监督管理", "法律责任", "附则")
SUBJECTS = (
    "河湾工坊扶持",
    "手工业发展专项资金管理",
    "夜间集市摊位管理",
    "闲置厂房租金补贴",
    "手艺传承人认定",
    "青年工匠培育",
    "小微工坊信用评价",
    "公共窗口服务",
)


def phrase(rng: Random) -> str:
    """A few words of a sentence, without a full stop."""
    return rng.choice(_ACTORS) + rng.choice(_MODES) + rng.choice(_VERBS) + rng.choice(_THINGS)


def tail(rng: Random) -> str:
    """A figure, a date or a limit after a comma."""
    n = rng.randint(2, 60)
    return rng.choice(_TAILS).format(
        n=n, n2=n + rng.randint(1, 20), y=rng.randint(2024, 2029), m=rng.randint(1, 12), d=rng.randint(1, 28)
    )


def sentence(rng: Random, *, end: str = "。") -> str:
    """A sentence of one to three parts."""
    parts = [phrase(rng)]
    if rng.random() < 0.7:
        parts.append(tail(rng))
    if rng.random() < 0.3:
        parts.append(f"对{rng.choice(_THINGS)}进行抽查")
    return ",".join(parts) + end


def item(rng: Random, *, end: str) -> str:
    """The words of a listed item: 「营业执照复印件;」, 「上一年度欠薪的;」."""
    forms = (
        f"{rng.choice(_THINGS)}一式{rng.choice('两三四')}份",
        f"上一年度{rng.choice(_THINGS)}不合格的",
        f"{rng.choice(_VERBS)}{rng.choice(_THINGS)}",
        f"{rng.choice(_ACTORS)}出具的{rng.choice(_THINGS)}",
        f"{rng.choice(_THINGS)},{tail(rng)}",
    )
    return rng.choice(forms) + end


def stem(rng: Random) -> str:
    """Words that introduce items and end with a colon."""
    forms = (
        "有下列情形之一的,不予补贴:",
        f"申请{rng.choice(_THINGS)}应当具备以下条件:",
        f"{rng.choice(_ACTORS)}应当提交下列材料:",
        f"{rng.choice(BODIES)}履行下列职责:",
        f"{rng.choice(_THINGS)}按照下列标准执行:",
    )
    return rng.choice(forms)


def heading(rng: Random) -> str:
    """A heading: 「总体要求」, 「加强政策引导」, 「完善名录管理,扩大服务供给」."""
    if rng.random() < 0.4:
        return rng.choice(_TOPICS)
    words = rng.choice(_ACTS) + rng.choice(_OBJECTS)
    if rng.random() < 0.2:
        words += "," + rng.choice(_ACTS) + rng.choice(_OBJECTS)
    return words


def chinese_digits(number: int) -> str:
    """A year digit by digit: 二〇二六."""
    return "".join("〇一二三四五六七八九"[int(d)] for d in str(number))
