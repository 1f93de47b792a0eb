"""What happens becomes tracking events, xAPI statements and signals, of the right course run and without secrets."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from common.djangoapps.track.tests import IN_MEMORY_BACKEND_CONFIG
from django.apps import apps
from django.conf import settings
from django.test import Client, RequestFactory
from django.test.utils import override_settings
from django.urls import reverse
from eventtracking import tracker
from eventtracking.django import DjangoTracker
from opaque_keys.edx.keys import UsageKey
from openedx_events.event_bus.avro.deserializer import deserialize_bytes_to_event_data
from openedx_events.event_bus.avro.serializer import serialize_event_data_to_bytes
from openedx_events.tooling import OpenEdxPublicSignal

from iciinsmes.assignments import api as assignments
from iciinsmes.platform import host
from iciinsmes.platform.events import EVENTS
from iciinsmes.platform.openedx.public_signals import SIGNALS
from iciinsmes.settings import production

from .course import CourseTestCase
from .work import hand_in

SERVICE = "lms"
HANDED_IN = "iciinsmes.work.handed_in"
SIGNAL = "org.iciinsmes.learning.work.handed_in.v1"
SECRET = "/iciinsmes/mentor/a-secret-of-a-mentor"


class EventsTest(CourseTestCase):
    """With a tracker that keeps what is emitted."""

    def setUp(self) -> None:
        """Replace the platform's tracker."""
        super().setUp()
        chosen = override_settings(EVENT_TRACKING_BACKENDS=IN_MEMORY_BACKEND_CONFIG)
        chosen.enable()
        self.addCleanup(chosen.disable)
        tracker.register_tracker(DjangoTracker())

    def emitted(self, name: str) -> list[dict[str, Any]]:
        return [event for event in tracker.get_tracker().get_backend("mem").events if event["name"] == name]

    def publish(self, name: str = HANDED_IN, **more: Any) -> None:
        with self.captureOnCommitCallbacks(execute=True):
            host().publish_event(
                name, {**example(name, self.assignment.location, self.learner.id), **more}, self.course.id
            )

    def test_a_hand_in_is_an_event_of_its_course_run(self) -> None:
        with self.captureOnCommitCallbacks(execute=True):
            row = hand_in(self.assignment, self.learner)
            assert self.emitted(HANDED_IN) == []
        (event,) = self.emitted(HANDED_IN)
        assert event["context"]["course_id"] == str(self.course.id)
        assert event["context"]["org_id"] == self.course.id.org
        assert event["data"] == {
            "user_id": self.learner.id,
            "usage_key": str(self.assignment.location),
            "round_id": str(row.id),
        }

    def test_addresses_of_the_request_stay_out_and_who_acted_stays_in(self) -> None:
        request = {"path": SECRET, "referer": f"https://lms.example{SECRET}", "username": "tea", "user_id": 7}
        with tracker.get_tracker().context("edx.request", request):
            self.publish()
        (event,) = self.emitted(HANDED_IN)
        assert "secret" not in str(event)
        assert event["context"]["user_id"] == 7

    def test_a_page_of_a_teacher_publishes_with_the_course_run_and_without_its_address(self) -> None:
        row = hand_in(self.assignment, self.learner)
        browser = Client()
        browser.login(username=self.teacher.username, password=self.TEST_PASSWORD)
        address = reverse("iciinsmes:desk-round", args=[str(self.course.id), row.id])
        with self.captureOnCommitCallbacks(execute=False) as waiting:
            assignments.mark_opened(round_id=row.id, by_id=self.teacher.id)
        # As the middleware has it while the view runs.
        request = RequestFactory().get(address)
        with tracker.get_tracker().context("edx.request", {"path": request.path, "user_id": self.teacher.id}):
            for callback in waiting:
                callback()
        (event,) = self.emitted("iciinsmes.work.opened")
        assert (event["context"]["course_id"], event["context"]["path"]) == (str(self.course.id), "")
        assert event["data"]["user_id"] == self.learner.id

    def test_a_signal_says_the_same_to_other_apps(self) -> None:
        heard: list[Any] = []

        def hear(work: Any, metadata: Any, **_more: Any) -> None:
            heard.append((metadata.event_type, work))

        signal = OpenEdxPublicSignal.get_signal_by_type(SIGNAL)
        signal.connect(hear)
        self.addCleanup(signal.disconnect, hear)
        self.publish()
        ((event_type, work),) = heard
        assert event_type == SIGNAL
        assert (work.course_key, work.usage_key, work.user_id) == (
            self.course.id,
            self.assignment.location,
            self.learner.id,
        )
        with pytest.raises(AttributeError):
            work.user_id = 1

    def test_every_signal_fits_through_the_event_bus(self) -> None:
        for name, signal in SIGNALS.items():
            sent: list[Any] = []

            def hear(sent: list[Any] = sent, **given: Any) -> None:
                sent.append({key: given[key] for key in given["signal"].init_data})

            signal.connect(hear)
            self.publish(name)
            signal.disconnect(hear)
            (data,) = sent
            assert deserialize_bytes_to_event_data(serialize_event_data_to_bytes(data, signal), signal) == data, name

    def test_the_event_bus_knows_the_signals_before_apps_are_ready(self) -> None:
        config = apps.get_app_config("openedx_events")
        named = {SIGNAL: {"works": {"event_key_field": "work.usage_key", "enabled": True}}}
        with override_settings(EVENT_BUS_PRODUCER_CONFIG=named):
            config.ready()
        order = [app.name for app in apps.get_app_configs()]
        # Signals are made while tables are loaded, so this may stay as it is.
        assert order.index("openedx_events") < order.index("iciinsmes")

    def test_a_receiver_that_fails_is_nobodys_problem(self) -> None:
        def fail(**_given: Any) -> None:
            raise RuntimeError

        signal = OpenEdxPublicSignal.get_signal_by_type(SIGNAL)
        signal.connect(fail)
        self.addCleanup(signal.disconnect, fail)
        with patch.object(signal, "_allow_send_event_failure", False):
            self.publish()
        assert len(self.emitted(HANDED_IN)) == 1


