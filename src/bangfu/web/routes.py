"""Every address of the pages."""

from django.urls import path

from bangfu.web.views import column_mapping, door, households, imports, jobs, my_day, places, rosters

urlpatterns = [
    path("", my_day.my_day, name="my_day"),
    path("places/", places.places, name="places"),
    path("households/", households.households, name="households"),
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.new_import, name="new_import"),
    path("imports/roster/", rosters.roster, name="roster"),
    path("imports/<int:number>/", imports.batch, name="batch"),
    path("imports/<int:number>/approve/", imports.approve, name="approve_batch"),
    path("imports/<int:number>/send-back/", imports.send_back, name="send_back_batch"),
    path("imports/<int:number>/undo/", imports.undo, name="undo_batch"),
    path("imports/<int:number>/returned/<int:place>/", imports.returned_workbook, name="returned_workbook"),
    path("imports/<int:number>/columns/", column_mapping.columns, name="columns"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<str:name>/", jobs.job, name="job"),
    path("jobs/<str:name>/progress/", jobs.job_progress, name="job_progress"),
    path("jobs/<str:name>/stop/", jobs.stop_job, name="stop_job"),
    path("jobs/<str:name>/again/", jobs.restart_job, name="restart_job"),
    path("jobs/<str:name>/files/<int:number>/", jobs.job_file, name="job_file"),
    path("language/", door.choose_language, name="choose_language"),
    path("act-as/", door.act_as, name="act_as"),
]
