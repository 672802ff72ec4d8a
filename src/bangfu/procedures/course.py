"""The course of a case (办理程序): which step is next, whose it is, what it asks for, by the law of its day."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from bangfu.kernel.actors import Can
from bangfu.kernel.errors.procedures import StepUnknown
from bangfu.kernel.texts import Text
from bangfu.params import Step, load

PUBLIC: Final = frozenset({"notice", "announcement"})
"""Kinds of steps that hang a paper."""
DECISIONS: Final = frozenset({"review", "approval", "assessment"})
"""Kinds of steps that decide about what others did."""
_IN_VILLAGES: Final = frozenset({"household", "village"})
"""Levels whose papers hang on the boards of villages."""
_BY_LEVEL: Final = {
    "household": Can.WORK_VILLAGE,
    "village": Can.WORK_VILLAGE,
    "town": Can.WORK_TOWN,
    "county": Can.WORK_COUNTY,
    "city": Can.WORK_CITY,
    "province": Can.WORK_PROVINCE,
    "country": Can.WORK_PROVINCE,
}
RIGHTS: Final = (*dict.fromkeys(_BY_LEVEL.values()), Can.APPROVE_CASES, Can.POST_NOTICES)
"""Every right that a step may ask for (Course.right)."""


@dataclass(frozen=True, slots=True)
class Version:
    """One procedure of a programme in the version that began on a day."""

    programme: str
    procedure: str
    law_from: date


@dataclass(frozen=True, slots=True)
class Course:
    """The steps of a version in their order.

    title  what the procedure is called
    """

    version: Version
    title: Text
    steps: tuple[Step, ...]

    def step(self, name: str) -> Step:
        """Return the step of this name; raises StepUnknown."""
        found = next((step for step in self.steps if step.name == name), None)
        if found is None:
            raise StepUnknown(procedure=self.title, step=name)
        return found

    def after(self, done: int) -> Step | None:
        """Return the step that follows the one of this order; None after the last."""
        return self.steps[done] if done < len(self.steps) else None

    def decides(self, step: Step) -> bool:
        """Tell whether who takes the step decides about what others did, and so must be another person.

        A step that asks for two persons decides, whatever it is; so does the entry in the register where no review or
        approval came before it.
        """
        if step.persons > 1:
            return True
        if step.kind == "entry":
            return not any(one.kind in DECISIONS for one in self.steps[: step.order])
        return step.kind in DECISIONS

    def judges(self, step: Step) -> bool:
        """Tell whether a person may refuse a case at the step: where it decides.

        A meeting says its no by its votes alone. Of two persons who decide, each may say no: a yes needs both.
        """
        return self.decides(step)

    def right(self, step: Step) -> Can:
        """Return the right that the step asks for, at the place of the case.

        What hangs in a village is posted by who may post there; what a town, county or province makes public is its
        own step. There is no role of the nation: the province records what the nation's evaluation found, and by the
        rule of the second person somebody who had no other hand in the case does it.
        """
        if step.level == "county" and self.decides(step):
            return Can.APPROVE_CASES
        if step.kind in PUBLIC and step.level in _IN_VILLAGES:
            return Can.POST_NOTICES
        return _BY_LEVEL[step.level]

    def present(self, step: Step) -> bool:
        """Tell whether the step happens in the system, here and now; others are recorded of an earlier day as well."""
        return step.kind in PUBLIC or step.kind == "entry" or self.decides(step)


@lru_cache(maxsize=64)
def course_of(version: Version) -> Course:
    """Return the course of a version; raises ParameterUnknown, ParameterNotInForce."""
    found = load().programme(version.programme).procedure(version.procedure, version.law_from)
    return Course(version, found.title, found.steps)


def version_on(programme: str, procedure: str, on: date) -> Version:
    """Return the version of a procedure in force on a day; raises ParameterUnknown, ParameterNotInForce."""
    return Version(programme, procedure, load().programme(programme).procedure(procedure, on).start)
