"""What is said with an act: papers, a meeting's numbers, a reason (办理内容)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from bangfu.access.acting import today
from bangfu.kernel.errors.procedures import (
    CodeMissing,
    CountsDoNotFit,
    NoQuorum,
    PaperMissing,
    PaperUnfit,
    ReasonNeeded,
)
from bangfu.kernel.hidden_numbers import hides_number
from bangfu.kernel.texts import Text
from bangfu.params import Step, load
from bangfu.rules.steps import majority_met, quorum_met

LONGEST_REASON: Final = 500
LONGEST_PAPER: Final = 60
Votes = tuple[int, int, int]
"""For, against, abstaining."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said with an act.

    papers    orders (from 1) of the step's papers that are on file; None: all of them
    entitled  how many may vote in the meeting; present: how many were there
    votes     by case; a case that is not named got the votes of all present
    counts    what a survey or an assessment counted, by name
    codes     the entry that was found of each code list that the step asks for
    """

    papers: frozenset[int] | None = None
    entitled: int = 0
    present: int = 0
    votes: Mapping[int, Votes] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    codes: Mapping[str, int] = field(default_factory=dict)

    def checked(self, step: Step) -> dict[str, Any]:
        """Return what of it is kept with an act at this step; raises PaperMissing, CodeMissing and of meetings."""
        kept: dict[str, Any] = {}
        if step.evidence:
            missing = [paper for order, paper in enumerate(step.evidence, start=1) if not self._filed(order)]
            if missing:
                raise PaperMissing(step=step.title, papers=_joined(missing))
            kept["papers"] = len(step.evidence)
        if step.kind == "meeting":
            kept |= self._meeting(step)
        if step.asks:
            kept["codes"] = {name: self._code(name) for name in step.asks}
        if self.counts:
            kept["counts"] = dict(sorted(self.counts.items()))
        return kept

    def passes(self, case: int, step: Step) -> bool:
        """Tell whether the meeting was for a case."""
        if case not in self.votes or not step.majority_numerator:
            return case not in self.votes or self.votes[case][0] > self.votes[case][1]
        return majority_met(self.votes[case][0], self.present, step.majority_numerator, step.majority_denominator)

    def _code(self, name: str) -> int:
        listed = load().code_lists[name]
        offered = listed.chosen_on(today())
        code = self.codes.get(name)
        if code not in {entry.number for entry in offered}:
            raise CodeMissing(what=listed.title, codes=_joined([entry.label for entry in offered]))
        return code

    def _filed(self, order: int) -> bool:
        return self.papers is None or order in self.papers

    def _meeting(self, step: Step) -> dict[str, Any]:
        sums = {sum(votes) for votes in self.votes.values()} - {self.present}
        least = min((min(votes) for votes in self.votes.values()), default=0)
        if not 0 < self.present <= self.entitled or sums or least < 0:
            raise CountsDoNotFit(entitled=self.entitled, present=self.present, votes=max(sums, default=self.present))
        numerator, denominator = step.quorum_numerator, step.quorum_denominator
        if numerator and not quorum_met(self.present, self.entitled, numerator, denominator):
            raise NoQuorum(present=self.present, entitled=self.entitled, numerator=numerator, denominator=denominator)
        votes = {str(case): list(one) for case, one in sorted(self.votes.items())}
        return {"entitled": self.entitled, "present": self.present, "votes": votes}


def checked_reason(reason: str) -> str:
    """Return a reason without blanks around it; raises ReasonNeeded."""
    words = reason.replace("\0", "").strip()
    if not words or len(words) > LONGEST_REASON or hides_number(words):
        raise ReasonNeeded(limit=LONGEST_REASON)
    return words


def checked_paper(number: str) -> str:
    """Return the number of a paper without blanks around it, '' for none; raises PaperUnfit."""
    words = number.strip()
    if len(words) > LONGEST_PAPER or hides_number(words):
        raise PaperUnfit(limit=LONGEST_PAPER)
    return words


def _joined(papers: Sequence[Text]) -> Text:
    return Text(zh="、".join(paper.zh for paper in papers), en="; ".join(paper.en for paper in papers))
