"""Django app of the add-on, and how Open edX wires it in."""

from datetime import timedelta
from importlib.util import find_spec

from django.apps import AppConfig, apps
from django.core import checks

_SETTINGS = {"common": {"relative_path": "settings.common"}, "production": {"relative_path": "settings.production"}}


class IciInSmesConfig(AppConfig):
    """One app for all rooms of the domain.

    ``plugin_app`` is read by ``edx_django_utils.plugins``: pages exist in the LMS only, tables and settings
    in both processes, because Studio imports the blocks and shares the database.
    """

    name = "iciinsmes"
    verbose_name = "ICIinSMEs workplace learning"
    default_auto_field = "django.db.models.BigAutoField"

    plugin_app = {
        "url_config": {
            "lms.djangoapp": {"namespace": "iciinsmes", "regex": r"^iciinsmes/", "relative_path": "urls"},
        },
        "settings_config": {
            "lms.djangoapp": _SETTINGS,
            "cms.djangoapp": _SETTINGS,
        },
        # Studio holds the same tables, but accounts are removed in the LMS only, and authors publish in Studio only.
        "signals_config": {
            "lms.djangoapp": {
                "relative_path": "privacy.receivers",
                "receivers": [
                    {
                        "receiver_func_name": "erase_retired",
                        "signal_path": "openedx.core.djangoapps.user_api.accounts.signals.USER_RETIRE_LMS_MISC",
                    }
                ],
            },
            "cms.djangoapp": {
                "relative_path": "platform.openedx.publishing",
                "receivers": [
                    {
                        "receiver_func_name": "on_published",
                        "signal_path": "iciinsmes.platform.openedx.publishing.course_published",
                    }
                ],
            },
        },
    }

    def import_models(self) -> None:
        """Load the tables, and the signals that the platform's event bus looks for as soon as apps are ready."""
        super().import_models()
        if find_spec("openedx_events"):
            from . import public_signals  # noqa: F401 - making them makes them known

    def ready(self) -> None:
        """Say what is done when and who hears or asks what; rooms themselves start nothing when they are imported."""
        from . import regular
        from .assignments import api as assignments
        from .canvases import api as canvases
        from .companies.signals import first_joined, merged
        from .evidence import api as evidence
        from .exercises import api as exercises
        from .gallery import api as gallery
        from .jobs import on_job
        from .mentors import api as mentors
        from .notices import api as notices
        from .platform import ask_use
        from .secret_paths import keep_out_of_logs

        keep_out_of_logs()
        regular.register()
        on_job(name=notices.DELIVER, job=notices.deliver_soon)
        notices.on_schedule(name="assignments.due_soon", task=assignments.remind_due_soon, every=timedelta(hours=6))
        notices.on_schedule(name="mentors.reminders", task=mentors.remind_due, every=timedelta(hours=6))
        notices.on_schedule(
            name="assignments.expiring_links", task=assignments.tell_of_expiring_links, every=timedelta(hours=6)
        )
        checks.register(evidence.check_storage, checks.Tags.files)
        assignments.listen()
        ask_use(assignments.is_in)
        evidence.ask_holder(holder=assignments.may_open_file)
        exercises.ask_holder(holder=assignments.may_open_result)
        gallery.connect()
        for room in (assignments, canvases, exercises, gallery):
            merged.connect(room.follow_merge)
        first_joined.connect(assignments.go_along)
        if apps.is_installed("event_routing_backends"):
            from . import statements  # noqa: F401 - registers itself
