"""What to tell the person whose file of areas is not read."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communes.areas.faults import Fault

SENTENCES = {
    Fault.TOO_MUCH: gettext_lazy(
        "The file has too many corners to be read. Simplify the areas in your map program first."
    ),
    Fault.TOO_SLOW: gettext_lazy(
        "Reading the file took too long. Simplify the areas in your map program first."
    ),
    Fault.NOT_GEOJSON: gettext_lazy(
        "The file is no GeoJSON with a list of features. Export the layer of communes from your "
        "map program as GeoJSON (FeatureCollection) and upload that."
    ),
    Fault.NO_CODES: gettext_lazy(
        "No feature carries the code of a commune of that day. The file has these properties: "
        "%(found)s. Choose another day, or add the codes."
    ),
    Fault.NO_SUCH_PROPERTY: gettext_lazy(
        "Not every feature has the property that you named first here; the file has: %(found)s."
    ),
    Fault.TWICE: gettext_lazy(
        "These codes stand on more than one feature: %(found)s. Each commune needs one feature; "
        "several pieces of land belong into one MultiPolygon."
    ),
    Fault.NOT_AN_AREA: gettext_lazy(
        "The feature with the code %(found)s is no area. Expected is a Polygon or MultiPolygon."
    ),
    Fault.ELSEWHERE: gettext_lazy(
        "The area with the code %(found)s lies outside Vietnam. Expected are longitude and "
        "latitude in degrees (WGS 84); export the layer in that system, not in VN-2000 metres."
    ),
    Fault.EMPTY_AREA: gettext_lazy(
        "The border of the area with the code %(found)s crosses itself so that no land is left. "
        "Mend it in your map program."
    ),
}


class BadAreas(Exception):
    """A file of areas that is not read. Its text is meant for the person who uploaded it."""

    def __init__(self, fault: Fault, found=()):
        super().__init__(fault)
        self.fault = fault
        self.found = list(found)

    def __str__(self):
        if self.fault is Fault.TOO_LARGE:
            return _(
                "The file is larger than %(limit)d MB. Simplify the areas in your map program."
            ) % {"limit": settings.UPLOADED_TABLE_MAX_MB}
        return str(SENTENCES[self.fault]) % {"found": ", ".join(self.found)}
