"""The smallest Django page that asks the database for one row: what the pages are measured against."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from bangfu.kernel.home import Home
from bangfu.site.settings import database

settings.configure(
    ALLOWED_HOSTS=["*"],
    DATABASES={"default": database(Home.current())},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["bangfu.audit", "bangfu.places"],
    ROOT_URLCONF="benchmarks.hello_database",
    SECRET_KEY="bare",
    USE_TZ=True,
)
application = get_wsgi_application()

from django.http import HttpRequest, HttpResponse
from django.urls import path

from bangfu.places.models import Place


def hello(request: HttpRequest) -> HttpResponse:
    """Answer with the name of the first place."""
    del request
    return HttpResponse(Place.objects.order_by("number").values_list("name", flat=True).first())


urlpatterns = [path("", hello)]
