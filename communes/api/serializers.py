"""What the API sends of units."""

from rest_framework import serializers

from communes.models import Province
from ntm_tracker.web.api.views import Rows


class ProvinceRow(Rows):
    code = serializers.CharField(help_text="Official code, kept as text.")
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=Province.Kind.choices)
    valid_from = serializers.DateField(help_text="First day in force.")
    valid_to = serializers.DateField(
        allow_null=True, help_text="Last day in force; null while it is."
    )
    data_version = serializers.IntegerField(help_text="Rises with every official change.")
    data_changed_at = serializers.DateTimeField()
