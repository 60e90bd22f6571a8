"""Those pages of django-allauth that this site has, under the names that allauth uses.

There is no signing up, no e-mail address to confirm and no password to reset by oneself.
"""

from allauth.account import views
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView

from accounts.views.sign_in import SignIn

second_step_urls = [
    path("", second_step.index, name="mfa_index"),
    path("enter/", second_step.authenticate, name="mfa_authenticate"),
    path("confirm/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path("app/set-up/", app.activate_totp, name="mfa_activate_totp"),
    path("app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/make/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    # the index lists the keys; allauth goes to this name after a change
    path("keys/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("keys/add/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("keys/confirm/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("keys/sign-in/", login_not_required(keys.login_webauthn), name="mfa_login_webauthn"),
    path("keys/<int:pk>/rename/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("keys/<int:pk>/remove/", keys.remove_webauthn, name="mfa_remove_webauthn"),
]

urlpatterns = [
    path("login/", SignIn.as_view(), name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("confirm/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    # allauth sends people without a password there; a link from the administrator sets one
    path(
        "password/", RedirectView.as_view(pattern_name="accounts:me"), name="account_set_password"
    ),
    path("second-step/", include(second_step_urls)),
]

if settings.OIDC_SERVER_URL:
    from allauth.socialaccount.providers.openid_connect import views as openid

    urlpatterns += [
        path("oidc/<slug:provider_id>/", openid.login, name="openid_connect_login"),
        path("oidc/<slug:provider_id>/back/", openid.callback, name="openid_connect_callback"),
    ]
