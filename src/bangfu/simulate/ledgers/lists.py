"""Lists of the county office: village table, exited persons, monitored households, assisted villages."""

from collections.abc import Mapping, Sequence
from typing import Final

from bangfu.simulate.ledgers.books import DAY, Office, Written, save, titles
from bangfu.simulate.monitoring import MEASURES
from bangfu.simulate.records import Record
from bangfu.simulate.sheets import Column, Row, Sheet

_VILLAGE: Final = (
    Column("county_name", "县(市、区)"),
    Column("town_name", "乡(镇)"),
    Column("village_name", "行政村"),
    Column("village_code", "行政村代码"),
    Column("village_attribute", "村属性"),
    Column("household_count", "总户数", "summed"),
    Column("group_count", "自然村(村民小组)数", "summed"),
    Column("dibao_household_count", "低保户数", "summed"),
    Column("tekun_household_count", "五保户数", "summed"),
    Column("population", "总人口数", "summed"),
    Column("dibao_person_count", "低保人口数", "summed"),
    Column("tekun_person_count", "五保人口数", "summed"),
    Column("minority_count", "少数民族人口数", "summed"),
    Column("disabled_count", "残疾人口数", "summed"),
    Column("labour_count", "劳动力人数", "summed"),
    Column("migrant_count", "外出务工人数", "summed"),
    Column("cultivated_mu100", "耕地面积(亩)", "mu"),
    Column("village_income_pc_fen", "农民人均纯收入(元)", "yuan"),
    Column("collective_income_fen", "村级集体经济收入(元)", "yuan"),
    Column("bus", "通客运班车"),
    Column("paved_road", "到乡镇通沥青(水泥)路"),
    Column("unsafe_water_households", "未实现饮水安全户数", "summed"),
    Column("difficult_water_households", "饮水困难户数", "summed"),
    Column("dilapidated_households", "危房户数", "summed"),
    Column("cooperative_count", "合作社个数", "summed"),
    Column("clinic_count", "卫生室个数", "summed"),
    Column("broadband_households", "通宽带户数", "summed"),
)
_ASSISTED: Final = (
    Column("number", "序号", "count"),
    Column("town_name", "乡镇"),
    Column("village_name", "帮扶村"),
    Column("household_count", "户数", "count"),
    Column("population", "人数", "count"),
    Column("resident_count", "常住人口", "count"),
    Column("unstable_household_count", "脱贫不稳定户数", "count"),
    Column("marginal_household_count", "边缘易致贫户数", "count"),
    Column("hardship_household_count", "突发严重困难户数", "count"),
    Column("village_income_pc_fen", "村人均纯收入(万元)", "wan"),
    Column("collective_income_fen", "村集体收入(万元)", "wan"),
    Column("visits", "领导到村人次", "count"),
    Column("road_km", "道路(公里)", "count"),
)
_EXITED: Final = (
    Column("county_name", "县(市、区、旗)"),
    Column("town_name", "乡(镇)"),
    Column("village_name", "行政村"),
    Column("group_name", "自然村"),
    Column("household_no", "户编号"),
    Column("person_no", "人编号"),
    Column("name", "姓名"),
    Column("id_no", "证件号码"),
    Column("declared_members", "人数", "count"),
    Column("relation", "与户主关系"),
    Column("ethnicity", "民族"),
    Column("education_level", "文化程度"),
    Column("enrolment", "在校生状况"),
    Column("health_status", "健康状况"),
    Column("labour_capacity", "劳动技能"),
    Column("work_months", "务工时间（月）", "count"),
    Column("serious_illness", "是否参加大病保险"),
    Column("main_cause", "致贫原因1"),
    Column("housing_grade", "危房户"),
    Column("water_safe", "是否解决安全饮用水"),
    Column("net_income_pc_fen", "人均纯收入", "yuan"),
    Column("household_phone", "户联系电话"),
    Column("phone", "人联系电话"),
    Column("first_identified_on", "首次识别时间", "month"),
    Column("identified_on", "人员识别时间", "month_zh"),
    Column("origin", "户类型"),
    Column("monitored_class", "易返贫致贫户(监测对象)类型"),
    Column("risk_cleared", "风险是否消除"),
    Column("risk_identified_on", "风险识别时间", "month"),
    Column("risk_cleared_on", "风险消除时间", "month"),
)
_MONITORED: Final = (
    Column("county_name", "县"),
    Column("town_name", "乡"),
    Column("village_name", "村"),
    Column("household_no", "户编号"),
    Column("head_name", "户主姓名"),
    Column("origin", "户类型"),
    Column("monitored_class", "监测对象类别"),
    *(Column(f"risk_{n}", f"致贫/返贫风险{n}") for n in range(1, 6)),
    Column("risk_identified_on", "识别监测时间"),
    Column("risk_cleared", "风险是否已消除"),
    Column("cleared_how", "风险消除方式"),
    Column("risk_cleared_on", "消除监测时间"),
    Column("net_income_pc_fen", "人均纯收入（元）", "yuan"),
    Column("wage_fen", "工资性收入", "yuan"),
    Column("business_fen", "生产经营性收入", "yuan"),
    Column("transfer_fen", "转移性收入", "yuan"),
    Column("allowable_oop_fen", "合规自付支出", "yuan"),
    Column("housing_grade", "是否危房户"),
    Column("water_safe", "是否解决安全饮用水"),
    Column("no_labour_backstop", "整户无劳动能力兜底保障户"),
    Column("development_measures", "实施开发式帮扶措施情况"),
    *(Column(f"measure_{n}", measure) for n, measure in enumerate(MEASURES)),
    Column("net_income_pc_after", "风险消除后人均纯收入（元）", "yuan"),
    Column("housing_after", "风险消除后是否危房户"),
    Column("water_after", "风险消除后是否解决安全饮用水"),
    Column("collector", "信息采集人"),
)
_ASSISTED_EVERY: Final = 9


