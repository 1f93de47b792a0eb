"""Django app of the campus, the embedded host."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class CampusConfig(AppConfig):
    """Tables and pages that Open edX brings on a real platform, and the campus must bring itself."""

    name = "iciinsmes_campus"
    verbose_name = "ICIinSMEs campus"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow what authors change and the language of who signs in; say what is kept, and have the old dropped."""
        from .accounts.api import keep_language_at_first_sign_in
        from .authoring.api import start
        from .registration import connect

        start()
        connect()
        user_logged_in.connect(keep_language_at_first_sign_in, dispatch_uid="iciinsmes_campus.language")
