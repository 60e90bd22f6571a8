"""A page of a list, and how the schema describes it."""

from django.core.paginator import Page


class Pages:
    """Pages by number; the links are whole addresses."""

    @staticmethod
    def body(request, page: Page, results: list) -> dict:
        def link(number):
            query = request.query_params.copy()
            query["page"] = number
            return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")

        return {
            "count": page.paginator.count,
            "next": link(page.next_page_number()) if page.has_next() else None,
            "previous": link(page.previous_page_number()) if page.has_previous() else None,
            "results": results,
        }

    def get_schema_operation_parameters(self, view) -> list:
        """None beside those of the view's forms."""
        return []

    def get_paginated_response_schema(self, schema: dict) -> dict:
        link = {"type": ["string", "null"], "format": "uri", "example": None}
        return {
            "type": "object",
            "required": ["count", "next", "previous", "results"],
            "properties": {
                "count": {"type": "integer", "description": "Rows on all pages.", "example": 1},
                "next": link,
                "previous": link,
                "results": schema,
            },
        }
