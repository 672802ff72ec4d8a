"""The lines of a work sheet, drawn by hand: a list has two hundred of them, and a template takes ten times as long."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from bangfu.kernel.texts import Text
from bangfu.web.case_lines import HAND, SECOND, Line
from bangfu.web.case_words import DONE_WORDS, column_titles, reason_said, votes_named
from bangfu.web.templatetags.shown import MISSING, count, day, said, yuan

register = template.Library()


@register.simple_tag
def sheet_lines(
    lines: Iterable[Line], *, chooses: bool, villages: bool, votes: bool, reasons: bool = True
) -> SafeString:
    """Return the rows of a sheet; what is asked for by name are the columns that do not always stand."""
    words = _Words(chooses=chooses, villages=villages, votes=votes, reasons=reasons)
    return format_html_join("\n", "{}", ((words.row(line),) for line in lines))


@register.filter
def because_said(line: Line) -> str:
    """Return the criteria that a proposal rests on: those met, then those not met."""
    return reason_said(line.grounds.met, line.grounds.unmet) or MISSING


@register.filter
def marks_of(line: Line) -> SafeString:
    """Return the marks of a line: why it waits, what was sent back, what changed."""
    return marks(line)


class _Words:
    """The words that many lines share, looked up once."""

    def __init__(self, **columns: bool) -> None:
        self.columns = columns
        self.choose, self.not_unanimous = gettext("Choose %(name)s"), gettext("not unanimous")
        self.of_votes = votes_named()
        self.titles = column_titles()
        self.reasons: dict[tuple[tuple[Text, ...], tuple[Text, ...]], str] = {}

    def row(self, line: Line) -> SafeString:
        """Return the row of a case."""
        brief, stands = line.brief, self.columns
        name = (brief.head if brief else line.name) or MISSING
        cells = [
            self._box(line, name) if stands["chooses"] else SafeString(),
            format_html('<th scope="row"><a href="{}">{}</a>{}</th>', _case(line), name, _number(line)),
            self._cell("village", said(line.village)) if stands["villages"] else SafeString(),
            self._cell("group", (brief.group if brief else None) or MISSING),
            self._cell("members", count(brief.members) if brief else MISSING, "n"),
            self._cell("proposed", said(line.proposal), "proposed"),
            self._cell("because", self.because(line), "because") if stands["reasons"] else SafeString(),
            self._cell("income", yuan(line.grounds.income_pc_fen), "n"),
            format_html('<td class="marks">{}</td>', marks(line)),
            self._votes(line, name) if stands["votes"] else SafeString(),
        ]
        waits = SafeString(' class="waits"' if line.why else "")
        return format_html("<tr{}>{}</tr>", waits, format_html_join("", "{}", ((cell,) for cell in cells)))

    def because(self, line: Line) -> str:
        """Return the criteria in words; most lines of a list share theirs."""
        key = (line.grounds.met, line.grounds.unmet)
        if key not in self.reasons:
            self.reasons[key] = reason_said(*key) or MISSING
        return self.reasons[key]

    def _cell(self, column: str, text: str, kind: str = "") -> SafeString:
        """Return a cell that carries its title, for phones, where a row is a card."""
        return format_html('<td class="{}" data-title="{}">{}</td>', kind, self.titles[column], text)

    def _box(self, line: Line, name: str) -> SafeString:
        return format_html(
            '<td class="box"><input type="checkbox" name="case" value="{}:{}" aria-label="{}"{}></td>',
            *(line.case, line.standing, self.choose % {"name": name}, SafeString(" checked" if line.chosen else "")),
        )

    def _votes(self, line: Line, name: str) -> SafeString:
        opened = SafeString(" open" if any(line.votes) else "")
        parts: list[tuple[Any, ...]] = [
            (words, one, line.case, value, f"{name}: {words}")
            for (one, words), value in zip(self.of_votes, line.votes, strict=True)
        ]
        inputs = format_html_join(
            " ", '<label>{} <input name="{}-{}" value="{}" inputmode="numeric" size="4" aria-label="{}"></label>', parts
        )
        return format_html(
            '<td class="votes"><details{}><summary>{}</summary>{}</details></td>', opened, self.not_unanimous, inputs
        )


def _case(line: Line) -> str:
    return reverse("case", args=[line.case])


def _number(line: Line) -> SafeString:
    if line.brief is None or line.brief.number is None:
        return SafeString()
    return format_html(' <small class="soft number">{}</small>', line.brief.number)


def marks(line: Line) -> SafeString:
    """Return why a case waits, how often it was sent back, and what was done since the person looked."""
    found = []
    if line.since is not None:
        words = gettext("objection open since %(day)s: it waits for the answer") % {"day": day(line.since)}
        found.append(("bad", words))
    if line.upheld:
        found.append(("bad", gettext("objection found right: send it back or refuse it")))
    if line.until is not None and line.why == "notice":
        found.append(("warn", gettext("notice hangs until %(day)s") % {"day": day(line.until)}))
    elif line.until is not None and line.why is None:
        found.append(("good", gettext("notice served on %(day)s") % {"day": day(line.until)}))
    if line.why == HAND:
        found.append(("warn", gettext("you worked on it: somebody else decides")))
    if line.why == SECOND:
        found.append(("warn", gettext("you have agreed: a second person decides")))
    if line.returned is not None:
        times, reason = line.returned
        found.append(("long", gettext("sent back %(times)s×: %(reason)s") % {"times": times, "reason": reason}))
    if line.later is not None:
        told = {"what": DONE_WORDS[line.later.kind], "who": line.later.name, "day": day(line.later.on)}
        found.append(("bad", gettext("changed meanwhile: %(what)s by %(who)s, %(day)s") % told))
    return format_html_join(" ", '<span class="tag {}">{}</span>', found)
