"""Dated facts about a person, one complete row a topic (fields of params/fields/person.yaml)."""

from django.db import models

from bangfu.registry.models.base import PersonFact


class Profile(PersonFact):
    """Profile (基本情况)."""

    sex = models.SmallIntegerField(null=True)
    born_on = models.DateField(null=True)
    ethnicity = models.SmallIntegerField(null=True)
    politics = models.SmallIntegerField(null=True)
    soldier = models.BooleanField(null=True)
    speaks_mandarin = models.BooleanField(null=True)

    class Meta(PersonFact.Meta):
        abstract = False
        db_table = "registry_profile"


class Schooling(PersonFact):
    """Schooling (就学)."""

    education_level = models.SmallIntegerField(null=True)
    enrolment = models.SmallIntegerField(null=True)
    dropout_reason = models.SmallIntegerField(null=True)

    class Meta(PersonFact.Meta):
        abstract = False
        db_table = "registry_schooling"


class Health(PersonFact):
    """Health (健康)."""

    health_status = models.BigIntegerField(null=True)
    disability_kind = models.SmallIntegerField(null=True)
    disability_grade = models.SmallIntegerField(null=True)

    class Meta(PersonFact.Meta):
        abstract = False
        db_table = "registry_health"


class Labour(PersonFact):
    """Labour capacity (劳动能力)."""

    labour_capacity = models.SmallIntegerField(null=True)

    class Meta(PersonFact.Meta):
        abstract = False
        db_table = "registry_labour"


class Work(PersonFact):
    """Work (务工)."""

    work_region = models.SmallIntegerField(null=True)
    work_months = models.IntegerField(null=True)
    employer = models.CharField(max_length=200, null=True)
    public_post = models.BooleanField(null=True)
    public_post_months = models.IntegerField(null=True)

    class Meta(PersonFact.Meta):
        abstract = False
        db_table = "registry_work"


class Insurance(PersonFact):
    """Insurance (保险)."""

    resident_medical = models.BooleanField(null=True)
    employee_medical = models.BooleanField(null=True)
    serious_illness = models.BooleanField(null=True)
    commercial_insurance = models.BooleanField(null=True)
    resident_pension = models.BooleanField(null=True)
    employee_pension = models.BooleanField(null=True)
    medical_aid = models.BooleanField(null=True)

    class Meta(PersonFact.Meta):
        abstract = False
        db_table = "registry_insurance"


class Benefits(PersonFact):
    """Social assistance (社会救助)."""

    dibao = models.BooleanField(null=True)
    tekun = models.BooleanField(null=True)

    class Meta(PersonFact.Meta):
        abstract = False
        db_table = "registry_benefits"