@pytest.mark.skipif(
    not apps.is_installed("event_routing_backends"),
    reason="edx-event-routing-backends is not installed; put it and its needs on PYTHONPATH to try statements",
)
class StatementsTest(CourseTestCase):
    """What Aspects gets."""

    def test_every_event_becomes_a_statement_about_the_learner(self) -> None:
        from event_routing_backends.processors.xapi.registry import XApiTransformersRegistry
        from openedx.core.djangoapps.external_user_ids.models import ExternalIdType

        # Migrations make it, which these tests run without.
        ExternalIdType.objects.get_or_create(name=ExternalIdType.XAPI)
        for name, kind in EVENTS.items():
            event = {
                "name": name,
                "timestamp": "2026-11-29T12:00:00+00:00",
                "data": example(name, self.assignment.location, self.learner.id),
                "context": {"course_id": str(self.course.id), "org_id": self.course.id.org, "user_id": self.teacher.id},
            }
            with patch("event_routing_backends.processors.xapi.transformer.get_course_from_id", found):
                statement = XApiTransformersRegistry.get_transformer(event).transform()
            assert statement.verb.id == kind.verb
            assert statement.object.id.startswith(f"{getattr(settings, 'LMS_ROOT_URL', '')}/")
            words = statement.to_json()
            assert str(self.course.id) in words
            for word in (self.learner.username, self.learner.email, self.teacher.username):
                assert word not in words

    def test_every_event_goes_the_whole_way_to_its_statement(self) -> None:
        """From the tracker through lists and workers to the log of statements, with the settings of production."""
        from event_routing_backends.settings import common as theirs
        from openedx.core.djangoapps.external_user_ids.models import ExternalIdType

        ExternalIdType.objects.get_or_create(name=ExternalIdType.XAPI)
        site = SimpleNamespace(LMS_ROOT_URL="https://lms.example", EVENT_TRACKING_BACKENDS={}, ENV_TOKENS={})
        theirs.plugin_settings(site)
        production.plugin_settings(site)
        with (
            override_settings(EVENT_TRACKING_BACKENDS=site.EVENT_TRACKING_BACKENDS, XAPI_EVENTS_ENABLED=True),
            patch("event_routing_backends.processors.xapi.transformer.get_course_from_id", found),
            self.assertLogs("xapi_tracking") as log,
        ):
            tracker.register_tracker(DjangoTracker())
            for name in EVENTS:
                with self.captureOnCommitCallbacks(execute=True):
                    host().publish_event(name, example(name, self.assignment.location, self.learner.id), self.course.id)
        said = [json.loads(record.getMessage())["verb"]["id"] for record in log.records]
        assert said == [kind.verb for kind in EVENTS.values()]

    def test_settings_let_them_through_every_whitelist(self) -> None:
        from event_routing_backends.settings import common as theirs

        site = SimpleNamespace(LMS_ROOT_URL="https://lms.example", EVENT_TRACKING_BACKENDS={"site": {}}, ENV_TOKENS={})
        theirs.plugin_settings(site)
        production.plugin_settings(site)
        production.plugin_settings(site)
        assert "site" in site.EVENT_TRACKING_BACKENDS
        outer = site.EVENT_TRACKING_BACKENDS["event_transformer"]["OPTIONS"]
        inner = outer["backends"]["xapi"]["OPTIONS"]
        for options in (outer, inner):
            allowed = list(options["processors"][0]["OPTIONS"]["whitelist"])
            assert {"edx.course.enrollment.activated", *EVENTS} <= set(allowed)
            assert len(allowed) == len(set(allowed))

    def test_a_site_that_names_its_backends_keeps_them(self) -> None:
        from event_routing_backends.settings import common as theirs

        own = {"event_transformer": {"ENGINE": "site.Own"}}
        site = SimpleNamespace(LMS_ROOT_URL="https://lms.example", ENV_TOKENS={"EVENT_TRACKING_BACKENDS": own})
        theirs.plugin_settings(site)
        site.EVENT_TRACKING_BACKENDS = own
        production.plugin_settings(site)
        assert site.EVENT_TRACKING_BACKENDS is own


def example(name: str, usage_key: UsageKey, user_id: int) -> dict[str, int | str | bool]:
    """Return data as an event of this name has it."""
    values: dict[type, int | str | bool] = {int: 3, str: "0b7c8a4e-8f3f-4f59-9c2a-1f1a5a1f7a10", bool: True}
    known: dict[str, int | str | bool] = {"user_id": user_id, "usage_key": str(usage_key)}
    return {field: known.get(field, values[found]) for field, found in EVENTS[name].fields.items()}


def found(_course_id: str) -> dict[str, str]:
    return {"display_name": "A course"}
