"""The identification of `gd_2016` written down a second time, in plain steps: what may be done, and by whom.

It knows nothing of the program that it judges. A case is verified by the village, hangs for seven days, is approved by
two persons of the county, entered by the county, and put on the roster by the town. Who decides has no other hand in
the case; an open objection holds everything and its days do not count; one that was right holds it until it is sent
back or ended. Only the approval refuses, and nobody withdraws what hung.
"""

from dataclasses import dataclass, field, replace

MAKES, DECIDES, TOOK_BACK = "makes", "decides", "took back"
STEPS = ("verification", "notice", "approval", "entry", "roster")
WHO = {
    "verification": {"village", "town"},
    "notice": {"village", "town", "county"},
    "approval": {"approver", "approver2"},
    "entry": {"county"},
    "roster": {"town"},
}
"""Who of the five persons holds the right of each step; all of them hold it at the same place."""
DAYS = 7


@dataclass(frozen=True)
class Plain:
    """A case: how many steps are done, who decided in this visit, since when its notice hangs, whose hands it bears."""

    done: int = 0
    yes: frozenset = frozenset()
    posted: int | None = None
    moved: int = 0
    over: str = ""
    objected: int | None = None
    stopped: frozenset = frozenset()
    upheld: bool = False
    published: bool = False
    hands: frozenset = frozenset({("county", MAKES, 0)})
    last: tuple = ("opened", "county")
    before: "Plain | None" = field(default=None, compare=False)

    @property
    def waits_for(self):
        """The step for which the case waits."""
        return STEPS[self.done]

    def barred(self, person):
        """Tell whether somebody may not decide: they made something, decided elsewhere, or decided in this visit."""
        order = self.done + 1
        return person in self.yes or any(
            who == person and (part == MAKES or (part == DECIDES and at != order)) for who, part, at in self.hands
        )


def served(case, day):
    """Count the days from the day after posting on which no objection was open."""
    return sum(1 for one in range(case.posted + 1, day + 1) if one not in case.stopped)


def step(case, person, name, day):
    """Return the case after the step, None where it is refused."""
    if case.over or case.objected is not None or case.waits_for != name or person not in WHO[name]:
        return None
    if case.upheld and case.done:
        return None
    order = case.done + 1
    if name == "approval":
        if case.barred(person):
            return None
        hands = case.hands | {(person, DECIDES, order)}
        if not case.yes:
            return replace(case, yes=frozenset({person}), hands=hands, last=("agreed", person), before=case)
        return _finished(case, person, hands, day)
    hands = case.hands | {(person, MAKES, order)}
    if name == "notice" and case.posted is None:
        return replace(case, posted=day, published=True, hands=hands, last=("posted", person), before=case)
    if name == "notice" and served(case, day) < DAYS:
        return None
    return _finished(case, person, hands, day)


def _finished(case, person, hands, day):
    done = case.done + 1
    over = "finished" if done == len(STEPS) else ""
    return replace(
        case,
        done=done,
        yes=frozenset(),
        posted=None,
        moved=day,
        over=over,
        hands=hands,
        last=("done", person),
        before=case,
    )


def back(case, person, day):
    """Return the case sent back to the step before, None where it is refused."""
    part = _part(case, person)
    if part is None or case.done == 0:
        return None
    hands = case.hands | {(person, part, case.done + 1)}
    return replace(
        case,
        done=case.done - 1,
        yes=frozenset(),
        posted=None,
        moved=day,
        upheld=False,
        hands=hands,
        last=("back", person),
        before=case,
    )


def refuse(case, person, day):
    """Return the case ended with a no, None where that is refused: only the approval says no."""
    return _ended(case, person, day, "refused") if not case.over and case.waits_for == "approval" else None


def withdraw(case, person, day):
    """Return the case taken back, None where that is refused: never after it hung."""
    return _ended(case, person, day, "withdrawn") if not case.published else None


def _ended(case, person, day, how):
    part = _part(case, person)
    if part is None:
        return None
    hands = case.hands | {(person, part, case.done + 1)}
    return replace(
        case, over=how, yes=frozenset(), moved=day, upheld=False, hands=hands, last=(how, person), before=case
    )


def _part(case, person):
    """Return what hand a return or a refusal is, None where the person may not."""
    if case.over or person not in WHO[case.waits_for]:
        return None
    if case.waits_for != "approval":
        return MAKES
    return None if case.barred(person) else DECIDES


def undo(case, person):
    """Return the case as it stood before the last act, None where that stays."""
    kind, who = case.last
    if kind not in {"done", "agreed", "back", "refused", "withdrawn"} or who != person or case.over == "finished":
        return None
    was = case.before
    decided = was.waits_for == "approval"
    hands = case.hands | {(person, TOOK_BACK if decided else MAKES, was.done + 1)}
    return replace(
        was,
        yes=frozenset(),
        hands=hands,
        last=("undone", person),
        before=None,
        objected=case.objected,
        upheld=case.upheld or was.upheld,
        stopped=case.stopped,
    )
