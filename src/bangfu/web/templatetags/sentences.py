"""Sentences that lower floors keep as English message ids, said in the language of the page."""

from typing import Any

from django import template
from django.utils.translation import get_language, gettext

from bangfu.kernel.translation import say

register = template.Library()


@register.filter
def worded(message: str) -> str:
    """Return a message id without facts in the language of the page."""
    return gettext(message) if message else ""


@register.filter
def told(thing: Any) -> str:
    """Return the message of anything that has `message` and `facts`, such as a job."""
    return say(thing.message, thing.facts, get_language()) if thing.message else ""
