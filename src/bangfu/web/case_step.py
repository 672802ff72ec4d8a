"""The form of a step: exactly what the law asks for, with what was typed before."""

from dataclasses import dataclass
from datetime import date

import polars as pl
from django.utils.translation import gettext

from bangfu.decisions.place_exits import COUNTED
from bangfu.kernel.texts import Text
from bangfu.params import Source, Step, load
from bangfu.params.code_list import Code, CodeList
from bangfu.procedures.actions.send_back import may_be_asked_back
from bangfu.procedures.hanging import published_of
from bangfu.procedures.said import LONGEST_PAPER, LONGEST_REASON
from bangfu.rules.steps import last_day
from bangfu.web.case_form import SEND_BACK, Typed
from bangfu.web.case_sheet import PER_PAGE, Sheet
from bangfu.web.case_words import majority_said, quorum_said, verb_of


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper that the step leaves, to be confirmed by its name."""

    order: int
    title: Text
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a code list to choose, as what the step found; chosen is what was typed before."""

    codes: CodeList
    on: date
    chosen: str

    @property
    def offered(self) -> list[tuple[Code, bool]]:
        """The entries that may be chosen on the day, with whether each was chosen before."""
        return [(one, str(one.number) == self.chosen) for one in self.codes.chosen_on(self.on)]


@dataclass(frozen=True, slots=True)
class StepForm:
    """What the form of a step asks for.

    verb       what its button says
    typed      what was typed before
    papers     to confirm
    quorum, majority  what a meeting must be, in words; empty where there is none
    first      the earliest day that can be recorded; None where the step happens here and now
    until      until when a notice would hang; None where none is posted
    second     whether who approves now is the second of two persons
    counts     what an assessment of a county counts: name, words, number typed
    asks       what the step is to find, of code lists
    back       steps to which cases can be sent back, the nearest first
    refuses    whether the step judges, so that cases are refused at it
    withdraws  whether a case shown may be withdrawn: it was on no notice yet, or its household may ask it back
    asks_back  whether a case shown was on a notice, and would be withdrawn at its household's signed request
    whole      how many cases 'all ready ones of this place' are; 0 where this page shows them all
    """

    step: Step
    verb: str
    typed: Typed
    papers: list[Paper]
    quorum: str
    majority: str
    first: date | None
    until: date | None
    counts: list[tuple[str, Text, str]]
    asks: list[Choice]
    back: list[Step]
    refuses: bool
    withdraws: bool
    asks_back: bool
    whole: int

    @property
    def meeting(self) -> bool:
        """Tell whether the step is a meeting, with its numbers."""
        return self.step.kind == "meeting"

    @property
    def vote_source(self) -> Source | None:
        """Where the rule of the vote stands, if not with the step."""
        return self.step.vote_source

    @property
    def open(self) -> bool:
        """Tell whether the other acts are shown opened: one of them was tried."""
        return self.typed.act != "take"

    @property
    def otherwise(self) -> str:
        """What can be done instead of the step, in words; empty where nothing can."""
        acts = [
            (bool(self.back), gettext("Send back")),
            (self.refuses, gettext("Refuse")),
            (self.withdraws, gettext("Withdraw")),
        ]
        return gettext(", ").join(words for offered, words in acts if offered)

    @property
    def to(self) -> str:
        """The step that was chosen to go back to."""
        return self.typed.to if self.typed.act == SEND_BACK else ""

    @property
    def longest_paper(self) -> int:
        """How long the number of a paper may be."""
        return LONGEST_PAPER

    @property
    def longest_reason(self) -> int:
        """How long a reason may be."""
        return LONGEST_REASON


def step_form(sheet: Sheet) -> StepForm | None:
    """Return the form of a sheet; None for who does not take its step here, or where nothing waits."""
    if not sheet.may or sheet.frame.is_empty():
        return None
    step, typed = sheet.step, sheet.typed or Typed()
    posts = step.kind == "notice" and not sheet.closes
    first = sheet.shown["moved_on"].max()
    meets = step.kind == "meeting"
    ready = sheet.ready.height
    published = sheet.shown.filter(pl.col("case").is_in(list(published_of(sheet.shown["case"].to_list()))))
    asks_back = any(may_be_asked_back(published[row]) for row in range(published.height))
    return StepForm(
        step=step,
        verb=verb_of(step, hanging=sheet.closes),
        typed=typed,
        papers=[Paper(n, title, n in typed.papers) for n, title in enumerate(step.evidence, 1)] if not posts else [],
        quorum=quorum_said(step) if meets else "",
        majority=majority_said(step) if meets else "",
        first=None if sheet.course.present(step) or not isinstance(first, date) else first,
        until=last_day(sheet.on, step.minimum_days, (), sheet.on) if posts else None,
        counts=_counts(sheet, typed),
        refuses=sheet.course.judges(step),
        asks=[Choice(load().code_lists[name], sheet.on, typed.codes.get(name, "")) for name in step.asks],
        withdraws=asks_back or published.height < sheet.shown.height,
        asks_back=asks_back,
        back=[one for one in reversed(sheet.course.steps) if one.order < step.order],
        whole=ready if sheet.place is not None and ready and sheet.frame.height > PER_PAGE and sheet.alone else 0,
    )


def _counts(sheet: Sheet, typed: Typed) -> list[tuple[str, Text, str]]:
    if sheet.step.kind != "assessment" or "county" not in sheet.frame["subject_kind"]:
        return []
    return [(name, title, typed.counts.get(name, "")) for name, title in COUNTED.items()]
