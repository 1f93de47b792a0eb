"""Addresses of accounts, below the root."""

from django.urls import path
from django.views.decorators.http import require_http_methods

from . import passwords, views

urlpatterns = [
    path("login/", views.SignIn.as_view(), name="login"),
    path("login/demo/", views.DemoSignIn.as_view(), name="demo-login"),
    path("login/demo/mailbox/", views.DemoMailbox.as_view(), name="demo-mailbox"),
    path("logout/", views.SignOut.as_view(), name="logout"),
    path("account/", views.account, name="account"),
    path("language/", views.set_language, name="set-language"),
    path("password/", passwords.ChangePassword.as_view(), name="password-change"),
    path("password/forgotten/", passwords.Forgotten.as_view(), name="password-reset"),
    path("password/forgotten/sent/", passwords.Sent.as_view(), name="password-reset-sent"),
    path(
        "password/new/<uidb64>/<token>/",
        require_http_methods(["GET", "HEAD", "POST"])(passwords.New.as_view()),
        name="password-new",
    ),
]
