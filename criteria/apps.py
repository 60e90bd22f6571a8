from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CriteriaConfig(AppConfig):
    name = "criteria"
    verbose_name = _("Criteria and assessments")

    def ready(self):
        from criteria.guards import install_guards

        post_migrate.connect(install_guards, sender=self)
