"""How values that may be masked, and outcomes, are shown: small marks that stand many times on a page."""

from collections.abc import Mapping
from typing import Any, Final

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from bangfu.analysis.reasons import Outcome
from bangfu.registry.masking import Told
from bangfu.web.templatetags.shown import MISSING, count, said, yuan

register = template.Library()

_NOT_JUDGED: Final = format_html('<span class="soft">{}</span>', MISSING)


@register.filter
def seen(value: Told) -> SafeString:
    """Return a value as its reader sees it: the words, a mask, or that it is not for the reader's role."""
    if value.hidden:
        return format_html('<span class="masked">{}</span>', gettext("not for your role"))
    if value.text is None:
        return format_html('<span class="soft">{}</span>', MISSING)
    if value.masked:
        return format_html('<span class="masked">{}</span>', said(value.text))
    return format_html("{}", said(value.text))


@register.filter
def list_row(row: Mapping[str, Any]) -> SafeString:
    """Return one row of a list of households: its link, its head, where it lives, and the chosen cells.

    A page has fifty of them, and a template takes ten times as long.
    """
    near = format_html_join(
        " ",
        '<a class="plain" href="?place={}">{}</a>',
        ((step.code, said(step.name)) for step in row["near"]),
    )
    cells = format_html_join("", "{}", ((_cell(name, value),) for name, value in row["cells"]))
    number = row["household"] if row["household_no"] is None else row["household_no"]
    return format_html(
        '<tr><th scope="row"><a href="{}">{}</a></th><td class="name">{}</td><td>{}</td>{}</tr>\n',
        *(row["address"], number, MISSING if row["head"] is None else row["head"], near, cells),
    )


def _cell(name: str, value: Any) -> SafeString:
    if name == "members":
        return format_html('<td class="n">{}</td>', count(value))
    if name == "income":
        return format_html('<td class="n">{}</td>', yuan(value))
    if name == "outcome":
        return format_html("<td>{}</td>", _NOT_JUDGED if value == "none" else outcome_tag(value))
    if name == "status":
        tags = format_html_join(" ", '<span class="tag">{}</span>', ((said(one),) for one in value))
        return format_html("<td>{}</td>", tags or MISSING)
    return format_html("<td>{}</td>", said(value))


@register.filter
def outcome_tag(value: Outcome) -> SafeString:
    """Return yes, no or unknown as a mark."""
    if value is None:
        return format_html('<span class="tag unknown">{}</span>', gettext("unknown"))
    if value:
        return format_html('<span class="tag yes">{}</span>', gettext("yes"))
    return format_html('<span class="tag no">{}</span>', gettext("no"))
