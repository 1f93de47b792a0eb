"""Changing a password, and getting a new one by mail."""

from __future__ import annotations

from django.contrib.auth import views
from django.contrib.messages.views import SuccessMessageMixin
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from .forms import ForgottenForm


class Change(SuccessMessageMixin, views.PasswordChangeView):  # type: ignore[type-arg]
    """Change one's own password; other browsers are signed out by it."""

    template_name = "iciinsmes_campus/accounts/password_change.html"
    success_url = reverse_lazy("campus:account")
    success_message = _("Your new password is set.")


class Forgotten(views.PasswordResetView):
    """Ask for a mail; the answer is the same whether there is such an account or not."""

    form_class = ForgottenForm
    template_name = "iciinsmes_campus/accounts/password_forgotten.html"
    email_template_name = "iciinsmes_campus/accounts/password_mail.txt"
    subject_template_name = "iciinsmes_campus/accounts/password_mail_subject.txt"
    success_url = reverse_lazy("campus:password-reset-sent")


class Sent(views.PasswordResetDoneView):
    """Say what happens next."""

    template_name = "iciinsmes_campus/accounts/password_sent.html"


class New(SuccessMessageMixin, views.PasswordResetConfirmView):  # type: ignore[type-arg]
    """Set a new password through the link of the mail."""

    template_name = "iciinsmes_campus/accounts/password_new.html"
    success_url = reverse_lazy("campus:login")
    success_message = _("Your new password is set. Sign in with it.")
