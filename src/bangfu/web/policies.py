"""The policies of routes that libraries bring; our own routes declare theirs themselves."""

from typing import Final

from bangfu.access.policies import PUBLIC, SIGNED_IN, Policy

SIGN_IN: Final = "sign-in/"
"""How the addresses begin under which people sign in, change their password and set up their second factor."""
FOREIGN: Final[dict[str, Policy]] = {
    SIGN_IN: SIGNED_IN,
    "sign-in/login/": PUBLIC,
    "sign-in/logout/": PUBLIC,
    "sign-in/2fa/authenticate/": PUBLIC,
    "sign-in/inactive/": PUBLIC,
    "sign-in/oidc/": PUBLIC,
    "sign-in/3rdparty/login/": PUBLIC,
}
