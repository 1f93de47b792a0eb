"""The form of the sign-in page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, PasswordResetForm
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from iciinsmes.lib.mail_addresses import accounts_known_as, accounts_meant, tidy_address


class SignInForm(AuthenticationForm):
    """Takes the user name or the mail address; the answer to a wrong one never says which part was wrong."""

    error_messages = {
        "invalid_login": _("Name and password do not fit. Check both; capital letters count in the password."),
        "inactive": _("This account is closed. Ask the coordinator of your course."),
    }

    def clean_username(self) -> str:
        """Return the user name behind what was typed, so that failed tries count for one account, however named."""
        typed: str = self.cleaned_data["username"].strip()
        # Two accounts with one address: nobody can say which is meant, so the user name is needed.
        found = accounts_meant(typed, active_only=False)
        return str(found[0].get_username()) if len(found) == 1 else typed


class ForgottenForm(PasswordResetForm):
    """Asks for the address of the account, in whatever spelling.

    Its links begin with the campus' own address, whatever address the request claims to have called.
    """

    email = forms.CharField(max_length=320, widget=forms.EmailInput(attrs={"autocomplete": "email"}))

    def clean_email(self) -> str:
        """Return the address alone."""
        return tidy_address(self.cleaned_data["email"])

    def get_users(self, email: str) -> Iterator[User]:
        """Return the accounts that have the address and a password; each gets its mail at the address it holds."""
        found = accounts_known_as(addresses=[email]).filter(is_active=True)
        return (user for user in found if user.has_usable_password())

    def save(self, *args: Any, **options: Any) -> None:
        """Send the mails."""
        address = urlsplit(settings.ADDRESS)
        whole = address.netloc + address.path.rstrip("/")
        super().save(*args, **{**options, "domain_override": whole, "use_https": address.scheme == "https"})
