from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _
from simple_history.signals import pre_create_historical_record


class CriteriaConfig(AppConfig):
    name = "criteria"
    verbose_name = _("Criteria and assessments")

    def ready(self):
        from criteria.guards import install_guards, remove_guards
        from criteria.recognising.acts import record_origin

        pre_migrate.connect(remove_guards, sender=self)
        pre_create_historical_record.connect(record_origin)
        post_migrate.connect(install_guards, sender=self)
