"""Addresses of people's own pages and of those where they are managed."""

from django.urls import path

from accounts.tokens import views as tokens
from accounts.views import account_steps, files, me, people
from accounts.views.password import SetPassword

app_name = "accounts"
TABLE = "tables/<slug:table>.<file_kind:kind>"


def step(verb, name, what):
    view = account_steps.account_step
    return path(f"people/<int:pk>/{verb}/", view, {"step": what}, name=name)


urlpatterns = [
    path("me/", me.me, name="me"),
    path("set-password/<uidb64>/<token>/", SetPassword.as_view(), name="set_password"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/change/", people.change, name="change_person"),
    path("people/<int:pk>/give-role/", people.give_role, name="give_role"),
    path("people/roles/<int:pk>/take/", people.take_role, name="take_role"),
    path("people/<int:pk>/link/", people.link, name="link"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/make/", tokens.make_token, name="make_token"),
    path("tokens/<uuid:pk>/revoke/", tokens.revoke_token, name="revoke_token"),
    path("people/tokens/", tokens.people_tokens, name="people_tokens"),
    # tables of the pages as files
    path(f"me/{TABLE}", files.me_table, name="me_table"),
    path(f"people/{TABLE}", files.people_table, name="people_table"),
    path(f"people/<int:pk>/{TABLE}", files.person_table, name="person_table"),
    path(f"tokens/{TABLE}", tokens.tokens_table, name="tokens_table"),
    path(f"people/tokens/{TABLE}", tokens.people_tokens_table, name="people_tokens_table"),
    step("close", "close_account", account_steps.CLOSE),
    step("open", "open_account", account_steps.OPEN),
    step("reset-password", "reset_password", account_steps.RESET_PASSWORD),
    step("reset-second-step", "reset_second_step", account_steps.RESET_FACTOR),
]
