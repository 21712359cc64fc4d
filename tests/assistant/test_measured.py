"""A figure the user sets against a target is read beside its words, never from what is told of the text."""

from decimal import Decimal

import pytest

from ceyin.assistant.measured import figure_for, named_in
from ceyin.assistant.rules.files import FactSpec

HIGH_VALUE = FactSpec(key="万人高价值发明专利拥有量", type="number", unit="件", question="?")
AGENCIES = FactSpec(key="服务机构数量", type="count", unit="家", question="?")
STAFF = FactSpec(key="从业人员人数", type="count", unit="人", question="?")
CLOSED = FactSpec(key="案件结案率", type="number", unit="%", question="?")
REVENUE = FactSpec(key="服务业营业收入", type="money", unit="元", question="?")

READ = {
    "beside the words of the fact": (HIGH_VALUE, "每一万人有3.19件高价值发明专利,算完成了吗", False, "3.19"),
    "in the segment after them": (AGENCIES, "服务机构数了一遍,正好100家,够了吗", False, "100"),
    "a measure word said for another": (AGENCIES, "服务机构有102个,达标没有", False, "102"),
    "the only figure of the unit": (STAFF, "干这行的整整2600人,够了没有", True, "2600"),
    "a rate in tenths": (CLOSED, "案子结案率九成五,过线了吗", False, "95"),
    "a rate said twice alike": (CLOSED, "案子九成结掉了,90%不多不少,结案率的线算过了吗", True, "90"),
    "百分之": (CLOSED, "结案率百分之八十八,够吗", False, "88"),
    "a sum": (REVENUE, "服务业营业收入21.5亿元,达到了吗", False, "2150000000"),
}
NOT_READ = {
    "not where another target of the unit may be meant": (STAFF, "整整2600人,够了没有", False),
    "two figures of the unit": (STAFF, "去年2500人,今年2600人,够了没有", True),
    "what the text asks for": (AGENCIES, "文件要求服务机构100家,够了吗", False),
    "hearsay": (AGENCIES, "听说服务机构要100家,我们够吗", True),
    "one told roughly": (AGENCIES, "服务机构有100家左右,够了吗", True),
    "a sum is no count": (AGENCIES, "服务贸易出口10个亿,够线没", True),
    "another unit": (AGENCIES, "服务机构的人手2600人,够了没有", True),
    "no question after reaching a mark": (AGENCIES, "服务机构100家都在哪", True),
}


@pytest.mark.parametrize(("spec", "text", "alone", "value"), READ.values(), ids=READ.keys())
def test_read(spec: FactSpec, text: str, alone: bool, value: str) -> None:
    known = figure_for(spec, spec.unit, text, alone=alone)
    assert known is not None and known.value == Decimal(value)


def test_how_much_of_a_target_a_message_names() -> None:
    text = "案子结案率九成,过线了吗"
    assert named_in(CLOSED, text) > named_in(AGENCIES, text) == 0.0


@pytest.mark.parametrize(("spec", "text", "alone"), NOT_READ.values(), ids=NOT_READ.keys())
def test_not_read(spec: FactSpec, text: str, alone: bool) -> None:
    assert figure_for(spec, spec.unit, text, alone=alone) is None
