"""Errors raised when a list of another department is compared, or a hit is heard and decided.

ComparisonError
├── LinkageMissing         BF380  rows are left that only the extra `link` can match
├── ListKindUnknown        BF381  no kind of list has this name
├── HitUnknown             BF382  no hit has this number in the person's area
├── HitDecided             BF383  the hit was decided already
├── WordsMissing           BF384  words or a reason that are missing, too long, or quote a person's number
├── AuthorisationUnlike    BF385  an authorisation of a household that is not there, or of a day to come
├── LeadSettled            BF386  the lead was settled already
├── HouseholdNotHeard      BF387  removal is proposed, and the household was not heard
├── ListWithoutDay         BF388  nobody tells the day on which the list was true
├── RemovalNotProposed     BF755  a removal after a comparison of which nobody decided that it be proposed
└── PapersUnlike           BF756  a list of signed authorisations without its columns
"""

from bangfu.kernel.errors.register import RegisterError
from bangfu.kernel.texts import mark


class ComparisonError(RegisterError):
    """Raised when a comparison, a hearing or a decision about a hit is refused."""


class LinkageMissing(ComparisonError):
    """Raised when rows are to be matched by name, birth and place, and the extra `link` is not installed."""

    code = "BF380"
    message = mark(
        "Matching by name, birth and place needs the extra `link`. Install bangfu[link], or compare by identity number "
        "alone."
    )


class ListKindUnknown(ComparisonError):
    """Raised when no kind of list has this name.

    kind, known  what was asked for, and the kinds that exist
    """

    code = "BF381"
    message = mark("There is no list of the kind %(kind)s. The kinds are: %(known)s.")


class HitUnknown(ComparisonError):
    """Raised when no hit has this number, or it lies outside the person's area."""

    code = "BF382"
    message = mark("No hit %(hit)s is known here.")


class HitDecided(ComparisonError):
    """Raised when a hit was decided already."""

    code = "BF383"
    message = mark("Hit %(hit)s was decided already. A decision stands; whoever disagrees raises an objection.")


class WordsMissing(ComparisonError):
    """Raised when words are missing, too long, or quote a number of a person.

    limit  characters that are taken
    """

    code = "BF384"
    message = mark("Write one to %(limit)s characters, without ID numbers, phones or card numbers.")


class AuthorisationUnlike(ComparisonError):
    """Raised when authorisations cannot be recorded: households that are not there, or days to come.

    households  their numbers, at most ten
    """

    code = "BF385"
    message = mark(
        "These authorisations cannot be recorded: %(households)s. The household is not registered in this county, the "
        "day lies ahead, or the paper has no number. Nothing was recorded."
    )


class LeadSettled(ComparisonError):
    """Raised when a lead is to be settled that is not open any more."""

    code = "BF386"
    message = mark("Lead %(lead)s is settled already.")


class HouseholdNotHeard(ComparisonError):
    """Raised when removal is proposed before the household was heard."""

    code = "BF387"
    message = mark("The household was not heard about hit %(hit)s. Record what it says, then propose its removal.")


class ListWithoutDay(ComparisonError):
    """Raised when neither the list nor whoever hands it in tells the day on which it was true."""

    code = "BF388"
    message = mark("%(file)s does not tell the day on which it was true. State the day.")


class RemovalNotProposed(ComparisonError):
    """Raised when a case of removal is opened after a comparison, and no decision proposes the removal."""

    code = "BF755"
    message = mark(
        "No decision about a doubt proposes the removal of this household. Have the doubt decided first, or state "
        "another source of the case."
    )


class PapersUnlike(ComparisonError):
    """Raised when a file of signed authorisations has no column of household numbers or none of days."""

    code = "BF756"
    message = mark(
        "%(file)s is no list of signed authorisations. It needs a column 户编号 and a column 签署日期; 签署人 and "
        "归档编号 may stand beside them."
    )
