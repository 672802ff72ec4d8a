"""Whom a token speaks for, looked up at every request: what was taken back a moment ago works no more."""

import hashlib
from datetime import date
from typing import Any

from bangfu.access.acting import ActingPerson
from bangfu.access.models import Account, Token
from bangfu.kernel.actors import Actor, Can
from bangfu.kernel.home import Home

PREFIX = "bangfu_"
"""How a token begins, so that a scan of a repository recognises one that was left there."""


def digest_of(token: str) -> str:
    """Return the keyed digest by which the register knows a token; whatever was shown, of any length."""
    shown = hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()
    return Home.current().keys.digest(f"token|{shown}").hex()


def bearer_of(token: str, on: date) -> ActingPerson | None:
    """Return the person for whom the token speaks today, with no more than the token carries.

    Returns  None for a token that is unknown, over or taken back, and for a person whose account was closed
    """
    held = Token.objects.select_related("person").filter(digest=digest_of(token)).first()
    if held is None or held.revoked_on is not None or not held.created_on <= on <= held.expires_on:
        return None
    if Account.objects.filter(person_id=held.person_id, is_active=False).exists():
        return None
    if held.last_used_on != on:
        Token.objects.filter(pk=held.pk).update(last_used_on=on)
    rights = frozenset(Can(word) for word in held.rights.split())
    return ActingPerson.of(held.person, on).narrowed(place=held.place, rights=rights or None)


def tokens_of(by: Actor) -> list[dict[str, Any]]:
    """Return the person's own tokens, the newest first, without anything that would let somebody in."""
    names = ("id", "label", "place", "rights", "created_on", "expires_on", "last_used_on", "revoked_on")
    return list(Token.objects.filter(person_id=by.person_id).order_by("-id").values(*names))
