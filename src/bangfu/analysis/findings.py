"""Findings: what one criterion found of one household, read from its row (单项判定)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bangfu.analysis.reasons import Outcome
from bangfu.analysis.show import show_value
from bangfu.kernel.texts import Text
from bangfu.params import Parameters

ANSWERS: Final[Mapping[Outcome, str]] = {True: "yes", False: "no", None: "unknown"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one criterion found (单项判定).

    name, title       the criterion
    outcome           yes, no or unknown, as recorded
    decides           whether the decision owes its outcome to it
    value, threshold  the recorded numbers in the smallest unit; None where unknown or where there is none
    shown             the value as people read it
    shown_threshold   the threshold as people read it, empty where there is none
    operator          how they are compared, None where nothing is
    unit              unit of the threshold, empty where there is none
    sentence          the criterion's own sentence for this outcome
    sources           where criterion and threshold stand: title, text, mark and url each
    provisional       whether either must still be verified
    """

    name: str
    title: Text
    outcome: Outcome
    decides: bool
    value: int | None
    threshold: int | None
    shown: Text
    shown_threshold: str
    operator: str | None
    unit: str
    sentence: Text
    sources: tuple[Mapping[str, str], ...]
    provisional: bool


def outcome_of_number(number: int | None) -> Outcome:
    """Read a recorded outcome: 1 is yes, 0 no, null unknown."""
    return None if number is None else number == 1


def finding(
    name: str, *, row: Mapping[str, Any], criterion: Mapping[str, Any], decides: bool, parameters: Parameters
) -> Finding:
    """Read what a criterion found of a household.

    name        the criterion
    row         the household's row of the run
    criterion   what the manifest says of the criterion
    decides     whether the decision owes its outcome to it
    parameters  labels of fields and codes
    Returns     the finding, its sentence filled in both languages
    """
    outcome, value = outcome_of_number(row[name]), row[f"{name}_value"]
    threshold = _threshold_in(criterion["thresholds"], row["county"])
    shown = show_value(criterion["shows"], value, parameters)
    limit = threshold["shown"] if threshold else ""
    wording = criterion["texts"][ANSWERS[outcome]]
    return Finding(
        name=name,
        title=Text(**criterion["title"]),
        outcome=outcome,
        decides=decides,
        value=value,
        threshold=threshold["value"] if threshold else None,
        shown=shown,
        shown_threshold=limit,
        operator=criterion["operator"],
        unit=threshold["unit"] if threshold else "",
        sentence=Text(
            zh=wording["zh"] % {"value": shown.zh, "threshold": limit},
            en=wording["en"] % {"value": shown.en, "threshold": limit},
        ),
        sources=(criterion["source"], *([threshold["source"]] if threshold else [])),
        provisional=criterion["provisional"] or bool(threshold and threshold["provisional"]),
    )


def _threshold_in(thresholds: list[dict[str, Any]], county: int | None) -> dict[str, Any] | None:
    """Return the threshold of a county; None where the criterion has none or the county is unknown."""
    return next((each for each in thresholds if each["counties"] is None or county in each["counties"]), None)
