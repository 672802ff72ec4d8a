"""Searches that people keep."""

from django.db import models


class SavedSearch(models.Model):
    """A search or a set of filters under an opaque number (已存查询): no personal word stands in an address.

    It is a note of who made it, no row of the register, and may be deleted. Whoever opens it sees what
    lies in their own scope.

    id       drawn at random; stands in the address
    person   who made it
    sealed   the words, the filters and the name, as sealed JSON in hex
    named    whether its maker gave it a name to keep; the others go after some days
    made_at  when it was made
    """

    id = models.CharField(max_length=32, primary_key=True)
    person = models.ForeignKey("access.Person", on_delete=models.CASCADE, related_name="+")
    sealed = models.TextField()
    named = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "registry_saved_search"
