"""Tables of people, their accounts and grants."""

from bangfu.access.models.account import Account
from bangfu.access.models.grant import Grant
from bangfu.access.models.person import Person

__all__ = ["Account", "Grant", "Person"]
