"""What a pin sees of its clause: words and figures, no punctuation."""

import pytest

from ceyin.assistant.rules.book import pin_hash, pin_holds
from ceyin.assistant.rules.model import Pin

HASHES: dict[str, tuple[str, str, bool]] = {
    "another mirror's punctuation": ("补助2万元,每家。", "补助 2万元 ;每家", True),
    "a changed word": ("补助2万元", "补助3万元", False),
    "a decimal point that was lost": ("补助1.5万元", "补助15万元", False),
    "a full stop after a figure": ("补助15.", "补助15", True),
    "a clause number's point": ("1.补助15万元", "1、补助15万元", True),
}


@pytest.mark.parametrize(("first", "second", "same"), HASHES.values(), ids=HASHES.keys())
def test_a_pin_sees_words_and_figures_and_no_punctuation(first: str, second: str, same: bool) -> None:
    assert (pin_hash(first) == pin_hash(second)) is same


def test_a_pin_of_the_first_normalisation_is_still_held_against_its_clause() -> None:
    old = Pin(policy="shili", path=("第一条",), sha256=pin_hash("补助1.5万元", 1), normalisation=1)
    assert pin_holds(old, "补助1.5万元") and not pin_holds(old, "补助2万元")
