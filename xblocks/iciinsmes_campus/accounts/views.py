"""Signing in and out, and the page of one's own account."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model, login
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView, RedirectURLMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import i18n
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import View

from iciinsmes.lib.throttling import Limit, allows, count_in_table
from iciinsmes.platform import Role
from iciinsmes_campus.addresses import counted_address

from . import api
from .forms import SignInForm
from .models import Count

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from iciinsmes_campus.demo.api import Letter, MissingPart, OfferedAccount


#: Each account is closed for an address after a few tries; this is for who tries one password on many accounts. A
#: whole school behind one address does not get there.
_WRONG = Limit("wrong-sign-in", most=100, within=timedelta(minutes=15))


class SignIn(LoginView):
    """Sign in with name or mail address and a password; a demo offers its accounts beside it."""

    # Django takes PUT for POST.
    http_method_names = ["get", "head", "post", "options"]
    template_name = "iciinsmes_campus/accounts/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign in, unless very many names were tried from here."""
        if not allows(Count.objects, _WRONG, counted_address(request)):
            return render(request, settings.AXES_LOCKOUT_TEMPLATE, status=429)
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Say what was wrong, and count it for the place it comes from."""
        count_in_table(Count.objects, _WRONG, counted_address(self.request))
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the demo's accounts by role, and what the demo lacks."""
        return super().get_context_data(
            **kwargs, demo_groups=_demo_groups(), demo_letters=_letters(), demo_missing=_demo_missing()
        )


@method_decorator(never_cache, name="dispatch")
class DemoSignIn(RedirectURLMixin, View):
    """Sign in as one of the demo's people with one click; on a real campus the address does not exist."""

    http_method_names = ["post"]
    next_page = settings.LOGIN_REDIRECT_URL

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse everything while there is no demo."""
        if not settings.DEMO:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Sign in; 404 for every account that the demo does not offer."""
        username = request.POST.get("username", "")
        if username not in {account.username for account in _offered()}:
            raise Http404
        user = get_user_model().objects.filter(username=username, is_active=True).first()
        if user is None:
            messages.error(request, _("This account of the demo is not there. Restore the demo, then try again."))
            return redirect("campus:login")
        # Named, because the throttle of passwords is the first backend and knows nothing about this way in.
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        return redirect(self.get_success_url())


@method_decorator(never_cache, name="dispatch")
class DemoMailbox(View):
    """Open the link in a letter to a mentor or owner of the demo; on a real campus the address does not exist."""

    http_method_names = ["post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse everything while there is no demo."""
        if not settings.DEMO:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Lead to where the link leads; 404 for every letter that is not one of the demo's and waits."""
        wanted = request.POST.get("letter", "")
        letter = next((each for each in _letters() if str(each.id) == wanted), None)
        if letter is None:
            raise Http404
        return redirect(letter.link)


class SignOut(LogoutView):
    """Sign out; only with a form, so that no link or picture on another page can do it."""

    http_method_names = ["post"]


@login_required
@require_safe
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """Show name, mail address and language; the first two cannot be changed here: the outbox goes by address."""
    return render(request, "iciinsmes_campus/accounts/account.html")


def set_language(request: HttpRequest) -> HttpResponse:
    """Switch this browser to a language as Django does, and keep it with the account, so that mails follow."""
    language = request.POST.get("language", "")
    if request.method == "POST" and request.user.pk is not None and translation.check_for_language(language):
        api.keep_language(user_id=request.user.pk, language=language)
    return i18n.set_language(request)


def _offered() -> tuple[OfferedAccount, ...]:
    # Imported here: a real campus never loads the demo.
    from iciinsmes_campus.demo.api import offered

    return offered()


def _demo_groups() -> list[tuple[StrOrPromise, list[OfferedAccount]]]:
    if not settings.DEMO:
        return []
    titles = {
        Role.TEACHER: _("Teacher"),
        Role.COORDINATOR: _("Coordinator"),
        None: _("Coach"),
        Role.LEARNER: _("Learners"),
    }
    groups = groupby(_offered(), key=lambda offer: offer.role)
    return [(titles[role], list(accounts)) for role, accounts in groups]


def _letters() -> tuple[Letter, ...]:
    if not settings.DEMO:
        return ()
    from iciinsmes_campus.demo.api import letters

    return letters()


def _demo_missing() -> tuple[MissingPart, ...]:
    if not settings.DEMO:
        return ()
    from iciinsmes_campus.demo.api import missing

    return missing()
