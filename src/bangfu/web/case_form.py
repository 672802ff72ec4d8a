"""What a person types into the form of a step: read from what was sent, never trusted, never lost."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import polars as pl
from django.http import QueryDict
from django.utils.translation import gettext

from bangfu.decisions.place_exits import COUNTED
from bangfu.params import Step, load
from bangfu.procedures.course import Course
from bangfu.procedures.said import LONGEST_PAPER, LONGEST_REASON, Said, Votes
from bangfu.procedures.standings import content_of

TAKE, SEND_BACK, REFUSE, WITHDRAW = "take", "send_back", "refuse", "withdraw"
ACTS: Final = (TAKE, SEND_BACK, REFUSE, WITHDRAW)
ALL: Final = "all"
_PAIR: Final = re.compile(r"([1-9][0-9]{0,17}):([1-9][0-9]{0,17})", re.ASCII)
_NUMBER: Final = re.compile(r"[0-9]{1,6}", re.ASCII)
_VOTES: Final = ("for", "against", "abstain")
_SHOWN: Final = 20


class Unreadable(Exception):
    """Raised when what was typed cannot be read: the sentence for the person."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, as it was typed, so that the page can show it again.

    step      the step whose form it was
    act       take, send_back, refuse or withdraw
    whole     whether all ready cases of the place are meant, not those chosen
    seen      case chosen -> the standing of it that the person saw
    digest    of all ready cases that the person saw, for `whole`
    papers    orders of the papers confirmed
    counts    name of what an assessment counts -> the number
    codes     code list asked for -> the entry chosen
    votes     case -> for, against, abstaining, where they differ from unanimous
    on, to, reason   day, step to go back to, words
    why_late  why the step is taken after its last day
    request   number of the household's signed request to withdraw
    """

    step: str = ""
    act: str = TAKE
    whole: bool = False
    seen: dict[int, int] = field(default_factory=dict)
    digest: str = ""
    papers: frozenset[int] = frozenset()
    entitled: str = ""
    present: str = ""
    counts: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    votes: dict[int, tuple[str, ...]] = field(default_factory=dict)
    on: str = ""
    to: str = ""
    reason: str = ""
    why_late: str = ""
    request: str = ""

    @classmethod
    def of(cls, sent: QueryDict) -> "Typed":
        """Read a form; what no form of ours sends is left out."""
        pairs = [found.groups() for text in sent.getlist("case") if (found := _PAIR.fullmatch(text))]
        seen = {int(case): int(standing) for case, standing in pairs}
        votes = {case: tuple(sent.get(f"{one}-{case}", "").strip()[:_SHOWN] for one in _VOTES) for case in seen}
        act = sent.get("act", TAKE)
        return cls(
            step=sent.get("step", "")[:40],
            act=act if act in ACTS else TAKE,
            whole=sent.get("which") == ALL and act == TAKE,
            seen=seen,
            digest=sent.get("seen", "")[:64],
            papers=frozenset(int(text) for text in sent.getlist("paper") if _NUMBER.fullmatch(text)),
            entitled=sent.get("entitled", "").strip()[:_SHOWN],
            present=sent.get("present", "").strip()[:_SHOWN],
            counts={name: sent.get(name, "").strip()[:_SHOWN] for name in COUNTED},
            codes={name: sent.get(f"code-{name}", "")[:_SHOWN] for name in load().code_lists if f"code-{name}" in sent},
            votes={case: given for case, given in votes.items() if any(given)},
            on=sent.get("on", "").strip()[:_SHOWN],
            to=sent.get("to", "")[:40],
            reason=sent.get("reason", "")[: LONGEST_REASON + 1],
            why_late=sent.get("why_late", "")[: LONGEST_REASON + 1],
            request=sent.get("request", "").strip()[: LONGEST_PAPER + 1],
        )

    @property
    def content(self) -> str:
        """The digest of the chosen cases as they were seen."""
        pairs = {"case": list(self.seen), "standing": list(self.seen.values())}
        return content_of(pl.DataFrame(pairs, schema={"case": pl.Int64, "standing": pl.Int64}))

    def said(self, step: Step) -> Said:
        """Return what is said with the step; raises Unreadable."""
        codes = {name: int(self.codes[name]) for name in step.asks if _NUMBER.fullmatch(self.codes.get(name, ""))}
        if step.kind == "assessment":
            counts = {name: _whole(text) for name, text in self.counts.items() if text}
            return Said(papers=self.papers, counts=counts, codes=codes)
        if step.kind != "meeting":
            return Said(papers=self.papers, codes=codes)
        if self.whole and self.votes:
            raise Unreadable(gettext("Votes that differ are recorded with chosen cases: choose them on this page."))
        votes = {case: self._votes(given) for case, given in self.votes.items()}
        return Said(self.papers, _whole(self.entitled), _whole(self.present), votes, codes=codes)

    def day(self, course: Course, step: Step, today: date) -> date:
        """Return the day of what was done; raises Unreadable."""
        if course.present(step) or not self.on:
            return today
        try:
            return date.fromisoformat(self.on)
        except ValueError:
            raise Unreadable(gettext("Write the day as year, month and day: 2017-01-09.")) from None

    def _votes(self, given: tuple[str, ...]) -> Votes:
        for_, against, abstaining = (_whole(text or "0") for text in given)
        return (for_, against, abstaining)


def _whole(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise Unreadable(gettext("Write every number in digits: 30, not thirty."))
    return int(text)
