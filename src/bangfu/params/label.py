"""Labels as people type them: width, spaces and case do not make another word."""

import unicodedata


def normal_label(text: str) -> str:
    """Return the form in which labels and aliases are compared (标签归一).

    Full-width and half-width forms become one, every space is dropped, letters lose their case:
    `户 编 号`, `户编号` and `行政村（社区）`, `行政村(社区)` are two words, not four.
    """
    joined = "".join(unicodedata.normalize("NFKC", text).split())
    return unicodedata.normalize("NFKC", joined.casefold())
