"""Dated facts about a village, one complete row a topic (fields of params/fields/village.yaml)."""

from django.db import models

from bangfu.registry.models.base import VillageFact


class VillageProfile(VillageFact):
    """Village profile (村情)."""

    village_attribute = models.SmallIntegerField(null=True)
    household_count = models.IntegerField(null=True)
    group_count = models.IntegerField(null=True)
    dibao_household_count = models.IntegerField(null=True)
    tekun_household_count = models.IntegerField(null=True)
    population = models.IntegerField(null=True)
    resident_count = models.IntegerField(null=True)
    dibao_person_count = models.IntegerField(null=True)
    tekun_person_count = models.IntegerField(null=True)
    minority_count = models.IntegerField(null=True)
    disabled_count = models.IntegerField(null=True)
    labour_count = models.IntegerField(null=True)
    migrant_count = models.IntegerField(null=True)

    class Meta(VillageFact.Meta):
        abstract = False
        db_table = "registry_village_profile"


class VillageEconomy(VillageFact):
    """Economy (经济)."""

    cultivated_mu100 = models.BigIntegerField(null=True)
    village_income_pc_fen = models.BigIntegerField(null=True)
    collective_income_fen = models.BigIntegerField(null=True)

    class Meta(VillageFact.Meta):
        abstract = False
        db_table = "registry_village_economy"


class VillageServices(VillageFact):
    """Services (公共服务)."""

    unsafe_water_households = models.IntegerField(null=True)
    difficult_water_households = models.IntegerField(null=True)
    dilapidated_households = models.IntegerField(null=True)
    bus = models.BooleanField(null=True)
    paved_road = models.BooleanField(null=True)
    clinic_count = models.IntegerField(null=True)
    broadband_households = models.IntegerField(null=True)
    cooperative_count = models.IntegerField(null=True)

    class Meta(VillageFact.Meta):
        abstract = False
        db_table = "registry_village_services"


class VillageListCounts(VillageFact):
    """Listed households and persons (名单人数)."""

    unstable_household_count = models.IntegerField(null=True)
    marginal_household_count = models.IntegerField(null=True)
    hardship_household_count = models.IntegerField(null=True)

    class Meta(VillageFact.Meta):
        abstract = False
        db_table = "registry_village_list_counts"
