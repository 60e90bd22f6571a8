"""How the ways to say who asks are described in the schema; found by drf-spectacular."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "accounts.api.authentication.Token"
    name = "token"

    def get_security_definition(self, auto_schema):
        return {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "ntm_ and 64 hexadecimal digits",
            "description": (
                "An access token, made in the app under “My account”, “Access tokens”. It does "
                "at most what its owner may do, in the area it is for, until it expires."
            ),
        }


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
