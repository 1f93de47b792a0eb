"""Django app of the campus, the embedded host."""

from django.apps import AppConfig


class CampusConfig(AppConfig):
    """Tables and pages that Open edX brings on a real platform, and the campus must bring itself."""

    name = "iciinsmes_campus"
    verbose_name = "ICIinSMEs campus"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep and follow what authors change in the browser."""
        from .authoring.api import start

        start()
