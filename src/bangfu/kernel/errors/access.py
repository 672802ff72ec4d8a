"""Errors raised when a person may not do what was asked."""

from bangfu.kernel.errors.base import BangfuError
from bangfu.kernel.texts import mark


class AccessError(BangfuError):
    """Raised when a person may not do what was asked."""


class NotPermitted(AccessError):
    """Raised when no live grant of the person allows the verb at the place."""

    code = "BF401"
    message = mark(
        "%(actor)s may not %(permission)s in %(place)s. "
        "Ask the security administrator of that place for a grant with this right."
    )


class NotYourName(AccessError):
    """Raised when somebody in an office home wants to act under a name."""

    code = "BF402"
    message = mark(
        "This home belongs to an office: whoever is logged in acts, here the account %(login)s. "
        "Leave the name out, or log in to the operating system as the other person."
    )


class PersonUnknown(AccessError):
    """Raised when no person of the register has this name or account."""

    code = "BF403"
    message = mark(
        "Nobody called %(person)s works with this home. "
        "Check the name, or ask the security administrator to add the person."
    )


class OwnWork(AccessError):
    """Raised when somebody wants to approve what they made, or to grant a right to themselves."""

    code = "BF404"
    message = mark(
        "%(actor)s made %(subject)s and cannot also approve it. Ask a second person who holds the right to do it."
    )


class OwnGrant(AccessError):
    """Raised when somebody wants to give a right to themselves."""

    code = "BF405"
    message = mark("%(actor)s cannot give rights to themselves. Ask another security administrator to do it.")


class RolesApart(AccessError):
    """Raised when an administrator's role would meet another role in one person."""

    code = "BF406"
    message = mark(
        "%(person)s cannot hold %(role)s beside %(held)s: who rules over rights takes no part in the work "
        "on the register. End the other grant first, or choose another person."
    )


class RoleUnknown(AccessError):
    """Raised when a grant names a role that does not exist."""

    code = "BF407"
    message = mark("There is no role %(role)s. Choose one of: %(roles)s.")


class PersonExists(AccessError):
    """Raised when a person of this name or account is there already."""

    code = "BF408"
    message = mark("%(person)s is already there. Use the person who exists, or choose a name that tells them apart.")


class AlreadyFounded(AccessError):
    """Raised when the first person of an office home is to be set up a second time."""

    code = "BF409"
    message = mark("This home already has its first person. Ask its security administrator for a grant instead.")


class GrantEnded(AccessError):
    """Raised when a grant that has ended, or does not exist, is to be ended."""

    code = "BF410"
    message = mark("Grant %(grant)s does not exist or has already ended. List the person's grants to see what stands.")


class FoundingRefused(AccessError):
    """Raised when somebody wants to found a demonstration home as an office."""

    code = "BF411"
    message = mark("This is a demonstration home with its own people. Choose another directory for the office.")


class AccountExists(AccessError):
    """Raised when a login is taken, or the person has an account already."""

    code = "BF412"
    message = mark("The login %(login)s is taken, or the person has an account already. Choose another login.")


class RevealsUsedUp(AccessError):
    """Raised when somebody opened masked values as often as one day allows."""

    code = "BF413"
    message = mark(
        "%(actor)s has opened masked values %(limit)s times today, as often as one day allows. "
        "Go on tomorrow, or ask a colleague who may."
    )


class RevealReasonMissing(AccessError):
    """Raised when a masked value is to be opened without a reason of the list."""

    code = "BF414"
    message = mark("Say why the value must be seen: choose one of the reasons of the list.")


class AccountUnknown(AccessError):
    """Raised when no open account has this login."""

    code = "BF420"
    message = mark("No open account has the login %(login)s. List the people and check the login.")


class TokenUnusable(AccessError):
    """Raised when a token is to have no label, or to work for too long."""

    code = "BF421"
    message = mark("A token needs a label of at most 100 characters and works for 1 to %(days)s days.")


class TokenUnknown(AccessError):
    """Raised when a token to be taken back does not exist for this person, or was taken back already."""

    code = "BF422"
    message = mark("You have no working token %(token)s. List your tokens to see which work.")


class TokenNotYours(AccessError):
    """Raised when somebody wants to make a token that speaks for another person."""

    code = "BF423"
    message = mark("%(actor)s cannot make a token for %(person)s. Everybody makes their own.")


class RightUnknown(AccessError):
    """Raised when a token is to carry a right that does not exist."""

    code = "BF424"
    message = mark("There is no right %(right)s. Choose among: %(rights)s.")


class TooManyAttempts(AccessError):
    """Raised when somebody tries a public door too often."""

    code = "BF430"
    message = mark(
        "This was tried too often. Wait %(minutes)s minutes and try again, or go to the village committee: they can "
        "take it down for you."
    )


class CardUnknown(AccessError):
    """Raised when a household number and a card code do not belong together; nobody learns which of them is wrong."""

    code = "BF431"
    message = mark(
        "Number and code do not belong together. Type both as they stand on your household card. If the card is lost "
        "or worn, ask the village committee for a new one."
    )
