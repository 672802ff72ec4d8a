"""Sheets that are no ledger: lists of other departments, cover pages, unknown tables."""

import pytest

from bangfu.intake.layouts import recognise_all
from bangfu.intake.sheets import Sheet
from bangfu.kernel.errors.inputs import LedgerElsewhere, LedgerUnknown
from tests.intake.builders import ROSTER, with_data
from tests.intake.taken import PARAMETERS, told


@pytest.mark.parametrize(
    ("header", "title"),
    [
        (["序号", "姓名", "身份证号", "车牌号", "车辆类型", "登记日期"], "车辆登记名单"),
        (["姓名", "身份证号码", "企业名称", "统一社会信用代码", "注册资本", "成立日期"], "工商登记名单"),
        (["权利人", "证件号码", "房屋坐落", "建筑面积", "登记日期"], "商品房登记名单"),
        (["姓名", "身份证号", "单位名称", "编制类型"], "财政供养人员名单"),
        (["姓名", "身份证号码", "死亡日期"], "死亡人员名单"),
        (["姓名", "身份证号", "低保证号", "发放金额"], "救助发放名单"),
        (["村名", "检查项目", "检查结果", "是否达标", "备注"], "检查清单"),
    ],
    ids=["vehicles", "companies", "housing", "payroll", "deaths", "allowances", "inspection"],
)
def test_a_list_that_belongs_elsewhere_is_sent_there(header, title):
    with pytest.raises(LedgerElsewhere) as raised:
        told(with_data(header, [["清溪县"]]))
    assert raised.value.facts["title"].zh == title


def test_what_is_no_ledger_is_refused_with_what_was_understood_and_what_is_missing():
    with pytest.raises(LedgerUnknown) as raised:
        told(with_data(["姓名", "证件号码", "与户主关系", "健康状况", "备注"]))
    assert raised.value.facts["understood"] == "姓名、证件号码、与户主关系、健康状况"
    assert raised.value.facts["missing"] == "户编号"


@pytest.mark.parametrize("rows", [[["说明"]], [["a", "b"], ["c", "d"]], [["", ""], ["x", ""]]])
def test_a_sheet_of_nothing_known_is_refused(rows):
    with pytest.raises(LedgerUnknown):
        told(rows)


def test_a_cover_page_beside_a_ledger_is_skipped_with_its_reason():
    cover, legend = Sheet("封面", [["说明"]]), Sheet("车辆", with_data(["车牌号", "车辆类型"]))
    found = recognise_all([cover, Sheet("x", with_data(ROSTER)), legend], "a.xlsx", PARAMETERS)
    assert [layout.name for _, layout in found.ledgers] == ["roster"]
    assert [name for name, _ in found.skipped] == ["封面", "车辆"]
    assert found.skipped[1][1].zh == "工作表“车辆”是车辆登记名单，应在“部门数据比对”导入，本次已跳过。"
    assert "a list of registered vehicles" in found.skipped[1][1].en


def test_where_no_sheet_is_a_ledger_the_most_telling_refusal_is_given():
    near = Sheet("b", with_data(["姓名", "证件号码", "与户主关系"]))
    with pytest.raises(LedgerUnknown) as raised:
        recognise_all([Sheet("a", [["说明"]]), near], "a.xlsx", PARAMETERS)
    assert raised.value.facts["sheet"] == "b"
    with pytest.raises(LedgerElsewhere):
        recognise_all([near, Sheet("c", with_data(["车牌号", "车辆类型"]))], "a.xlsx", PARAMETERS)


def test_a_ledger_that_lacks_its_own_marks_is_told_what_they_are():
    with pytest.raises(LedgerUnknown) as raised:
        told(with_data(["行政村", "总户数", "备注"]))
    assert raised.value.facts["understood"] == "行政村、总户数"
    assert "总人口数" in raised.value.facts["missing"] or "或" in raised.value.facts["missing"]
