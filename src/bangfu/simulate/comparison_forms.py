"""Layouts of the lists that a whole county is compared with: those of `department_forms` and three more."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any, Final

from bangfu.simulate.department_forms import FORMS, Form
from bangfu.simulate.sheets import Column

_ADDRESS: Final = Column("address", "户籍地址")
_GRADES: Final = ("一年级", "三年级", "五年级", "七年级", "九年级")
_SCHOOLS: Final = ("中心小学", "第二小学", "初级中学", "民族中学")


def _certificate(kind: str, rng: Random) -> dict[str, Any]:
    del kind
    return {
        "kind": rng.choice(("视力残疾", "听力残疾", "肢体残疾", "肢体残疾", "智力残疾", "精神残疾")),
        "grade": rng.choice(("一级", "二级", "三级", "四级")),
        "issued_on": rng.randint(2009, 2016) * 10_000 + rng.randint(1, 12) * 100 + rng.randint(1, 28),
    }


def _insured(kind: str, rng: Random) -> dict[str, Any]:
    del kind
    return {"scheme": "城乡居民基本医疗保险", "year": 2016, "paid_on": 20_151_000 + rng.randint(1, 28)}


def _pupil(kind: str, rng: Random) -> dict[str, Any]:
    del kind
    return {"school": rng.choice(_SCHOOLS), "grade": rng.choice(_GRADES), "class": f"{rng.randint(1, 4)}班"}


def _form(name: str, title: str, *columns: Column) -> Form:
    who = (Column("number", "序号", "count"), Column("name", "姓名"), Column("id_no", "身份证号"))
    fill = {"disability": _certificate, "insurance": _insured, "enrolment": _pupil}[name]
    return Form(name, title[:2], title, False, (*who, *columns, _ADDRESS), {name: True}, fill)


def _with_address(form: Form) -> Form:
    return replace(form, columns=(*form.columns, _ADDRESS))


NAMED: Final[Mapping[str, Form]] = {
    form.name: _with_address(form) for form in FORMS if form.name in {"vehicles", "companies", "housing", "payroll"}
}
"""Lists on which a registered person is a doubt."""

COMPLETE: Final[Mapping[str, Form]] = {
    form.name: form
    for form in (
        _form(
            "disability",
            "残联残疾人证持证名单",
            Column("kind", "残疾类别"),
            Column("grade", "残疾等级"),
            Column("issued_on", "发证日期", "day"),
        ),
        _form(
            "insurance",
            "医保局城乡居民医保参保名单",
            Column("scheme", "险种"),
            Column("year", "参保年度", "count"),
            Column("paid_on", "缴费日期", "day"),
        ),
        _form(
            "enrolment",
            "教育局义务教育在校学生名单",
            Column("school", "学校名称"),
            Column("grade", "年级"),
            Column("class", "班级"),
        ),
    )
}
"""Lists on which somebody who should be there may be missing."""
