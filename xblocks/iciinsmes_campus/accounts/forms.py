"""The form of the sign-in page."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """Takes the user name or the mail address; the answer to a wrong one never says which part was wrong."""

    error_messages = {
        "invalid_login": _("Name and password do not fit. Check both; capital letters count in the password."),
        "inactive": _("This account is closed. Ask the coordinator of your course."),
    }

    def clean_username(self) -> str:
        """Return the user name behind what was typed, so that failed tries count for one account, however named."""
        typed: str = self.cleaned_data["username"].strip()
        users = get_user_model().objects
        if "@" not in typed or users.filter(username=typed).exists():
            return typed
        # Two accounts with one address: nobody can say which is meant, so the user name is needed.
        found = list(users.filter(email__iexact=typed).values_list("username", flat=True)[:2])
        return found[0] if len(found) == 1 else typed
