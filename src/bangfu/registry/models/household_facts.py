"""Dated facts about a household, one complete row a topic (fields of params/fields/household.yaml)."""

from django.db import models

from bangfu.registry.models.base import HouseholdFact


class Standing(HouseholdFact):
    """Standing (识别信息)."""

    standard = models.SmallIntegerField(null=True)
    household_type = models.SmallIntegerField(null=True)
    origin = models.SmallIntegerField(null=True)
    main_cause = models.SmallIntegerField(null=True)
    other_causes = models.BigIntegerField(null=True)
    declared_members = models.IntegerField(null=True)
    military_family = models.BooleanField(null=True)
    only_child_family = models.BooleanField(null=True)
    planned_exit_year = models.IntegerField(null=True)

    class Meta(HouseholdFact.Meta):
        abstract = False
        db_table = "registry_standing"


class Risk(HouseholdFact):
    """Risk (风险)."""

    risks = models.BigIntegerField(null=True)
    no_labour_backstop = models.BooleanField(null=True)
    development_measures = models.BooleanField(null=True)
    measures = models.BigIntegerField(null=True)

    class Meta(HouseholdFact.Meta):
        abstract = False
        db_table = "registry_risk"


class Living(HouseholdFact):
    """Two assurances (两不愁)."""

    food_assured = models.BooleanField(null=True)
    clothing_assured = models.BooleanField(null=True)

    class Meta(HouseholdFact.Meta):
        abstract = False
        db_table = "registry_living"


class Housing(HouseholdFact):
    """Housing (住房)."""

    housing_area_dm2 = models.BigIntegerField(null=True)
    housing_structure = models.SmallIntegerField(null=True)
    built_year = models.IntegerField(null=True)
    housing_grade = models.SmallIntegerField(null=True)

    class Meta(HouseholdFact.Meta):
        abstract = False
        db_table = "registry_housing"


class Water(HouseholdFact):
    """Drinking water (饮水)."""

    water_safe = models.BooleanField(null=True)
    water_difficult = models.BooleanField(null=True)

    class Meta(HouseholdFact.Meta):
        abstract = False
        db_table = "registry_water"


class Amenities(HouseholdFact):
    """Amenities (生活条件)."""

    domestic_power = models.BooleanField(null=True)
    production_power = models.BooleanField(null=True)
    broadcast_tv = models.BooleanField(null=True)
    sanitary_toilet = models.BooleanField(null=True)
    fuel = models.SmallIntegerField(null=True)
    road_type = models.SmallIntegerField(null=True)
    road_distance_m = models.BigIntegerField(null=True)

    class Meta(HouseholdFact.Meta):
        abstract = False
        db_table = "registry_amenities"


class Land(HouseholdFact):
    """Land (生产条件)."""

    cultivated_mu100 = models.BigIntegerField(null=True)
    irrigated_mu100 = models.BigIntegerField(null=True)
    forest_mu100 = models.BigIntegerField(null=True)
    returned_mu100 = models.BigIntegerField(null=True)
    orchard_mu100 = models.BigIntegerField(null=True)
    pasture_mu100 = models.BigIntegerField(null=True)
    water_mu100 = models.BigIntegerField(null=True)

    class Meta(HouseholdFact.Meta):
        abstract = False
        db_table = "registry_land"


class Cooperation(HouseholdFact):
    """Links to enterprises (带动)."""

    cooperative = models.BooleanField(null=True)
    leading_enterprise = models.BooleanField(null=True)
    prosperity_leader = models.BooleanField(null=True)

    class Meta(HouseholdFact.Meta):
        abstract = False
        db_table = "registry_cooperation"


class Relocation(HouseholdFact):
    """Relocation (易地搬迁)."""

    relocated = models.BooleanField(null=True)
    relocation_mode = models.SmallIntegerField(null=True)
    resettlement = models.SmallIntegerField(null=True)
    resettlement_place = models.SmallIntegerField(null=True)

    class Meta(HouseholdFact.Meta):
        abstract = False
        db_table = "registry_relocation"
