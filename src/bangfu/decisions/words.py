"""Words that people write about a household: kept short, and without numbers of persons."""

from typing import Final

from bangfu.kernel.errors.comparisons import WordsMissing
from bangfu.kernel.hidden_numbers import hides_number

LONGEST: Final = 500


def checked_words(words: str) -> str:
    """Return words with single spaces; raises WordsMissing for none, too many, or a person's number among them."""
    plain = " ".join(words.replace("\0", "").split())
    if not 0 < len(plain) <= LONGEST or hides_number(plain):
        raise WordsMissing(limit=LONGEST)
    return plain
