"""What hangs on the village's board and stands on the public page."""

from django.db import models


class Notice(models.Model):
    """A notice (公示) or an announcement (公告), as it was posted.

    place    where it hangs
    act      the act that posted it
    kind     notice or announcement
    until    its last day as printed; after it nobody is shown it any more, unless an objection stopped its clock
    head     the fingerprint of the county's chain when it was posted, printed on it
    rows     the lines as printed, JSON: names, groups, counts and kinds, nothing else about anybody; behind each the
             number of its case, which is not printed
    """

    county = models.BigIntegerField()
    place = models.BigIntegerField()
    act = models.OneToOneField("procedures.Act", on_delete=models.PROTECT, related_name="notice")
    kind = models.CharField(max_length=12)
    posted_on = models.DateField()
    until = models.DateField()
    head = models.CharField(max_length=16)
    rows = models.TextField()
    event = models.ForeignKey("audit.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes = (models.Index(fields=("place", "-until"), name="notice_hanging"),)

    def __str__(self) -> str:
        """Return kind and number."""
        return f"{self.kind} {self.pk}"
