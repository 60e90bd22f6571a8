"""Administrative units of any province, each with the days it was in force, and their changes."""

from communes.models.areas import AreaUpload, CommuneArea
from communes.models.changes import BoundaryChange, BoundaryChangePart
from communes.models.reference import ReferenceLoad
from communes.models.units import AreaGroup, Commune, CommuneGroup, District, Province

__all__ = [
    "AreaGroup",
    "AreaUpload",
    "BoundaryChange",
    "BoundaryChangePart",
    "Commune",
    "CommuneArea",
    "CommuneGroup",
    "District",
    "Province",
    "ReferenceLoad",
]
