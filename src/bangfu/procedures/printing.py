"""Notices on paper (公示公告打印): as they were posted, for the board of the village."""

from collections.abc import Iterable, Iterator
from typing import Final

from bangfu.documents.paper import NoticePaper
from bangfu.kernel.texts import Text
from bangfu.places.paths import paths_of
from bangfu.procedures.boards import Hung
from bangfu.procedures.levels import ABOVE
from bangfu.procedures.receipts import office_of

KIND: Final = "procedures.notices"
"""The kind of job that sets many."""
KINDS: Final = {
    "notice": Text(zh="公示", en="Public notice"),
    "announcement": Text(zh="公告", en="Announcement"),
}
_TITLE: Final = Text(zh="%(step)s（%(procedure)s）", en="%(step)s (%(procedure)s)")
_OPENING: Final = {
    "notice": Text(
        zh="现将下列拟办事项予以公示。如有异议，请在公示期内提出。",
        en="The following is proposed. Whoever knows better is asked to say so before the last day.",
    ),
    "announcement": Text(zh="下列事项已经审定，现予公告。", en="The following was decided and is announced."),
}
_OBJECTIONS: Final = Text(
    zh="%(office)s，或不用账号在%(address)s", en="%(office)s, or without an account at %(address)s"
)
_RECEIPT: Final = Text(
    zh="提出后有回执，期限内书面答复并说明理由；不向村里透露是谁提的。",
    en="You get a receipt, and an answer with its reason; who objected is not told to the village.",
)
_NUMBER: Final = Text(zh="序号", en="No.")
_SEAL: Final = Text(zh="%(village)s村民委员会", en="Village committee of %(village)s")


def papers_of(hung: Iterable[Hung], address: str, language: str) -> Iterator[NoticePaper]:
    """Return notices as papers, one by one.

    address   where anybody objects without an account
    language  zh or en: of what the form itself says; names and proposals stand as they were posted
    """
    for one in hung:
        yield paper_of(one, address, language)


def paper_of(hung: Hung, address: str, language: str) -> NoticePaper:
    """Return one notice as it shall hang on the board; an announcement takes no objection.

    A line keeps the number under which it was posted, whatever was left out since.
    """
    notice, step = hung.notice, hung.step
    path = paths_of([notice.place]).get(notice.place, ())
    takes = notice.kind == "notice"
    facts = {"step": step.title.say(language), "procedure": hung.course.title.say(language)}
    where = {"office": office_of(notice.place, ABOVE[step.level]), "address": address}
    return NoticePaper(
        kind=KINDS[notice.kind].say(language),
        title=_TITLE.say(language) % facts,
        place=" ".join(one.name.say(language) for one in path),
        opening=[_OPENING[notice.kind].say(language)],
        columns=[_NUMBER.say(language), *(column.say(language) for column in hung.columns)],
        rows=[(str(line.number), *line.cells) for line in hung.lines],
        numbered=False,
        posted_on=notice.posted_on,
        last_on=notice.until if takes else None,
        objections=_OBJECTIONS.say(language) % where if takes else "",
        phone=hung.phone,
        seal=_SEAL.say(language) % {"village": path[-1].name.say(language) if path else ""},
        fingerprint=notice.head,
        number=str(notice.pk),
        closing=[_RECEIPT.say(language)] if takes else [],
        language=language,
    )
