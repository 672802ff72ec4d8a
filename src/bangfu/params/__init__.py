"""Laws, lines, lists and rules as dated YAML, strictly read (参数).

    parameters = load()
    parameters.programme("cn_2014").value("poverty_line", date(2015, 6, 30)).value    # 285500 fen

No number of law stands in Python: it stands in a file here, with its start day, unit and source.
"""

from bangfu.params.code_list import Code, CodeList
from bangfu.params.criterion import Criterion
from bangfu.params.decision import Class, Decision, Rule, criteria_of
from bangfu.params.deflator import Deflator
from bangfu.params.field import Field
from bangfu.params.income_item import IncomeItem
from bangfu.params.indicator import Indicator
from bangfu.params.label import normal_label
from bangfu.params.loading import Parameters, load
from bangfu.params.negative_list import NegativeGround, NegativeList
from bangfu.params.programme import Programme
from bangfu.params.quality_rule import QualityRule
from bangfu.params.scale import Scale, ScaleVersion
from bangfu.params.source import Source
from bangfu.params.step import Procedure, Step
from bangfu.params.unit import UNITS, Unit
from bangfu.params.value import Parameter, Value

__all__ = [
    "UNITS",
    "Class",
    "Code",
    "CodeList",
    "Criterion",
    "Decision",
    "Deflator",
    "Field",
    "IncomeItem",
    "Indicator",
    "NegativeGround",
    "NegativeList",
    "Parameter",
    "Parameters",
    "Procedure",
    "Programme",
    "QualityRule",
    "Rule",
    "Scale",
    "ScaleVersion",
    "Source",
    "Step",
    "Unit",
    "Value",
    "criteria_of",
    "load",
    "normal_label",
]
