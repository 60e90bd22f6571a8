from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CommunesConfig(AppConfig):
    name = "communes"
    verbose_name = _("Administrative units")

    def ready(self):
        from communes.guards import install_guards

        post_migrate.connect(install_guards, sender=self)
