"""The program that a web server calls; it does not start while a route says nothing about who may call it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bangfu.site.settings")
application = get_wsgi_application()

from bangfu.access.policies import ensure_declared  # noqa: E402  needs Django started
from bangfu.web.policies import FOREIGN  # noqa: E402  as above

ensure_declared(FOREIGN)