def write_villages(office: Office, rows: list[Row]) -> Written:
    """Write the village table (贫困村登记表) of the county."""
    sheet = Sheet("行政村", titles(office.county, office.county, "行政村基本情况", 1), _VILLAGE, rows, totals="end")
    return save(office, f"{office.county}_行政村基本情况表_{DAY}", [sheet])


def write_assisted(office: Office, rows: Sequence[Row]) -> Written:
    """Write the yearly sheet of assisted villages (帮扶村), where money is in 万元; some of the villages."""
    some = [
        Row(row.cells | {"number": n + 1, "visits": 3 + n % 5, "road_km": n % 4})
        for n, row in enumerate(rows[::_ASSISTED_EVERY])
    ]
    sheet = Sheet("帮扶村", titles(office.county, office.county, "帮扶村情况表", 2), _ASSISTED, some)
    return save(office, f"{office.county}_帮扶村情况表_{DAY}", [sheet])


def write_exited(office: Office, records: Sequence[Record], monitored: Mapping[str, Row]) -> Written:
    """Write the roster of persons who left poverty (已脱贫人口名单), without households with planted problems."""
    rows = []
    for record in records:
        if record.kinds or record.truth["exit_status"] != "已脱贫":
            continue
        risk = monitored[record.household_no].cells if record.household_no in monitored else {}
        more = {
            "household_phone": record.ledger.cells["household_phone"],
            "first_identified_on": record.truth["first_identified"],
            "identified_on": record.truth["first_identified"],
            "origin": "脱贫户",
            **{
                name: risk.get(name)
                for name in ("monitored_class", "risk_cleared", "risk_identified_on", "risk_cleared_on")
            },
        }
        rows += [Row(row.cells | more) for row in record.roster]
    sheet = Sheet("已脱贫人口名单", titles(office.county, office.county, "已脱贫人口名单", 1), _EXITED, rows)
    return save(office, f"{office.county}_已脱贫人口名单_{DAY}", [sheet])


def write_monitored(office: Office, monitored: Mapping[str, Row]) -> Written:
    """Write the monitored households (监测对象信息): header on the third row, every cell a text."""
    rows = list(monitored.values())
    sheet = Sheet("监测对象信息", titles(office.county, office.county, "监测对象信息", 2), _MONITORED, rows, texts=True)
    return save(office, f"{office.county}_监测对象信息_{DAY}", [sheet])
