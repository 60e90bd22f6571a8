from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _
from simple_history.signals import pre_create_historical_record


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Users and areas")

    def ready(self):
        import accounts.api.schemes  # noqa: F401 registers what it holds
        from accounts.guards import install_guards, remove_guards
        from accounts.history import record_step
        from accounts.webhooks.announcing import announce
        from communes.news import official_data_changed

        pre_migrate.connect(remove_guards, sender=self)
        post_migrate.connect(install_guards, sender=self)
        pre_create_historical_record.connect(record_step)
        official_data_changed.connect(announce)
