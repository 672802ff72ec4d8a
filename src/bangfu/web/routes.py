"""Every address of the pages."""

from django.urls import path

from bangfu.web.views import (
    door,
    household,
    household_exports,
    households,
    imports,
    jobs,
    my_day,
    people,
    places,
    runs,
)

urlpatterns = [
    path("", my_day.my_day, name="my_day"),
    path("places/", places.places, name="places"),
    path("places/<str:code>/", places.place, name="place"),
    path("households/", households.households, name="households"),
    path("households/search/", households.search_households, name="search_households"),
    path("households/keep/", households.keep_households, name="keep_households"),
    path("households/export/", household_exports.export_households, name="export_households"),
    path("households/s/<str:number>/", households.kept_households, name="kept_households"),
    path("households/s/<str:number>/forget/", households.forget_households, name="forget_households"),
    path("households/<int:number>/", household.household, name="household"),
    path("households/<int:number>/card/", household.card, name="household_card"),
    path("households/<int:number>/handbook/", household.handbook, name="household_handbook"),
    path("households/<int:number>/reveal/", household.reveal_values, name="reveal_values"),
    path("my-household/", household.own_household, name="own_household"),
    path("my-household/card/", household.own_card, name="own_card"),
    path("my-household/handbook/", household.own_handbook, name="own_handbook"),
    path("imports/", imports.imports, name="imports"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("runs/", runs.runs, name="runs"),
    path("runs/new/", runs.start, name="start_run"),
    path("runs/<slug:name>/", runs.run, name="run"),
    path("people/", people.people, name="people"),
    path("people/<int:number>/", people.person, name="person"),
    path("people/<int:number>/account/", people.account, name="open_account"),
    path("people/<int:number>/grant/", people.grant, name="give_grant"),
    path("people/<int:number>/grants/<int:grant_number>/end/", people.end, name="end_grant"),
    path("language/", door.choose_language, name="choose_language"),
    path("act-as/", door.act_as, name="act_as"),
]
