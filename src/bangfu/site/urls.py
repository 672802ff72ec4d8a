"""Every address of the site."""

from django.urls import include, path

from bangfu.api.routes import ROOT
from bangfu.web.routes import urlpatterns as pages

urlpatterns = [
    *pages,
    path(ROOT, include("bangfu.api.docs")),
    path("sign-in/", include("allauth.urls")),
]

handler400 = "bangfu.web.views.refusals.bad_request"
handler403 = "bangfu.web.views.refusals.not_permitted"
handler404 = "bangfu.web.views.refusals.not_found"
handler500 = "bangfu.web.views.refusals.broken"
