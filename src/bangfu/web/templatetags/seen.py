"""How values that may be masked, and outcomes, are shown: small marks that stand many times on a page."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from bangfu.analysis.reasons import Outcome
from bangfu.registry.masking import Told
from bangfu.web.templatetags.shown import MISSING, said

register = template.Library()


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
def outcome_tag(value: Outcome) -> SafeString:
    """Return yes, no or unknown as a mark."""
    if value is None:
        return format_html('<span class="tag unknown">{}</span>', gettext("unknown"))
    if value:
        return format_html('<span class="tag yes">{}</span>', gettext("yes"))
    return format_html('<span class="tag no">{}</span>', gettext("no"))
