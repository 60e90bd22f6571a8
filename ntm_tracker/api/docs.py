"""The schema, and pages to try it out in; nothing comes from another host."""

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib.auth.decorators import login_not_required
from django.templatetags.static import static
from django.utils.translation import override
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny

# Swagger UI writes style attributes; scripts stay as strict as everywhere.
docs_page = csp_update({"style-src": [UNSAFE_INLINE]})


@extend_schema(exclude=True)
class SchemaView(SpectacularAPIView):
    """The contract in English, whatever the reader's language."""

    permission_classes = [AllowAny]
    throttle_classes = []

    def get(self, request, *args, **kwargs):
        with override("en"):
            return super().get(request, *args, **kwargs)


@extend_schema(exclude=True)
class SwaggerView(SpectacularSwaggerSplitView):
    permission_classes = [AllowAny]
    throttle_classes = []
    url_name = "api:schema"

    @staticmethod
    def _swagger_ui_resource(filename):
        """From this site, under the name that its storage gives it."""
        return static(f"vendor/{filename}")


schema = login_not_required(SchemaView.as_view())
swagger = docs_page(login_not_required(SwaggerView.as_view()))
