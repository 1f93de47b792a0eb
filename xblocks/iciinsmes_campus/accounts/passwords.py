"""Changing a password, and getting a new one by mail."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.messages.views import SuccessMessageMixin
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from iciinsmes.lib.mail_addresses import address_key
from iciinsmes.lib.throttling import Limit, count_in_table
from iciinsmes_campus.addresses import counted_address

from .forms import ForgottenForm
from .models import Count

#: A person needs one mail, and asks again when it does not come; a class asks from one address.
_TO_ONE_ADDRESS = Limit("reset-mail", most=3, within=timedelta(hours=1))
_FROM_ONE_SOURCE = Limit("reset-source", most=30, within=timedelta(hours=1))
# Django would take PUT for POST.
_METHODS = ["get", "head", "post", "options"]


class ChangePassword(SuccessMessageMixin, views.PasswordChangeView):  # type: ignore[type-arg]
    """Change one's own password; other browsers are signed out by it."""

    http_method_names = _METHODS
    template_name = "iciinsmes_campus/accounts/password_change.html"
    success_url = reverse_lazy("campus:account")
    success_message = _("Your new password is set.")


class Forgotten(views.PasswordResetView):
    """Ask for a mail; the answer is the same whether there is such an account or not, or it was asked too often."""

    http_method_names = _METHODS
    form_class = ForgottenForm
    template_name = "iciinsmes_campus/accounts/password_forgotten.html"
    email_template_name = "iciinsmes_campus/accounts/password_mail.txt"
    subject_template_name = "iciinsmes_campus/accounts/password_mail_subject.txt"
    success_url = reverse_lazy("campus:password-reset-sent")

    def form_valid(self, form: PasswordResetForm) -> HttpResponse:
        """Send the mail, unless this source or this address had several within the hour."""
        is_few = count_in_table(Count.objects, _FROM_ONE_SOURCE, counted_address(self.request))
        if is_few and count_in_table(Count.objects, _TO_ONE_ADDRESS, address_key(form.cleaned_data["email"])):
            return super().form_valid(form)
        return HttpResponseRedirect(self.get_success_url())


class Sent(views.PasswordResetDoneView):
    """Say what happens next."""

    template_name = "iciinsmes_campus/accounts/password_sent.html"


class New(SuccessMessageMixin, views.PasswordResetConfirmView):  # type: ignore[type-arg]
    """Set a new password through the link of the mail."""

    template_name = "iciinsmes_campus/accounts/password_new.html"
    success_url = reverse_lazy("campus:login")
    success_message = _("Your new password is set. Sign in with it.")
