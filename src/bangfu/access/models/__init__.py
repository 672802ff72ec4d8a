"""Tables of people, their accounts, tokens and grants."""

from bangfu.access.models.account import Account
from bangfu.access.models.attempt import Attempt
from bangfu.access.models.grant import Grant
from bangfu.access.models.person import Person
from bangfu.access.models.token import Token

__all__ = ["Account", "Attempt", "Grant", "Person", "Token"]
