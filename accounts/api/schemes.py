"""How the ways to say who asks are described in the schema; found by drf-spectacular."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension


class SessionScheme(OpenApiAuthenticationExtension):
    target_class = "accounts.api.authentication.Session"
    name = "session"

    def get_security_definition(self, auto_schema):
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": "sessionid",
            "description": "Signed in to the pages; writes need the CSRF token as well.",
        }


class PublicScheme(OpenApiAuthenticationExtension):
    target_class = "accounts.api.authentication.Public"
    name = []

    def get_security_requirement(self, auto_schema):
        """None to speak of: a province chooses whether its dashboards are public."""

    def get_security_definition(self, auto_schema):
        return []
