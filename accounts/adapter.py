"""How django-allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up on their own: accounts are made by a province's administrator."""

    def is_open_for_signup(self, request):
        return False
