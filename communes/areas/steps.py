"""Areas applied to the map, and taken away again."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communes.areas.reading import Areas
from communes.models import AreaUpload, Commune, CommuneArea, Province


class Moved(Exception):
    """The upload is not in the state that the step needs. Its text is for the person."""


def known_codes(province: Province, on) -> dict[str, int]:
    """The communes of a day by code, in their order."""
    return dict(province.communes.in_force(on).values_list("code", "pk"))


@transaction.atomic
def keep(found: Areas, *, province: Province, by, **about) -> AreaUpload:
    """Keep what was read until it is applied; what the same person left unapplied goes."""
    AreaUpload.objects.waiting().filter(province=province, uploaded_by=by).delete()
    return AreaUpload.objects.create(
        province=province,
        uploaded_by=by,
        code_property=found.code_property,
        areas=found.areas,
        unknown=found.unknown,
        mended=found.mended,
        corners_before=found.corners_before,
        corners_after=found.corners_after,
        **about,
    )


@transaction.atomic
def apply(upload: AreaUpload, *, by) -> int:
    """Draw the areas of an upload from now on, all or none; how many communes have one.

    An area that a commune had from an earlier file gives way.
    """
    upload = AreaUpload.objects.select_for_update().get(pk=upload.pk)
    if upload.applied_at:
        raise Moved(_("The areas of this file were applied already."))
    communes = known_codes(upload.province, upload.on)
    if gone := sorted(upload.areas.keys() - communes.keys()):
        raise Moved(
            _("These codes are no longer in force on that day: %(codes)s. Upload the file again.")
            % {"codes": ", ".join(gone)}
        )
    drawn = {communes[code]: rings for code, rings in upload.areas.items()}
    CommuneArea.objects.filter(commune__in=drawn).delete()
    CommuneArea.objects.bulk_create(
        CommuneArea(commune_id=pk, upload=upload, rings=rings) for pk, rings in drawn.items()
    )
    AreaUpload.objects.filter(pk=upload.pk).update(
        applied_by=by, applied_at=timezone.now(), areas={}
    )
    _say_that_the_map_changed(upload)
    return len(drawn)


@transaction.atomic
def remove(upload: AreaUpload, *, by) -> int:
    """Draw the communes of an applied upload as points again; how many these are."""
    upload = AreaUpload.objects.select_for_update().get(pk=upload.pk)
    if not upload.applied_at or upload.removed_at:
        raise Moved(_("The areas of this file are not on the map."))
    count, _by_model = upload.drawn.all().delete()
    AreaUpload.objects.filter(pk=upload.pk).update(removed_by=by, removed_at=timezone.now())
    _say_that_the_map_changed(upload)
    return count


def without_area(upload: AreaUpload) -> list[Commune]:
    """The communes of the day that the file has no area for; in the map they stay points."""
    covered = set(upload.areas)
    found = upload.province.communes.in_force(upload.on).select_related("district")
    return [commune for commune in found if commune.code not in covered]


def _say_that_the_map_changed(upload: AreaUpload):
    Province.objects.filter(pk=upload.province_id).raise_data_version()
