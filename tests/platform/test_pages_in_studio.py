"""Studio has none of the add-on's pages: what authors see there leads to the LMS."""

from __future__ import annotations

from django.template import Context, Template
from django.test import override_settings
from django.urls import path

from iciinsmes.platform import host

urlpatterns: list[object] = [path("home/", lambda request: None, name="home")]
PAGE = Template("{% load iciinsmes %}{% page_url 'toolbox-instrument' 'net-promoter-score' %}")


def test_where_the_pages_are_the_address_is_short():
    assert PAGE.render(Context()) == "/iciinsmes/toolbox/net-promoter-score/"


def test_where_they_are_not_it_is_whole():
    with override_settings(ROOT_URLCONF=__name__):
        assert PAGE.render(Context()) == host().absolute("/iciinsmes/toolbox/net-promoter-score/")
