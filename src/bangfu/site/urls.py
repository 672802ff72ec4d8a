"""Every address of the site."""

from django.urls import include, path

from bangfu.web.routes import urlpatterns as pages

urlpatterns = [
    *pages,
    path("sign-in/", include("allauth.urls")),
]

handler400 = "bangfu.web.views.refusals.bad_request"
handler403 = "bangfu.web.views.refusals.not_permitted"
handler404 = "bangfu.web.views.refusals.not_found"
handler500 = "bangfu.web.views.refusals.broken"
