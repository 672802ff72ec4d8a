"""Every address of the pages."""

from django.urls import path

from bangfu.web.views import door, households, imports, jobs, my_day, places

urlpatterns = [
    path("", my_day.my_day, name="my_day"),
    path("places/", places.places, name="places"),
    path("places/<str:code>/", places.place, name="place"),
    path("households/", households.households, name="households"),
    path("imports/", imports.imports, name="imports"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("language/", door.choose_language, name="choose_language"),
    path("act-as/", door.act_as, name="act_as"),
]
