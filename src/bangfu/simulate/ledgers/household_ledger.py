"""The household ledger (贫困户台账): one row a household, with income by item, house, water, ways and land."""

from typing import Final

from bangfu.simulate.ledgers.styles import Style
from bangfu.simulate.sheets import Column

_INCOME: Final = "家庭收入"
_HOUSE: Final = "生活条件"
_LAND: Final = "生产条件"

_COLUMNS: Final = (
    Column("town_name", "乡(镇)"),
    Column("village_name", "行政村"),
    Column("group_name", "自然村"),
    Column("household_no", "户编号"),
    Column("head_name", "户主姓名"),
    Column("declared_members", "人数", "summed"),
    Column("standard", "识别标准"),
    Column("household_type", "贫困户属性"),
    Column("main_cause", "主要致贫原因"),
    Column("other_causes", "其他致贫原因"),
    Column("military_family", "是否军烈属"),
    Column("only_child_family", "是否独生子女户"),
    Column("wage_fen", "工资性收入(元)", "yuan", _INCOME),
    Column("business_fen", "生产经营性收入(元)", "yuan", _INCOME),
    Column("property_fen", "财产性收入(元)", "yuan", _INCOME),
    Column("transfer_fen", "转移性收入(元)", "yuan", _INCOME),
    Column("family_planning_fen", "计划生育金(元)", "yuan", _INCOME),
    Column("dibao_fen", "低保金(元)", "yuan", _INCOME),
    Column("tekun_fen", "五保金(元)", "yuan", _INCOME),
    Column("pension_fen", "养老保险金(元)", "yuan", _INCOME),
    Column("eco_compensation_fen", "生态补偿金(元)", "yuan", _INCOME),
    Column("other_transfer_fen", "其他转移性收入(元)", "yuan", _INCOME),
    Column("total_income_fen", "家庭总收入(元)", "yuan", _INCOME),
    Column("business_cost_fen", "生产经营性支出(元)", "yuan", _INCOME),
    Column("net_income_fen", "纯收入(元)", "yuan", _INCOME),
    Column("housing_area_dm2", "住房面积(平方米)", "m2", _HOUSE),
    Column("housing_structure", "住房结构", "text", _HOUSE),
    Column("built_year", "建房时间", "count", _HOUSE),
    Column("housing_grade", "危房等级", "text", _HOUSE),
    Column("food_assured", "不愁吃", "text", _HOUSE),
    Column("clothing_assured", "不愁穿", "text", _HOUSE),
    Column("domestic_power", "通生活用电", "text", _HOUSE),
    Column("production_power", "通生产用电", "text", _HOUSE),
    Column("broadcast_tv", "通广播电视", "text", _HOUSE),
    Column("water_safe", "饮水安全", "text", _HOUSE),
    Column("water_difficult", "饮水困难", "text", _HOUSE),
    Column("sanitary_toilet", "卫生厕所", "text", _HOUSE),
    Column("fuel", "燃料类型", "text", _HOUSE),
    Column("road_type", "入户路类型", "text", _HOUSE),
    Column("road_distance_m", "与村主干路距离(km)", "km", _HOUSE),
    Column("cultivated_mu100", "耕地面积(亩)", "mu", _LAND),
    Column("irrigated_mu100", "有效灌溉面积(亩)", "mu", _LAND),
    Column("forest_mu100", "林地面积(亩)", "mu", _LAND),
    Column("returned_mu100", "退耕还林面积(亩)", "mu", _LAND),
    Column("orchard_mu100", "林果面积(亩)", "mu", _LAND),
    Column("pasture_mu100", "牧草地面积(亩)", "mu", _LAND),
    Column("water_mu100", "水面面积(亩)", "mu", _LAND),
    Column("cooperative", "加入合作社", "text", _LAND),
    Column("leading_enterprise", "龙头企业带动", "text", _LAND),
    Column("prosperity_leader", "致富带头人带动", "text", _LAND),
    Column("relocated", "是否搬迁户"),
    Column("relocation_mode", "搬迁方式"),
    Column("resettlement", "安置方式"),
    Column("resettlement_place", "安置地"),
    Column("household_phone", "户联系电话"),
)
_OTHER_WORDS: Final = {
    "town_name": "乡镇",
    "village_name": "行政村名称",
    "group_name": "村民小组",
    "household_no": "户编码",
    "declared_members": "家庭人口数",
    "main_cause": "致贫原因",
    "wage_fen": "工资收入",
    "business_fen": "经营性收入",
    "property_fen": "财产收入",
    "transfer_fen": "转移收入",
    "total_income_fen": "总收入",
    "business_cost_fen": "经营性支出",
    "net_income_fen": "家庭纯收入",
    "housing_area_dm2": "房屋面积",
    "housing_structure": "房屋结构",
    "housing_grade": "危房级别",
    "water_safe": "是否饮水安全",
    "water_difficult": "是否饮水困难",
    "household_phone": "户主电话",
}


def household_columns(style: Style) -> list[Column]:
    """Return the columns of a household ledger in a style, left to right."""
    if not style.other_words:
        return list(_COLUMNS)
    return [Column(c.field, _OTHER_WORDS.get(c.field, c.label), c.kind, c.group) for c in _COLUMNS]
