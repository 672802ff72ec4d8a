"""The layouts of other departments' lists and what their rows say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from bangfu.simulate.sheets import Column

_ESTATES: Final = ("云溪", "澄湖", "屏山", "岚光")
Fill = Callable[[str, Random], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Form:
    """One department's list.

    kinds  kinds of hit, each with whether the doubt holds up
    fill   cells of a row of one kind, without person
    """

    name: str
    sheet: str
    title: str
    titled: bool
    columns: tuple[Column, ...]
    kinds: Mapping[str, bool]
    fill: Fill


def _day(rng: Random, first: int = 2008, last: int = 2016) -> int:
    return rng.randint(first, last) * 10_000 + rng.randint(1, 12) * 100 + rng.randint(1, 28)


def _vehicle(kind: str, rng: Random) -> dict[str, Any]:
    car = kind != "farm_tricycle"
    letters = "".join(rng.choice("ABCDEFGH") for _ in range(2))
    return {
        "plate": f"溪{letters[0]}·{letters[1]}{rng.randint(0, 9999):04d}",
        "type": rng.choice(("小型轿车", "小型普通客车")) if car else "三轮汽车",
        "use": "非营运" if car else "农用",
        "first_on": _day(rng),
        "price_fen": rng.randint(32, 160) * 100_000 if car else rng.randint(4, 12) * 100_000,
    }


def _company(kind: str, rng: Random) -> dict[str, Any]:
    trade = rng.choice(("农产品", "建材", "运输", "餐饮", "百货"))
    return {
        "company": f"云溪{rng.choice('鑫隆茂盛恒昌')}{rng.choice('源达发泰安和')}{trade}有限公司",
        "capital_fen": rng.randint(1, 60) * 10_000_000,
        "founded_on": _day(rng),
        "state": "注销" if kind == "company_struck_off" else "存续",
        "role": "法定代表人",
    }


def _house(kind: str, rng: Random) -> dict[str, Any]:
    given = kind == "relocation_flat"
    return {
        "place": f"澄屏县城{rng.choice(_ESTATES)}小区{rng.randint(1, 20)}栋{rng.randint(101, 1803)}室",
        "floor_dm2": rng.randint(75, 140) * 100 if not given else rng.randint(50, 100) * 100,
        "use": "易地搬迁安置房" if given else "商品住宅",
        "registered_on": _day(rng, 2012),
    }


def _payroll(kind: str, rng: Random) -> dict[str, Any]:
    post = kind == "public_post_pay"
    return {
        "office": rng.choice(("县林业局", "县水利局", "某镇中心小学", "某镇卫生院", "县供销社")),
        "post": "公益性岗位（保洁员）" if post else rng.choice(("科员", "教师", "护士", "驾驶员")),
        "class": "公益性岗位" if post else "财政全额供养",
        "month_fen": 50_000 if post else rng.randint(26, 58) * 10_000,
    }


def _death(kind: str, rng: Random) -> dict[str, Any]:
    died = 20170100 + rng.randint(1, 3) if kind == "after_the_day" else _day(rng, 2015)
    return {"died_on": died, "cause": rng.choice(("疾病", "意外", "自然死亡")), "burial": rng.choice(("火化", "土葬"))}


def _allowance(kind: str, rng: Random) -> dict[str, Any]:
    del kind
    return {"class": rng.choice(("A类", "B类", "C类")), "since": rng.randint(2013, 2016) * 100 + rng.randint(1, 12)}


_NUMBER: Final = Column("number", "序号", "count")

FORMS: Final = (
    Form(
        "vehicles",
        "机动车",
        "公安局交警大队机动车登记名单",
        True,
        (
            _NUMBER,
            Column("plate", "号牌号码"),
            Column("type", "车辆类型"),
            Column("use", "使用性质"),
            Column("name", "机动车所有人"),
            Column("id_no", "身份证明号码"),
            Column("first_on", "初次登记日期", "date"),
            Column("price_fen", "购置价(元)", "yuan"),
        ),
        {"car": True, "farm_tricycle": False, "namesake": False},
        _vehicle,
    ),
    Form(
        "companies",
        "企业",
        "市场监督管理局企业登记名单",
        False,
        (
            Column("credit_code", "统一社会信用代码"),
            Column("company", "企业名称"),
            Column("name", "法定代表人"),
            Column("id_no", "证件号码"),
            Column("capital_fen", "注册资本(万元)", "wan"),
            Column("founded_on", "成立日期", "day"),
            Column("state", "经营状态"),
        ),
        {"company": True, "company_struck_off": False},
        _company,
    ),
    Form(
        "housing",
        "不动产",
        "不动产登记中心住房登记名单",
        True,
        (
            _NUMBER,
            Column("name", "权利人"),
            Column("id_no", "权利人证件号"),
            Column("place", "坐落"),
            Column("floor_dm2", "建筑面积(平方米)", "m2"),
            Column("use", "房屋用途"),
            Column("registered_on", "登记时间", "day"),
        ),
        {"town_flat": True, "relocation_flat": False},
        _house,
    ),
    Form(
        "payroll",
        "财政供养",
        "财政局财政供养人员名单",
        True,
        (
            _NUMBER,
            Column("office", "单位名称"),
            Column("name", "姓名"),
            Column("id_no", "身份证号"),
            Column("post", "职务"),
            Column("class", "人员类别"),
            Column("month_fen", "月工资(元)", "yuan"),
        ),
        {"public_staff": True, "public_post_pay": False},
        _payroll,
    ),
    Form(
        "deaths",
        "死亡",
        "民政局死亡人员名单",
        False,
        (
            Column("name", "姓名"),
            Column("id_no", "公民身份号码"),
            Column("died_on", "死亡日期", "date"),
            Column("cause", "死亡原因"),
            Column("burial", "安葬方式"),
        ),
        {"died": True, "after_the_day": False},
        _death,
    ),
    Form(
        "allowances",
        "低保",
        "民政局农村低保发放名单（2016年12月）",
        True,
        (
            _NUMBER,
            Column("name", "户主姓名"),
            Column("id_no", "身份证号码"),
            Column("heads", "保障人数", "count"),
            Column("class", "保障类别"),
            Column("month_fen", "月保障金(元)", "yuan"),
            Column("since", "享受起始月", "month"),
        ),
        {"allowance_not_in_ledger": True},
        _allowance,
    ),
)
