"""Django app of the add-on, and how Open edX wires it in."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps

#: Rooms that bring something to others, each in its module `registration`; a new room needs its line here. From the top
#: layer down, because personal data are erased in this order: a room still finds below what it has to clear there.
ROOMS = (
    "desk",
    "sheets",
    "privacy",
    "evaluation",
    "certificates",
    "gallery",
    "early_warning",
    "best_practices",
    "projects",
    "self_check",
    "assignments",
    "feedback",
    "threads",
    "review",
    "snippets",
    "support",
    "mentors",
    "waiting",
    "exercises",
    "canvases",
    "evidence",
    "notices",
    "companies",
    "audit_log",
)

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
                "relative_path": "privacy.retirement",
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
            from .platform.openedx import public_signals  # noqa: F401 - making them makes them known

    def ready(self) -> None:
        """Let every room say what it brings; rooms themselves start nothing when they are imported."""
        from . import regular
        from .lib.secret_paths import keep_out_of_logs

        keep_out_of_logs()
        regular.register()
        for room in ROOMS:
            import_module(f".{room}.registration", __package__).connect()
        if apps.is_installed("event_routing_backends"):
            from .platform.openedx import statements  # noqa: F401 - registers itself
