"""Every address of the pages."""

from django.urls import path

from bangfu.web.views import door, households, imports, jobs, my_day, people, places, runs

urlpatterns = [
    path("", my_day.my_day, name="my_day"),
    path("places/", places.places, name="places"),
    path("places/<str:code>/", places.place, name="place"),
    path("households/", households.households, name="households"),
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
