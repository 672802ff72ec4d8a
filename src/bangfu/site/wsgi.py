"""The program that a web server calls; it does not start while a route says nothing about who may call it."""

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bangfu.site.settings")
application = get_wsgi_application()
import_module("bangfu.site.declared").ensure()
