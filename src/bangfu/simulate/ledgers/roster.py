"""The roster (名单): one row a person, with the household's facts repeated, in the layout of the 2014-2020 export."""

from typing import Final

from bangfu.simulate.ledgers.styles import Style
from bangfu.simulate.sheets import Column

_PLACE: Final = "所在地"
_MEMBER: Final = "家庭成员情况"
_HOUSEHOLD: Final = "家庭情况"
_INSURANCE: Final = "社会保障"

_PLAIN: Final = (
    Column("county_name", "县(市、区、旗)", group=_PLACE),
    Column("town_name", "乡(镇)", group=_PLACE),
    Column("village_name", "行政村", group=_PLACE),
    Column("group_name", "自然村", group=_PLACE),
    Column("household_no", "户编号"),
    Column("person_no", "人编号"),
    Column("name", "姓名", group=_MEMBER),
    Column("id_no", "证件号码", group=_MEMBER),
    Column("declared_members", "人数", "count", group=_MEMBER),
    Column("relation", "与户主关系", group=_MEMBER),
    Column("ethnicity", "民族", group=_MEMBER),
    Column("education_level", "文化程度", group=_MEMBER),
    Column("enrolment", "在校生状况", group=_MEMBER),
    Column("health_status", "健康状况", group=_MEMBER),
    Column("labour_capacity", "劳动技能", group=_MEMBER),
    Column("work_region", "务工状况", group=_MEMBER),
    Column("work_months", "务工时间（月）", "count", group=_MEMBER),
    Column("serious_illness", "参加大病医疗", group=_INSURANCE),
    Column("exit_status", "脱贫属性", group=_HOUSEHOLD),
    Column("exit_year", "(脱贫年度)", "count", group=_HOUSEHOLD),
    Column("household_type", "贫困户属性", group=_HOUSEHOLD),
    Column("main_cause", "主要致贫原因", group=_HOUSEHOLD),
    Column("housing_grade", "危房户", group=_HOUSEHOLD),
    Column("water_safe", "饮水安全", group=_HOUSEHOLD),
    Column("water_difficult", "饮水困难", group=_HOUSEHOLD),
    Column("net_income_pc_fen", "人均纯收入", "yuan", group=_HOUSEHOLD),
    Column("phone", "联系电话"),
)

_BESIDE_NAME: Final = (
    Column("sex", "性别", group=_MEMBER),
    Column("born_on", "出生日期", "day", group=_MEMBER),
)
_BESIDE_ENROLMENT: Final = (Column("dropout_reason", "失学或辍学原因", group=_MEMBER),)
_BESIDE_WORK: Final = (
    Column("public_post", "是否公益性岗位", group=_MEMBER),
    Column("public_post_months", "公益性岗位(月数)", "count", group=_MEMBER),
)
_BESIDE_ILLNESS: Final = (
    Column("resident_medical", "是否参加城乡居民基本医疗保险", group=_INSURANCE),
    Column("employee_medical", "是否参加城镇职工基本医疗保险", group=_INSURANCE),
    Column("resident_pension", "是否参加城乡居民基本养老保险", group=_INSURANCE),
    Column("dibao", "是否享受低保政策", group=_INSURANCE),
    Column("tekun", "是否享受特困供养政策", group=_INSURANCE),
)
_MORE: Final = {
    "name": _BESIDE_NAME,
    "enrolment": _BESIDE_ENROLMENT,
    "work_months": _BESIDE_WORK,
    "serious_illness": _BESIDE_ILLNESS,
}
_OTHER_WORDS: Final = {
    "county_name": "县(市、区)",
    "town_name": "乡镇",
    "village_name": "行政村名称",
    "group_name": "村民小组",
    "household_no": "户编码",
    "person_no": "人员编号",
    "name": "成员姓名",
    "id_no": "身份证号码",
    "declared_members": "家庭人口数",
    "relation": "与户主的关系",
    "education_level": "学历",
    "enrolment": "在校状况",
    "health_status": "身体状况",
    "labour_capacity": "劳动能力",
    "work_region": "务工区域",
    "work_months": "务工时间(月)",
    "serious_illness": "是否参加大病保险",
    "exit_status": "脱贫状态",
    "exit_year": "脱贫年度",
    "main_cause": "致贫原因",
    "housing_grade": "是否危房户",
    "water_safe": "是否解决安全饮用水",
    "water_difficult": "饮水是否困难",
    "phone": "手机号码",
}


def roster_columns(style: Style) -> list[Column]:
    """Return the columns of a roster in a style, left to right."""
    columns: list[Column] = []
    for column in _PLAIN:
        if column.field == "net_income_pc_fen" and not style.per_head:
            continue
        columns.append(column)
        if style.extended:
            columns += _MORE.get(column.field, ())
    return [_restyled(column, style) for column in columns]


def _restyled(column: Column, style: Style) -> Column:
    """Return the column with the label and the date form of the style."""
    label = _OTHER_WORDS.get(column.field, column.label) if style.other_words else column.label
    kind = "date" if column.kind == "day" and style.dates else column.kind
    return Column(column.field, label, kind, column.group)
