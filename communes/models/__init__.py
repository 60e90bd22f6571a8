"""Administrative units of any province, each with the days it was in force, and their changes."""

from communes.models.changes import BoundaryChange, BoundaryChangePart
from communes.models.reference import ReferenceLoad
from communes.models.units import AreaGroup, Commune, CommuneGroup, District, Province

__all__ = [
    "AreaGroup",
    "BoundaryChange",
    "BoundaryChangePart",
    "Commune",
    "CommuneGroup",
    "District",
    "Province",
    "ReferenceLoad",
]
