"""Names, phones and bank accounts, however a ledger writes them."""

import pytest

from tests.intake.builders import person
from tests.intake.taken import codes, only, parsed, roster


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("测试甲", "测试甲"), (" 测 试 ", "测试"), ("测　试", "测试"), ("阿·布都", "阿·布都"),
        ("阿‧布都", "阿·布都"), ("阿•布都", "阿·布都"),
        ("阿・布都", "阿·布都"), ("阿\u200b布", "阿布"), ("\u202e测试", "测试"), ("测试\ufe00", "测试"),
        ("测试（户主）", "测试"),
        ("㐱贠𠮷", "㐱贠𠮷"), ("Ana Test", "Ana Test"),
    ],
)  # fmt: skip
def test_a_name_is_cleaned_and_kept(cell, name):
    assert only(roster(person(姓名=cell)))["name"] == name


@pytest.mark.parametrize(
    "cell", ["测试1", "测\ue000", "测\ufffd", "测😀"], ids=["digit", "private use", "garbled", "emoji"]
)
def test_an_unusual_name_is_kept_with_a_warning(cell):
    result = roster(person(姓名=cell))
    assert (codes(result), result.accepted) == (["BF150"], 1)


@pytest.mark.parametrize(
    ("cell", "phone", "code"),
    [
        ("13800000001", "13800000001", None), ("138 0000 0001", "13800000001", None),
        ("138-0000-0001", "13800000001", None),
        ("+8613800000001", "13800000001", None), ("１３８００００００１１", "13800000011", None),
        ("0990-2345678", "0990-2345678", None),
        ("13800000001/13900000002", "13800000001", "BF174"), ("1.38E+10", None, "BF147"), ("12345", None, "BF147"),
        ("23800000001", None, "BF147"), ("1380000000", None, "BF147"), ("138000000011", None, "BF147"),
        ("无", None, None),
    ],
)  # fmt: skip
def test_a_phone_is_read_or_left_out_with_a_warning(cell, phone, code):
    result = roster(person(联系电话=cell))
    assert (result.frame["phone"][0], codes(result)) == (phone, [code] if code else [])


@pytest.mark.parametrize(
    ("cell", "account", "code"),
    [
        ("6222 0000 0000 0000 006", "6222000000000000006", "BF149"),
        ("4000000000000002", "4000000000000002", None),
        ("4000000000000003", "4000000000000003", "BF149"),
        ("123456789012", "123456789012", None),
        ("6.22200000000000E+18", None, "BF148"),
        ("12", None, "BF148"),
    ],
)
def test_a_bank_account_is_checked_by_length_and_check_digit(cell, account, code):
    header = ["户编号", "主要致贫原因", "贫困户属性", "银行账号"]
    result = parsed([header, ["1", "因病", "一般贫困户", cell]])
    assert (result.frame["account"][0], codes(result)) == (account, [code] if code else [])


def test_a_village_without_name_and_code_is_rejected():
    header = ["行政村", "行政村代码", "总户数", "低保户数", "总人口数"]
    result = parsed(
        [header, ["", "", "10", "2", "40"], ["上柳村", "", "10", "2", "40"], ["", "990101100201", "1", "1", "1"]]
    )
    assert (codes(result), result.accepted) == (["BF173"], 2)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        pytest.param("三组", None, id="a group"),
        pytest.param("第12组（2016年合并）", None, id="figures that are no number of a person"),
        pytest.param("3组 13800000001", "BF177", id="a phone"),
        pytest.param("组长１３８ ００００ ０００１", "BF177", id="a phone, full-width"),
    ],
)
def test_a_group_that_hides_a_number_rejects_its_row(cell, code):
    result = parsed([["户编号", "村民小组", "主要致贫原因", "贫困户属性"], ["1", cell, "因病", "一般贫困户"]])
    assert (codes(result), result.rejected) == (([code], 1) if code else ([], 0))
    assert "1380" not in str(result.problems["message_zh"].to_list())
