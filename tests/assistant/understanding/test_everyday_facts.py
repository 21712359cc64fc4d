"""Facts as people speak of them: what is lost, what a sum is for, what a name means; each with what it is not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ceyin.assistant.rules.book import load_book
from ceyin.assistant.rules.values import Absent, AtLeast, Below, Between, Known
from ceyin.assistant.understanding.reading import read
from ceyin.assistant.understanding.saying import said_facts

BOOK = load_book()
NOW = date(2026, 11, 25)
PATENTS, INVENTIONS, OWN = "有效专利件数", "有效发明专利件数", "专利是否自主研发"
COST, PREMIUM, LAWYER = "实际认证费用", "所缴保费", "维权代理费"
COURT, NOTARY = "诉讼费", "公证费"
WHO, BODY, PLACE, BEFORE = "企业类型", "申报主体类型", "建设载体", "原有身份"
STATUS, SCHOOL, RANK, TITLE = "人员身份", "学历", "职业资格等级", "职称"
DISPUTE, ACCEPTED, PLAN = "纠纷类型", "验收结果", "是否制定新的三年建设方案"
INVOICES, MOVED, PARTNERS = "领用过发票", "住所有变化", "合伙人数"
APPROVED, SENT, NAMED, DUE, FAILED = "批准日期", "提交日期", "认定日期", "贷款到期日", "验收未通过日期"
LOAN, RENEWAL = "符合创业担保贷款条件", "符合续贷条件"
SUED, SUCCESS, INSURED, DENSE, HONOUR = (
    "是否主动维权",
    "维权是否成功",
    "投保险种",
    "专利密集型产品件数",
    "所获称号",
)
TURNOVER, AREA, STAFF = "年营业额万元", "经营场所面积平方米", "从业人员人数"
CLOSED, BORROWED, ROUNDS = "歇业年数", "贷款期限年", "贷款轮数"
CAUSE, AGREED, PERMIT = "歇业原因", "已与雇工协商", "许可事项有变化"
UNKNOWN, NONE = "unknown", "none"

Row = tuple[str, str, object]


def told(*messages: str, key: str) -> object:
    """What is known of a fact: its value, 「>=」 before a lower end, ``NONE`` and ``UNKNOWN``."""
    fact = said_facts([read(m) for m in messages], BOOK, NOW).get(key)
    match fact:
        case Absent():
            return NONE
        case AtLeast(low=low):
            return f">={low.normalize():f}"
        case Below(high=high):
            return f"<{high.normalize():f}"
        case Between(low=low, high=high):
            return f"{low.normalize():f}-{high.normalize():f}"
        case Known(value=value):
            if isinstance(value, Decimal):
                return int(value) if value == int(value) else float(value)
            return value.isoformat() if isinstance(value, date) else value
        case _:
            return UNKNOWN


LOST: list[Row] = [
    ("我们有5件实用新型,有两件没缴年费失效了", PATENTS, 3),
    ("原来4件专利,去年卖掉了1件", PATENTS, 3),
    ("名下6件专利,其中两件被宣告无效", PATENTS, 4),
    ("有3件专利,但是有1件已经过期了", PATENTS, 2),
    ("公司有4件实用新型,前年转让出去2件", PATENTS, 2),
    ("手里8件专利,卖给别人3件", PATENTS, 5),
    ("有3件专利,全都有效,没有失效的", PATENTS, 3),
    ("有3件专利,下个月有1件要交年费", PATENTS, 3),
    ("3件专利里没有一件失效", PATENTS, 3),
    ("有3件发明,其中1件失效了", INVENTIONS, 2),
    ("有5件专利,其中2件发明,有1件发明失效了", INVENTIONS, 1),
    ("有5件专利,其中2件发明,有1件发明失效了", PATENTS, 4),
    ("有5件专利,其中2件发明,有1件实用新型失效了", INVENTIONS, 2),
    ("有5件专利,其中2件发明,有1件失效了", INVENTIONS, ">=1"),
    ("以前有7件专利,现在只剩3件了", PATENTS, 3),
    ("申请过10件,还有效的只有2件专利", PATENTS, 2),
    ("专利就一件,是发明", INVENTIONS, 1),
    ("我们只有一件专利,是实用新型", INVENTIONS, NONE),
    ("专利就1件,是我自己琢磨出来的发明", INVENTIONS, 1),
    ("一共4件专利,全都是发明", INVENTIONS, 4),
    ("一共4件专利,其中3件是发明", INVENTIONS, 3),
    ("一共4件专利,发明人都是我们老板", INVENTIONS, UNKNOWN),
    ("专利都是从高校受让的", OWN, False),
    ("3件都是从别的公司过户过来的", OWN, False),
    ("这些专利没有自己研发的", OWN, False),
    ("没一件是自己研发的,全是买来的", OWN, False),
    ("专利是我们自己研发的,不是买的", OWN, True),
    ("设备是买的,专利是自己研发的", OWN, True),
    ("专利是自主研发的,没有买的", OWN, True),
    ("6件专利里有2件是买来的", PATENTS, 4),
    ("6件专利里有2件是买来的", OWN, UNKNOWN),
    ("一共6件专利,2件是买来的,其余都是自己研发的", OWN, True),
    ("2件发明是买的,3件实用新型是自己研发的", PATENTS, 3),
    ("2件发明是买的,3件实用新型是自己研发的", OWN, True),
    ("2件发明是买的,3件实用新型是自己研发的", INVENTIONS, UNKNOWN),
    ("我们买了3件专利", OWN, False),
    ("2件发明,其中一件是买的", INVENTIONS, 1),
    ("2件发明,其中一件是买的", OWN, UNKNOWN),
    ("发明1件(买的),实用新型2件(自研)", PATENTS, 2),
    ("有3件专利正在申请", PATENTS, UNKNOWN),
    ("有3件专利,还没授权", PATENTS, UNKNOWN),
    ("有3件专利,2件还在审查", PATENTS, 3),
    ("3件专利申请补贴行吗", PATENTS, 3),
    ("合伙人一共3个", PATENTS, UNKNOWN),
    ("6件专利里有3件是买的,剩下3件是自己研发的实用新型", PATENTS, 3),
    ("6件专利里有3件是买的,剩下3件是自己研发的实用新型", OWN, True),
    ("一年转让了3200件专利", "专利转让件数", 3200),
]
WON: list[Row] = [
    ("我去法院告的,年底判我赢", SUED, True),
    ("我去法院告的,年底判我赢", SUCCESS, True),
    ("商标被仿,起诉后法院判他们赔钱", SUED, True),
    ("商标被仿,起诉后法院判他们赔钱", SUCCESS, True),
    ("一审法院支持了我们的请求", SUCCESS, True),
    ("法院判我们输了", SUCCESS, False),
    ("法院驳回了我们的起诉", SUCCESS, False),
    ("对方赔钱认输了", SUCCESS, True),
    ("官司还没判", SUCCESS, False),
    ("官司赢了没有还不知道", SUCCESS, UNKNOWN),
    ("同行告我们抄他专利,我们打赢了", SUED, False),
    ("对方起诉我们侵权", SUED, False),
    ("我们告同行侵权", SUED, True),
    ("画册被同行盗用,打著作权官司赢了", DISPUTE, ("著作权侵权",)),
    ("客户拖欠货款,打官司赢了", DISPUTE, ("劳动合同等其他纠纷",)),
    ("配方被离职员工泄露,商业秘密案赢了", DISPUTE, ("商业秘密",)),
    ("我们有3件软件著作权,商标被人仿了", DISPUTE, ("商标侵权",)),
    ("买的是侵犯专利权责任险,保费8000", INSURED, "其他专利保险"),
    ("没买执行险,买的是专利许可责任险", INSURED, "其他专利保险"),
    ("没买执行险,买的是专利许可责任险", OWN, UNKNOWN),
    ("投的是专利执行险,另外3万是雇主责任险", INSURED, "专利执行险"),
    ("备案了5件产品,其中2件评上密集型", DENSE, 2),
    ("手里十几件发明", INVENTIONS, ">=10"),
    ("有10件发明专利", INVENTIONS, 10),
    ("有20件专利,10件商标", PATENTS, 20),
    ("有20件专利,10件商标", "注册商标件数", 10),
    ("0件发明", INVENTIONS, NONE),
    ("培育项目验收不合格是2024年3月", FAILED, "2024-03-01"),
    ("俺公司外观专利叫人仿了,打官司对方输了", SUED, True),
    ("我们公司向市场监管局投诉别人侵犯我们专利,责令他停止侵权了", SUED, True),
    ("手里二十多件专利", PATENTS, ">=20"),
    ("我司做了贯标", WHO, "企业"),
    ("公司投的雇主责任险,保费2万", INSURED, "其他专利保险"),
    ("今年已经领过2万密集型奖励了", "本年已领专利密集型产品奖励", 20000),
    ("今年前面那场官司补了我们公司12000", "本年已领维权资助", 12000),
    ("我是个体户,高校毕业生创业担保贷款我能享受吗?", STATUS, UNKNOWN),
    ("我是高校毕业生,创业担保贷款我能享受吗?", STATUS, ("高校毕业生",)),
    ("高校毕业生创业担保贷款,最高能贷多少?", STATUS, ("高校毕业生",)),
    ("我们公司想申请江西省专利奖奖励,够不够格?", "所获奖项", UNKNOWN),
    ("想申报高质量集聚发展示范区", BEFORE, UNKNOWN),
    ("原来就是集聚发展示范区", BEFORE, "原集聚发展示范区"),
]
SUMS: list[Row] = [
    ("官司打赢了,请代理花了3.5万", LAWYER, 35000),
    ("官司打赢了,请代理花了3.5万", COST, UNKNOWN),
    ("请了律师,一共花了6万", LAWYER, 60000),
    ("律师那边收了我们4万块", LAWYER, 40000),
    ("找律师花掉2万8", LAWYER, 28000),
    ("代理费3万,诉讼费8000,公证费2000", LAWYER, 30000),
    ("代理费3万,诉讼费8000,公证费2000", COURT, 8000),
    ("代理费3万,诉讼费8000,公证费2000", NOTARY, 2000),
    ("花了5万块律师费和3000块公证费", LAWYER, 50000),
    ("花了5万块律师费和3000块公证费", NOTARY, 3000),
    ("诉讼费交了6000,律师费花了4万", COURT, 6000),
    ("两场官司,代理费一场3万、一场4万", LAWYER, 70000),
    ("两场官司,代理费一场3万一场4万", LAWYER, 70000),
    ("代理费一审2万,二审又花了3万", LAWYER, 50000),
    ("代理费一共8万,其中一审3万", LAWYER, 80000),
    ("没请律师,自己花了2万跑这事", LAWYER, UNKNOWN),
    ("对方赔了我们10万", LAWYER, UNKNOWN),
    ("对方赔了我们10万,律师费3万", LAWYER, 30000),
    ("判赔20万,代理费6万", LAWYER, 60000),
    ("贯标辅导费3万,认证费1.5万", COST, 15000),
    ("买设备花了20万,认证费1.2万", COST, 12000),
    ("房租交了3万", COST, UNKNOWN),
    ("交了5万的社保", COST, UNKNOWN),
    ("装修花了8万", COST, UNKNOWN),
    ("给员工培训费花了1万", COST, UNKNOWN),
    ("贯标认证这次花了16000元", COST, 16000),
    ("认证这块总共掏了1万9", COST, 19000),
    ("认证费本来报价2万,最后谈到1.6万", COST, 16000),
    ("买了专利执行险,花了9000", PREMIUM, 9000),
    ("买了专利执行险,花了9000", COST, UNKNOWN),
    ("执行险那张保单是1.2万", PREMIUM, 12000),
    ("车险交了6000,专利执行险的保费是8000", PREMIUM, 8000),
    ("3万是财产险的", PREMIUM, UNKNOWN),
    ("厂房的财产险保费2万,专利执行险1万", PREMIUM, 10000),
    ("我们做了GB/T29490认证", COST, UNKNOWN),
    ("认证做的是29490标准", COST, UNKNOWN),
    ("执行险是8000", PREMIUM, 8000),
    ("保费补六成,封顶1万对吗", PREMIUM, UNKNOWN),
    ("贯标一共花了5万,其中认证费1.8万,辅导费3.2万", COST, 18000),
    ("打官司花了10万", COST, UNKNOWN),
    ("打官司花了10万", LAWYER, UNKNOWN),
    ("打官司前后花了10万,代理费占6万", LAWYER, 60000),
    ("赢了官司拿到赔款15万,给律师5万", LAWYER, 50000),
    ("注册资本500万,认证费1.1万", COST, 11000),
    ("一年营业额800万,保费1.5万", PREMIUM, 15000),
]
AT_LEAST: list[Row] = [
    ("认证费至少3万", COST, ">=30000"),
    ("认证费起码两万五", COST, ">=25000"),
    ("认证费两万多", COST, ">=20000"),
    ("认证费超过2万", COST, ">=20000"),
    ("认证费2万出头", COST, ">=20000"),
    ("认证费,3万只多不少", COST, ">=30000"),
    ("代理费不止10万", LAWYER, ">=100000"),
    ("律师费8万打底", LAWYER, ">=80000"),
    ("保费2万往上", PREMIUM, ">=20000"),
    ("认证费不到2万", COST, UNKNOWN),
    ("认证费大概2万", COST, UNKNOWN),
    ("认证费2万左右", COST, UNKNOWN),
    ("认证费顶多2万", COST, UNKNOWN),
    ("认证费最多2万", COST, UNKNOWN),
    ("认证费2万多少补一点吗", COST, UNKNOWN),
    ("店里300多平", "经营场所面积平方米", ">=300"),
    ("面积不到300平", "经营场所面积平方米", "<300"),
    ("从业人员不到10人", "从业人员人数", "<10"),
    ("员工十多个", "从业人员人数", ">=10"),
    ("一年营业额三百多万", "年营业额万元", ">=300"),
    ("公司不到3件专利", PATENTS, "<3"),
    ("员工多少个才算", "从业人员人数", UNKNOWN),
]
ROUGHLY: list[Row] = [
    ("流水290来万", TURNOVER, "290-300"),
    ("营业额300来万", TURNOVER, "300-400"),
    ("一年流水大概200万", TURNOVER, "160-240"),
    ("营业额200万左右", TURNOVER, "160-240"),
    ("营业额三百多万", TURNOVER, ">=300"),
    ("店面将近300平", AREA, "240-300"),
    ("大概3件发明专利", INVENTIONS, "2-4"),
    ("店面300平", AREA, 300),
    ("请了十来个员工", STAFF, "10-20"),
    ("店里六七个伙计", STAFF, "6-8"),
    ("后厨、服务员加一块11个人", STAFF, 11),
    ("连老板带伙计九个人", STAFF, 9),
    ("我们三个人合伙开公司", STAFF, UNKNOWN),
]
LENGTHS: list[Row] = [
    ("想歇业三年半", CLOSED, 3.5),
    ("打算停业一年零三个月", CLOSED, 1.25),
    ("歇业18个月", CLOSED, 1.5),
    ("想歇业三年多", CLOSED, ">=3.01"),
    ("想歇业半年", CLOSED, 0.5),
    ("想歇业三四年", CLOSED, "3-5"),
    ("2024年3月歇业的", CLOSED, UNKNOWN),
    ("开了三年的店想歇业", CLOSED, UNKNOWN),
    ("贷款想借两年半", BORROWED, 2.5),
    ("贷款分42个月还", BORROWED, 3.5),
    ("2023年贷的款", BORROWED, UNKNOWN),
]
CLOSING: list[Row] = [
    ("店叫火烧了", CAUSE, ("事故灾难",)),
    ("仓库让大水泡了", CAUSE, ("自然灾害",)),
    ("跟两个帮工散伙的事没谈拢", AGREED, False),
    ("工人的补偿还在扯皮", AGREED, False),
    ("员工都说好了", AGREED, True),
    ("店里没雇人", AGREED, True),
    ("要不要先跟员工谈好", AGREED, UNKNOWN),
    ("想增加一个冷食项目", PERMIT, True),
    ("经营项目一样没变", PERMIT, False),
]
NAMES: list[Row] = [
    ("店里有七个人", WHO, UNKNOWN),
    ("我是退伍军人,创业担保贷款20万给不给批", STATUS, ("退役军人",)),
    ("我是下岗职工,想申请退役军人的那个贷款", STATUS, ("其他身份",)),
    ("毕业生一个人办小微企业", "创业形式", "创办小微企业"),
    ("我们镇政府想牵头申报", BODY, "乡镇人民政府"),
    ("街道办能不能自己报", BODY, "乡镇人民政府"),
    ("由县政府出面申报", BODY, "区县人民政府"),
    ("高新区管委会自己报", BODY, "园区管委会"),
    ("设区市政府申报", BODY, "市级以上人民政府"),
    ("市里直接出面报", BODY, "市级以上人民政府"),
    ("能从市里拿多少钱", BODY, UNKNOWN),
    ("省里补多少", BODY, UNKNOWN),
    ("园子是县里办的一个产业园", PLACE, "市级及以下园区"),
    ("我们是省级高新区", PLACE, "省级以上产业园区"),
    ("是国务院批的经开区", PLACE, "省级以上产业园区"),
    ("是市级工业园区", PLACE, "市级及以下园区"),
    ("以前没挂过国家牌子", BEFORE, "其他集聚区"),
    ("从没拿过任何国家级的称号", BEFORE, "其他集聚区"),
    ("我们原先就是集聚发展试验区", BEFORE, "原集聚发展试验区"),
    ("想报试验区", BEFORE, UNKNOWN),
    ("我在部队待了八年,去年退下来的", STATUS, ("退役军人",)),
    ("高中文化、什么证都没有,退伍自己开店", TITLE, NONE),
    ("考了焊工三级", RANK, "三级职业资格"),
    ("当了两年兵回来创业", STATUS, ("退役军人",)),
    ("从部队回来三年了", STATUS, ("退役军人",)),
    ("当过义务兵", STATUS, ("退役军人",)),
    ("我是下岗职工", STATUS, ("其他身份",)),
    ("我是下岗职工,想申请退役军人那个贷款", STATUS, ("其他身份",)),
    ("我老公是退役军人,我能贷吗", STATUS, UNKNOWN),
    ("我爸当过兵", STATUS, UNKNOWN),
    ("我老公是退役军人,我能申请退役军人创业担保贷款吗", STATUS, UNKNOWN),
    ("我老公是退役军人,我也是退役军人", STATUS, ("退役军人",)),
    ("验收没过,新方案编好了", PLAN, True),
    ("没欠税,有一笔罚款没交", "有欠税罚款", True),
    ("没欠税,也没有罚款", "有欠税罚款", False),
    ("还没毕业的大学生想创业", STATUS, ("在校学生",)),
    ("贷款还了,没逾期", "已按合同还款还息", True),
    ("贷款逾期了两个月", "已按合同还款还息", False),
    ("优势企业的牌子去年被取消了", "是否知识产权优势企业", False),
    ("三年前认证过一次", "首次通过认证", False),
    ("头一回把管理规范的证考下来", "首次通过认证", True),
    ("个体户去年已经变成公司了", WHO, "企业"),
    ("保险公司不给赔", WHO, UNKNOWN),
    ("专职的知识产权部没有", "设有专职知识产权部门", False),
    ("专科刚毕业", STATUS, ("高校毕业生",)),
    ("我中专毕业", STATUS, UNKNOWN),
    ("我高中毕业就出来做事了", STATUS, UNKNOWN),
    ("我中专毕业", SCHOOL, "高中及以下"),
    ("大专文凭", SCHOOL, "大专"),
    ("念过大学", SCHOOL, "本科"),
    ("有张四级的焊工证", RANK, "四级职业资格"),
    ("考了三级的厨师证书", RANK, "三级职业资格"),
    ("是高级工", RANK, "三级职业资格"),
    ("是技师", RANK, "二级职业资格"),
    ("英语四级证书有", RANK, UNKNOWN),
    ("技能证一本没有", RANK, NONE),
    ("没评过职称", TITLE, NONE),
    ("从没评过技术职称", TITLE, NONE),
    ("有人山寨我们的专利", DISPUTE, ("专利侵权",)),
    ("我们的发明被同行抄了", DISPUTE, ("专利侵权",)),
    ("对方侵犯我的外观设计", DISPUTE, ("专利侵权",)),
    ("有人傍我们的牌子", DISPUTE, ("商标侵权",)),
    ("商标被人冒用", DISPUTE, ("商标侵权",)),
    ("假冒我们商标的那家", DISPUTE, ("商标侵权",)),
    ("跟客户有合同纠纷", DISPUTE, ("劳动合同等其他纠纷",)),
    ("我们有3件专利", DISPUTE, UNKNOWN),
    ("验收已经过了", ACCEPTED, "验收通过"),
    ("验收这关顺利过关", ACCEPTED, "验收通过"),
    ("评估验收没能过", ACCEPTED, "验收未通过"),
    ("国家局来验过,没通过", ACCEPTED, UNKNOWN),
    ("验收结果不合格", ACCEPTED, "验收未通过"),
    ("验收还没通过", ACCEPTED, UNKNOWN),
    ("验收还没开始", ACCEPTED, UNKNOWN),
    ("新的三年方案不打算做了", PLAN, False),
    ("新一轮方案搁置了", PLAN, False),
    ("没再编下一轮方案", PLAN, False),
    ("新的三年建设方案已经编好了", PLAN, True),
    ("下一步要编新的三年方案吗", PLAN, UNKNOWN),
    ("找税务局代开过一张发票", INVOICES, True),
    ("没领过发票也没代开过", INVOICES, False),
    ("没领过发票,但去年代开过三次", INVOICES, True),
    ("从来没开过发票", INVOICES, False),
    ("地方没挪", MOVED, False),
    ("铺子还是原来那间", MOVED, False),
    ("不搬家,还在老地方", MOVED, False),
    ("店搬到隔壁街了", MOVED, True),
    ("门面换了", MOVED, True),
]
DATES: list[Row] = [
    ("去年3月12号收到的批复", APPROVED, "2025-03-12"),
    ("2025年4月1日国家局批的", APPROVED, "2025-04-01"),
    ("去年3月12号收到的批复", NAMED, UNKNOWN),
    ("去年6月1日拿到的示范企业牌子", NAMED, "2025-06-01"),
    ("去年6月1日拿到的示范企业牌子", APPROVED, UNKNOWN),
    ("昨天把申请递上去了", SENT, UNKNOWN),
    ("昨天递上去的申请", SENT, "2026-11-24"),
    ("10月9号交了全部材料", SENT, "2026-10-09"),
    ("去年12月1日验收没过", FAILED, "2025-12-01"),
    ("验收是去年12月1日没通过的", FAILED, "2025-12-01"),
    ("贷款不是明年,是2027年3月31日到期", DUE, "2027-03-31"),
    ("贷款2027年5月6号就到期", DUE, "2027-05-06"),
    ("证2027年5月6号到手", DUE, UNKNOWN),
]
GENERAL: list[Row] = [
    ("创业担保贷款我能贷多少?别的条件都够", LOAN, True),
    ("创业担保贷款我能贷多少?别的条件都够", RENEWAL, UNKNOWN),
    ("其他条件都符合,创业担保贷款最多多少", LOAN, True),
    ("创业担保贷款的条件我都满足", LOAN, True),
    ("创业担保贷款要什么条件", LOAN, UNKNOWN),
    ("不知道符不符合条件,创业担保贷款能贷多少", LOAN, UNKNOWN),
    ("创业担保贷款,我条件不够", LOAN, False),
    ("符合创业担保贷款条件的能贷多少", LOAN, True),
    ("不符合创业担保贷款条件", LOAN, False),
    ("我想续贷,条件都符合", RENEWAL, True),
    ("我想续贷,条件都符合", LOAN, UNKNOWN),
    ("条件符合吗?我想续贷", RENEWAL, UNKNOWN),
]
LITERAL: list[Row] = [
    ("我们企业信用水平高,风险水平低", "信用水平高", True),
    ("我们企业信用水平高,风险水平低", "风险水平低", True),
    ("信用水平高的企业有什么好处", "信用水平高", UNKNOWN),
    ("信用水平高吗我不知道", "信用水平高", UNKNOWN),
    ("已划定四至和总面积", "已划定四至和总面积", True),
    ("还没划定四至和总面积", "已划定四至和总面积", False),
    ("我们符合小型微利企业条件", "符合小型微利企业条件", True),
    ("不符合小型微利企业条件", "符合小型微利企业条件", False),
    ("符合小型微利企业条件的怎么减税", "符合小型微利企业条件", UNKNOWN),
    ("是否符合小型微利企业条件", "符合小型微利企业条件", UNKNOWN),
    ("是因疫情逾期还款", "因疫情逾期还款", True),
]
NOT_SAID: list[Row] = [
    (
        "我朋友的公司评上国家知识产权示范企业,我们评上抚州市知识产权优势企业",
        HONOUR,
        ("抚州市知识产权优势企业",),
    ),
    ("我家隔壁厂有5件发明专利,我们有3件发明专利", "有效发明专利件数", 3),
    ("我的小店想转公司", WHO, "个体工商户"),
    ("饭馆打算升级成公司", WHO, "个体工商户"),
    ("个体户转企业要什么手续", WHO, "个体工商户"),
    ("店已经转成公司了", WHO, "企业"),
    ("我们公司要注销", WHO, "企业"),
    ("大学毕业后自己干", "机构性质", UNKNOWN),
    ("大学毕业后自己干", WHO, UNKNOWN),
    ("我们是一所大学", WHO, "高校"),
    ("示范区能挂几年", "拟申报类型", UNKNOWN),
    ("我们打算申报示范区", "拟申报类型", "示范区"),
    ("全区有2600人从业", PARTNERS, UNKNOWN),
    ("店里3个人干活", PARTNERS, UNKNOWN),
    ("4个人合伙", PARTNERS, 4),
    ("合伙人一共3个,员工8个", PARTNERS, 3),
    ("我有个朋友是退伍军人", STATUS, UNKNOWN),
    ("我和朋友都是退伍军人", STATUS, ("退役军人",)),
    ("认证加辅导一共5万", COST, UNKNOWN),
    ("许可证上个月过期了", "许可证在有效期内", False),
    ("许可证还没过期", "许可证在有效期内", True),
    ("我和3个战友合伙开店", PARTNERS, 4),
    ("跟两个同学一起合伙,一共三个人合伙", PARTNERS, 3),
    ("我带着两个退伍战友一块创业", PARTNERS, 3),
    ("5名毕业生合伙创业", PARTNERS, 5),
    ("我和女友还有一个同学三个人一起开店", PARTNERS, 3),
    ("我们四个准备合伙弄个工作室", PARTNERS, 4),
    ("还没评上密集型产品", "是否项目承担单位", UNKNOWN),
    ("项目没评上", "是否项目承担单位", False),
    ("贷款的一般条件都够", "发展条件和工作推进", UNKNOWN),
    ("我们市发展得一般", "发展条件和工作推进", "一般"),
]


@pytest.mark.parametrize(
    ("message", "key", "value"),
    [
        *LOST,
        *WON,
        *SUMS,
        *AT_LEAST,
        *ROUGHLY,
        *LENGTHS,
        *CLOSING,
        *NAMES,
        *DATES,
        *GENERAL,
        *LITERAL,
        *NOT_SAID,
    ],
)
def test_what_people_say_is_read_and_what_they_do_not_say_is_not(
    message: str, key: str, value: object
) -> None:
    assert told(message, key=key) == value


TALKS: list[tuple[list[str], str, object]] = [
    (["我们有5件自研实用新型", "其中3件去年没缴年费失效了"], PATENTS, 2),
    (["我们有5件自研实用新型", "其中3件去年没缴年费失效了", "剩下的都是自己研发的"], PATENTS, 2),
    (["有3件发明", "有一件发明上个月卖了"], INVENTIONS, 2),
    (["有3件专利", "后来又卖了1件", "还剩几件算数?"], PATENTS, 2),
    (["专利一共6件", "哦对了,失效了两件"], PATENTS, 4),
    (["保费交了3万", "算错了,3万是车险,专利执行险是1.4万"], PREMIUM, 14000),
    (["代理费5万", "看错了,5万是赔偿,代理费是2万"], LAWYER, 20000),
    (["代理费5万", "诉讼费是8000"], LAWYER, 50000),
    (["第一次贯标花了一万六", "一万六是给咨询公司的,认证费其实是两万一"], COST, 21000),
    (["我个人打的官司", "记错了,原告是公司,不是我个人"], WHO, "企业"),
    (["3个人合伙", "说错了,是4个人合伙"], PARTNERS, 4),
    (["我和两个战友合伙", "后来又加了两个,一共5个人合伙"], PARTNERS, 5),
    (["想申请创业担保贷款", "我是退伍军人,大专", "其他条件都符合"], LOAN, True),
    (["认证费1.5万", "不对,认证费至少2.5万"], COST, ">=25000"),
    (["国家级示范企业奖多少", "那市级的呢"], HONOUR, ("抚州市知识产权示范企业",)),
    (["国家级信息服务网点奖多少", "要是只评上省里那一级的呢"], HONOUR, ("省级信息服务网点",)),
    (["市级示范企业发多少", "我们要是国家级的示范呢"], HONOUR, ("国家知识产权示范企业",)),
    (["评上了省级示范企业", "说错了,是市级示范企业"], HONOUR, ("抚州市知识产权示范企业",)),
    (["评上了市级示范企业", "说错了,是优势企业"], HONOUR, ("抚州市知识产权优势企业",)),
    (
        ["评上了市级优势企业", "要是再评上省级的呢"],
        HONOUR,
        ("抚州市知识产权优势企业", "江西省知识产权优势企业"),
    ),
    (
        ["评上了市级优势企业", "省级示范也评上了"],
        HONOUR,
        ("抚州市知识产权优势企业", "江西省知识产权示范企业"),
    ),
    (["打算和两个同学合伙开店", "有一个退出了,现在连我就俩人"], PARTNERS, 2),
    (["四个毕业生要合伙,一个退出了,剩三个"], PARTNERS, 3),
    (["四个毕业生合伙开店", "有一个退出了"], PARTNERS, 3),
    (["五个大学生合伙", "现在又来了两个,一共七个人"], PARTNERS, 7),
    (["五个大学生合伙", "后来又来了两个"], PARTNERS, 7),
    (["创业担保贷款借过一轮"], ROUNDS, 2),
    (["创业担保贷款借过一轮", "后来2023、2024又各续了一轮", "能不能再来一轮"], ROUNDS, 4),
    (["以前又续了一轮"], ROUNDS, UNKNOWN),
    (["有2件专利", "要是卖掉1件呢", "那现在能补吗"], PATENTS, 2),
]


@pytest.mark.parametrize(("messages", "key", "value"), TALKS)
def test_a_later_word_subtracts_replaces_and_adds(messages: list[str], key: str, value: object) -> None:
    assert told(*messages, key=key) == value
