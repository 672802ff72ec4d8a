"""A small folder of parameters that is right, and the same folder with one thing wrong."""

from pathlib import Path

FILES = {
    "sources.yaml": """\
sources:
  form:
    title: 登记表
    text: 指标说明
    mark: P
    url: example.org
  memory: {title: 口径, text: 待核实, mark: "M?"}
""",
    "areas.yaml": """\
areas:
  west:
    title: {zh: 西部, en: West}
    members: [510000000000, 520000000000]
    source: form
""",
    "code_lists/grade.yaml": """\
title: {zh: 等级, en: Grade}
source: form
codes:
  - {number: 1, code: "01", zh: A级, en: Grade A, aliases: [A, 甲]}
  - {number: 2, code: "02", zh: B级, en: Grade B}
""",
    "fields/household.yaml": """\
subject: household
topics:
  housing:
    title: {zh: 住房, en: Housing}
    fields:
      housing_grade: {type: code, codes: grade, zh: 危房户, en: Safety grade, aliases: [危房等级]}
      risks: {type: flags, codes: grade, zh: 风险, en: Risks}
  income:
    title: {zh: 收入, en: Income}
    fields:
      wage_fen: {type: fen, zh: 工资性收入, en: Wage income, aliases: [aac073]}
      relief_fen: {type: fen, zh: 慰问金, en: Relief}
""",
    "shared/guarantees.yaml": """\
criteria:
  unsafe:
    title: {zh: 住房不安全, en: Unsafe house}
    when_yes: {zh: 住房不安全。, en: The house is unsafe.}
    when_no: {zh: 住房安全。, en: The house is safe.}
    when_unknown: {zh: 没有登记。, en: Not recorded.}
    fields: [housing_grade]
    codes: {housing_grade: [B级]}
    source: form
""",
    "programmes/p/law.yaml": """\
programme:
  title: {zh: 政策, en: Programme}
  from: 2014-01-01
  to: 2015-12-31
  income_measure: net
  successor: q
  shared: [guarantees]
  source: form
parameters:
  line:
    title: {zh: 标准, en: Line}
    unit: fen per person per year
    prices: current
    operator: "<"
    nation:
      - {from: 2014-01-01, value: 280000, source: form}
      - {from: 2015-01-01, value: 285500, source: {title: 通知, text: 2855元, mark: S}}
      - {from: 2016-01-01, value: null, source: form}
    regions:
      "520000000000":
        - {from: 2015-01-01, value: 300000, source: memory}
  limit:
    title: {zh: 限值, en: Limit}
    unit: basis points
    nation:
      - {from: 2014-01-01, value: 200, source: form}
    regions:
      west:
        - {from: 2014-07-01, value: 300, source: form}
        - {from: 2015-07-01, value: null, source: form}
criteria:
  income_below_line:
    title: {zh: 低于标准, en: Below the line}
    when_yes: {zh: 人均%(value)s元，低于%(threshold)s元。, en: "%(value)s yuan, below %(threshold)s."}
    when_no: {zh: 不低于%(threshold)s元。, en: Not below %(threshold)s yuan.}
    when_unknown: {zh: 收入不详。, en: Income is unknown.}
    operator: "<"
    threshold: line
    values: [limit]
    fields: [wage_fen]
    source: memory
decisions:
  identify:
    - from: 2014-01-01
      title: {zh: 识别, en: Identification}
      subject: household
      classes:
        - name: both
          title: {zh: 两项都有, en: Both}
          rule: {all_of: [income_below_line, unsafe]}
        - name: safe_poor
          title: {zh: 有安全住房, en: Poor in a safe house}
          rule: {all_of: [income_below_line, {not: unsafe}]}
      considers: [unsafe]
      source: form
    - from: 2015-01-01
      title: {zh: 识别, en: Identification}
      subject: household
      rule: {any_of: [income_below_line, unsafe]}
      source: form
income_items:
  - from: 2014-01-01
    items:
      - {use: add, names: [wage_fen], source: form}
      - {use: exclude, names: [relief_fen], source: memory}
procedures:
  identify:
    - from: 2014-01-01
      title: {zh: 识别程序, en: Identification}
      steps:
        - name: appraisal
          kind: meeting
          level: village
          title: {zh: 民主评议, en: Appraisal}
          actor: {zh: 村民代表, en: representatives}
          quorum: [2, 3]
          majority: [1, 2]
          vote_source: memory
          persons: 2
          source: form
        - name: notice
          kind: notice
          level: village
          title: {zh: 公示, en: Notice}
          actor: {zh: 村委会, en: village committee}
          minimum_days: 7
          within_days: 30
          evidence: [{zh: 公示名单, en: list}]
          deadline: 2014-06-15
          source: memory
scales:
  reward:
    title: {zh: 奖励, en: Reward}
    unit: fen
    per: months
    regions:
      "510000000000":
        - {from: 2014-01-01, rows: [[12, 100], [24, 300]], source: memory}
        - {from: 2015-01-01, rows: [], source: form}
      "510101000000":
        - {from: 2014-06-01, rows: [[6, 50]], source: form}
negative_lists:
  lines:
    title: {zh: 红线, en: Red lines}
    source: form
    grounds:
      - {name: vehicle, action: review, zh: 有机动车, en: Has a vehicle, checked_with: [公安]}
""",
    "programmes/q/law.yaml": """\
programme:
  title: {zh: 后续政策, en: Next programme}
  from: 2016-01-01
  income_measure: disposable
  note: {zh: 标准未公布。, en: The line is not published.}
  source: memory
parameters:
  line:
    title: {zh: 标准, en: Line}
    unit: fen per person per year
    awaits: {zh: 标准尚未公布。, en: the line has not been published.}
""",
    "deflators/prices.yaml": """\
title: {zh: 价格指数, en: Price index}
years:
  - {year: 2011, index: 1058, source: form}
  - {year: 2012, index: 1025, source: memory}
""",
    "quality/income.yaml": """\
family: income
title: {zh: 收入, en: Income}
rules:
  - code: IC01
    subject: household
    severity: error
    message: {zh: 工资为负。, en: Wages are negative.}
    when: {all: [{field: wage_fen, op: "<", value: 0}, {field: housing_grade, op: not_null, value: null, strict: true}]}
    source: form
""",
    "indicators/register.yaml": """\
indicators:
  - name: households
    title: {zh: 户数, en: Households}
    definition: {zh: 在册户数。, en: Registered households.}
    numerator: households
    denominator: null
    unit: households
    direction: none
    source: form
""",
}


def write(root: Path, files: dict[str, str] | None = None) -> Path:
    """Write the folder below `root` and return it."""
    for name, text in (FILES if files is None else files).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def altered(root: Path, name: str, old: str, new: str) -> tuple[Path, int]:
    """Write the folder with one piece of one file replaced; return it and the line of the piece."""
    text = FILES[name]
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    line = text[: text.index(old)].count("\n") + 1
    return write(root, FILES | {name: text.replace(old, new)}), line
