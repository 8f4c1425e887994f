"""Django's list of addresses, made from our table; every one of them lies behind the gate."""

from __future__ import annotations

from django.urls import path

from exitplan.web.access import guarded
from exitplan.web.api import mount
from exitplan.web.routes import ROUTES

urlpatterns = [path(route.path, guarded(route), name=route.name) for route in ROUTES] + mount.urls()

handler404 = "exitplan.web.pages.installation.not_found"
handler400 = "exitplan.web.pages.installation.bad_request"
handler500 = "exitplan.web.pages.installation.broken"
