"""Whom the register is about: households and persons, and who they are, kept apart."""

from django.db import models

from bangfu.registry.models.base import DatedFact, HouseholdFact, PersonFact, Recorded


class Household(Recorded):
    """A household (贫困户): those who live together and share income and spending."""

    household_no = models.CharField(max_length=60, null=True)
    live = models.BooleanField(default=True)

    class Meta:
        db_table = "registry_household"
        constraints = [
            models.UniqueConstraint(fields=["household_no"], condition=models.Q(live=True), name="household_no_once")
        ]
        indexes = [models.Index(fields=["county", "id"], name="household_county")]


class Person(Recorded):
    """A person of a registered household (家庭成员)."""

    person_no = models.CharField(max_length=60, null=True)
    live = models.BooleanField(default=True)

    class Meta:
        db_table = "registry_person"
        constraints = [
            models.UniqueConstraint(fields=["person_no"], condition=models.Q(live=True), name="person_no_once")
        ]
        indexes = [models.Index(fields=["county", "id"], name="person_county")]


class Residence(HouseholdFact):
    """Where the household lives (所在村)."""

    village = models.BigIntegerField()
    group_name = models.CharField(max_length=200, null=True)

    class Meta(HouseholdFact.Meta):
        abstract = False
        db_table = "registry_residence"
        indexes = [
            models.Index(fields=["county", "household"], name="residence_subject"),
            models.Index(fields=["household"], name="residence_household"),
        ]


class Membership(PersonFact):
    """Which household the person belongs to from a day on; no household means gone (减少)."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    relation = models.SmallIntegerField(null=True)
    natural_change = models.SmallIntegerField(null=True)
    identified_on = models.DateField(null=True)

    class Meta(PersonFact.Meta):
        abstract = False
        db_table = "registry_membership"
        indexes = [
            models.Index(fields=["county", "person"], name="membership_subject"),
            models.Index(fields=["county", "household"], name="membership_household"),
        ]


class Identity(PersonFact):
    """Who a person is: name, number and phone, sealed where sensitive; read under a grant only.

    id_index and phone_index are keyed digests for exact look-up; `live` marks the row in force.
    """

    name = models.CharField(max_length=200, null=True)
    pinyin = models.CharField(max_length=400, null=True)
    initials = models.CharField(max_length=60, null=True)
    id_kind = models.SmallIntegerField(null=True)
    id_sealed = models.CharField(max_length=200, null=True)
    id_index = models.CharField(max_length=32, null=True)
    phone_sealed = models.CharField(max_length=200, null=True)
    phone_index = models.CharField(max_length=32, null=True)
    live = models.BooleanField(default=True)

    class Meta(PersonFact.Meta):
        abstract = False
        db_table = "registry_identity"
        constraints = [models.UniqueConstraint(fields=["id_index"], condition=models.Q(live=True), name="id_once")]


class Contact(HouseholdFact):
    """How the household is reached and paid (联系方式), sealed where sensitive."""

    head_name = models.CharField(max_length=200, null=True)
    phone_sealed = models.CharField(max_length=200, null=True)
    phone_index = models.CharField(max_length=32, null=True)
    bank = models.CharField(max_length=200, null=True)
    account_sealed = models.CharField(max_length=200, null=True)

    class Meta(HouseholdFact.Meta):
        abstract = False
        db_table = "registry_contact"


class IncomeItem(DatedFact):
    """One item of a household's income in a year (收入项目), in fen."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", db_index=False)
    item = models.CharField(max_length=40)
    fen = models.BigIntegerField()

    class Meta:
        db_table = "registry_income_item"
        indexes = [models.Index(fields=["county", "household"], name="income_item_subject")]


class StatusEvent(DatedFact):
    """A dated change of a household's status: identified, exited, relapsed, monitored, cleared (状态事件).

    inherited  taken over once from a dataset's first load, instead of decided here
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.SmallIntegerField()
    monitored_class = models.SmallIntegerField(null=True)
    cleared_how = models.SmallIntegerField(null=True)
    inherited = models.BooleanField(default=False)

    class Meta:
        db_table = "registry_status_event"
        indexes = [models.Index(fields=["county", "household"], name="status_event_subject")]


class Undo(models.Model):
    """Marks an audit event whose rows no longer count, and the event that says so."""

    undone = models.OneToOneField("audit.Event", on_delete=models.PROTECT, primary_key=True, related_name="+")
    event = models.ForeignKey("audit.Event", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "registry_undo"
