"""Explanations: what a run found of one household, in words (判定说明).

An explanation reads the household's row and the run's manifest. It decides nothing: the row has the
outcomes, and the words stand with the criteria.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from bangfu.analysis.findings import Finding, finding, outcome_of_number
from bangfu.analysis.reasons import Outcome, deciding
from bangfu.kernel.money import yuan
from bangfu.kernel.texts import Text, day_said
from bangfu.params import Parameters
from bangfu.rules.income import Basis

RESULTS: Final[Mapping[Outcome, Text]] = {
    True: Text(zh="符合条件", en="the conditions are met"),
    False: Text(zh="不符合条件", en="the conditions are not met"),
    None: Text(zh="暂不能判定，需要核实", en="it cannot be judged yet and must be verified"),
}
BASES: Final[Mapping[int, Text]] = {
    Basis.ITEMS: Text(
        zh="按收入分项计算，家庭年收入%(amount)s元，家庭人口%(heads)s。",
        en="Added up from its items, the household's income is %(amount)s yuan a year for %(heads)s.",
    ),
    Basis.STATED_PER_HEAD: Text(
        zh="收入分项不全，采用登记的人均收入%(amount)s元。",
        en="The income items are incomplete; the stated income per head of %(amount)s yuan counts.",
    ),
    Basis.STATED_TOTAL: Text(
        zh="收入分项不全，采用登记的家庭收入%(amount)s元，家庭人口%(heads)s。",
        en="The income items are incomplete; the stated income of %(amount)s yuan for %(heads)s counts.",
    ),
}
HEADS_UNKNOWN: Final = Text(zh="不详", en="an unknown number of members")
INCOME_UNKNOWN: Final = Text(
    zh="收入不详：收入分项不全，也没有登记人均收入或家庭收入。",
    en="Income is unknown: its items are incomplete, and no figure per head or in total is stated.",
)
REASON: Final = Text(
    zh="按%(programme)s“%(decision)s”，该户%(on)s的判定结果为：%(result)s。依据：%(sentences)s。",
    en='Under "%(decision)s" of %(programme)s, the result for this household on %(on)s is: %(result)s. '
    "This rests on the following: %(sentences)s.",
)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one household got its outcome (判定说明).

    household, village  register numbers
    programme, on       which programme, on which day (ISO)
    decision, outcome   what was decided, and how
    classes             the classes into which the household falls, where the decision keeps classes apart
    reason              two sentences
    income              where the compared income comes from
    findings            every criterion of the run, the deciding ones first
    """

    household: int
    village: int
    programme: Text
    on: str
    decision: Text
    outcome: Outcome
    classes: tuple[Text, ...]
    reason: Text
    income: Text
    findings: tuple[Finding, ...]


def explain(
    row: Mapping[str, Any], manifest: Mapping[str, Any], parameters: Parameters, decision: str = "identify"
) -> Explanation:
    """Explain a decision on one household from its row and the manifest of the run.

    row         the household's row of the run
    manifest    the run's manifest
    parameters  labels of fields and codes
    decision    which decision of the programme
    Returns     the explanation in Chinese and English
    """
    decided = manifest["decisions"][decision]
    outcomes = {name: outcome_of_number(row[name]) for name in manifest["criteria"]}
    responsible = deciding(decided["rule"], outcomes)
    findings = [
        finding(name, row=row, criterion=criterion, decides=name in responsible, parameters=parameters)
        for name, criterion in manifest["criteria"].items()
    ]
    findings.sort(key=lambda each: not each.decides)
    outcome = outcome_of_number(row[decided["column"]])
    facts = {"programme": Text(**manifest["title"]), "decision": Text(**decided["title"]), "result": RESULTS[outcome]}
    return Explanation(
        household=row["household"],
        village=row["village"],
        programme=facts["programme"],
        on=manifest["on"],
        decision=facts["decision"],
        outcome=outcome,
        classes=tuple(Text(**each["title"]) for each in decided["classes"] if row[each["name"]] == 1),
        reason=_reason(facts, manifest["on"], [each.sentence for each in findings if each.decides]),
        income=_income(row),
        findings=tuple(findings),
    )


def _reason(facts: Mapping[str, Text], on: str, sentences: Sequence[Text]) -> Text:
    zh = {name: text.zh for name, text in facts.items()}
    en = {name: text.en for name, text in facts.items()}
    zh["sentences"] = "；".join(each.zh.rstrip("。") for each in sentences)
    en["sentences"] = "; ".join(each.en.rstrip(".") for each in sentences)
    said = day_said(date.fromisoformat(on))
    return Text(zh=REASON.zh % {**zh, "on": said.zh}, en=REASON.en % {**en, "on": said.en})


def _income(row: Mapping[str, Any]) -> Text:
    if row["income_basis"] is None:
        return INCOME_UNKNOWN
    count, amount, basis = row["income_heads"], yuan(row["income_fen"]), BASES[row["income_basis"]]
    heads = HEADS_UNKNOWN if count is None else Text(zh=f"{count}人", en=f"{count} member{'s' if count > 1 else ''}")
    zh, en = {"amount": amount, "heads": heads.zh}, {"amount": amount, "heads": heads.en}
    return Text(zh=basis.zh % zh, en=basis.en % en)
