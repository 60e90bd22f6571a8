"""Who was recognised by the end of 2020, counted on the boundaries before and after 2020's merger.

A commune that ended with 2019 counts on the old boundaries if it was recognised by then, or if the
commune it passed into as a whole was recognised in 2020. A commune that took others in is given
its title in 2020, so that they count with it; how many do so is what sets 74 of 207 apart from
65 of 181.
"""

from datetime import date

from django.utils.translation import gettext as _

from targets.illustration import invented
from targets.illustration.titles import ADVANCED, MODEL, STANDARD, Titles, pick
from targets.illustration.world import DoesNotFit

EVE = date(2019, 12, 31)
END = date(2020, 12, 31)


def give_baseline(titles: Titles):
    """Standard and advanced titles up to 2020."""
    ended = _ended_with_title(titles)
    extra = _extra_before_merger(titles, ended)
    anchors = titles.world.anchors
    spare = anchors.recognised_2020_before_merger - anchors.recognised_2020 - len(ended)
    must = _must_be_in(titles)
    spare -= sum(extra[key] for key in must)

    def accept(key):
        nonlocal spare
        fits = 0 <= extra[key] <= spare
        spare -= extra[key] if fits else 0
        return fits

    here = {unit.key for unit in titles.world.communes(END)}
    chosen = pick(
        titles,
        anchors.recognised_2020,
        must=must,
        among=here - titles.years[STANDARD].keys() - titles.never,
        border=invented.BORDER_RECOGNISED_2020,
        accept=accept,
    )
    fillers = _fillers(titles, chosen, spare)
    _give_years(titles, chosen, fillers, {key for key in chosen if _is_of_2020(titles, key)})
    _give_advanced(titles)


def _wholes(titles: Titles) -> dict[str, list[str]]:
    """By unit in force after the merger: the communes that passed into it as a whole."""
    wholes = {}
    for day, old, new in titles.world.whole:
        if day == date(2020, 1, 1) and titles.world.units[old].in_programme:
            wholes.setdefault(new, []).append(old)
    return wholes


def _ended_with_title(titles: Titles) -> set[str]:
    units = titles.world.communes(EVE)
    held = titles.years[STANDARD]
    return {u.key for u in units if u.valid_to == EVE and held.get(u.key, 2020) < 2020}


def _extra_before_merger(titles: Titles, ended: set[str]) -> dict[str, int]:
    """How many more communes count on the old boundaries than the one on the new."""
    wholes = _wholes(titles)
    extra = {}
    for unit in titles.world.communes(END):
        joined = [key for key in wholes.get(unit.key, []) if key not in ended]
        extra[unit.key] = len(joined) + (unit.valid_from <= EVE) - 1
    return extra


def _is_of_2020(titles: Titles, key: str) -> bool:
    """Must the title date from 2020: is the commune new, or has it taken others in?"""
    return titles.world.units[key].valid_from > EVE or key in _wholes(titles)


def _must_be_in(titles: Titles) -> list[str]:
    """Known standard titles, those behind known higher ones, and completed districts."""
    world = titles.world
    higher = titles.known[ADVANCED].keys() | titles.known[MODEL].keys()
    standard = titles.known[STANDARD]
    return [
        unit.key
        for unit in world.communes(END)
        if standard.get(unit.key, 2021) <= 2020
        or (unit.key in higher and unit.key not in standard)
        or unit.district in world.completed_districts
    ]


def _fillers(titles: Titles, chosen: list[str], count: int) -> list[str]:
    """Communes that ended with 2019 and must have been recognised for the older count."""
    heirs = {old: new for new, olds in _wholes(titles).items() for old in olds}
    free = [
        unit.key
        for unit in titles.world.communes(EVE)
        if unit.valid_to == EVE
        and unit.key not in titles.years[STANDARD]
        and heirs.get(unit.key) not in chosen
    ]
    if count > len(free):
        raise DoesNotFit(
            _("%(count)d communes had to be chosen, and the ones that may be are not as many.")
            % {"count": count}
        )
    return titles.best(free)[:count]


def _give_years(titles: Titles, chosen: list[str], fillers: list[str], of_2020: set[str]):
    """Spread the titles over the years so that the published counts of 2015 and 2019 hold."""
    anchors = titles.world.anchors
    early = {key for key in _must_be_in(titles) if key not in titles.known[STANDARD]}
    titles.give(STANDARD, sorted(of_2020), 2020)
    for place, key in enumerate(fillers):
        titles.give(STANDARD, [key], 2016 + place % 3)
    free = titles.best(key for key in chosen if key not in titles.years[STANDARD])
    free.sort(key=lambda key: key not in early)
    for first, last, total in (
        (2014, 2015, anchors.recognised_2015),
        (2016, 2018, anchors.recognised_2019),
        (2019, 2019, anchors.recognised_2020_before_merger - invented.NEW_IN_2020),
    ):
        room = max(0, total - len(titles.holders(STANDARD, last, EVE)))
        now, free = free[:room], free[room:]
        for place, key in enumerate(now):
            year = first if last == 2015 else first + place * (last - first + 1) // len(now)
            titles.give(STANDARD, [key], year)
    titles.give(STANDARD, free, 2020)


def _give_advanced(titles: Titles):
    """The first advanced communes; those known as model ones later were among them."""
    known = titles.known[ADVANCED]
    here = set(titles.holders(STANDARD, 2020 - invented.YEARS_BETWEEN_GRADES, END))
    must = [unit.key for unit in titles.world.communes(END) if known.get(unit.key, 2021) <= 2020]
    must += sorted(titles.known[MODEL].keys() - known.keys())
    free = here - titles.years[ADVANCED].keys()
    chosen = pick(titles, titles.world.anchors.advanced_2020, must=must, among=free)
    new = [key for key in chosen if key not in known]
    titles.give(ADVANCED, new[: -invented.NEW_ADVANCED_IN_2020], 2019)
    titles.give(ADVANCED, new, 2020)
