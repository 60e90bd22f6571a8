"""Who is recognised in which year, so that every published count comes out.

Known recognitions come first and are never moved; the rest go to the communes that do best.
"""

from collections.abc import Callable, Iterable
from datetime import date

from django.utils.translation import gettext as _

from targets.illustration import invented
from targets.illustration.world import Act, DoesNotFit, Unit, World, dice

STANDARD, ADVANCED, MODEL = "standard", "advanced", "model"


def merit_of(unit: Unit) -> float:
    """How well a commune does, in standard deviations from the province's middle."""
    lead = invented.DISTRICT_LEAD.get(unit.district, 0.0)
    lead += invented.BORDER_LEAD if unit.is_border else 0.0
    return lead + float(dice(unit.key, "merit").normal())


class Titles:
    """The first year of each grade by unit: `years[grade][key]`, known and invented."""

    def __init__(self, world: World):
        self.world = world
        self.merit = {key: merit_of(unit) for key, unit in world.units.items()}
        self.years = {STANDARD: {}, ADVANCED: {}, MODEL: {}}
        for act in sorted(world.known):
            years = self.years[act.grade]
            years[act.unit] = min(act.year, years.get(act.unit, act.year))
        self.known = {grade: dict(years) for grade, years in self.years.items()}
        self.never = self._never_recognised() | world.barred

    def _never_recognised(self) -> set[str]:
        """The communes that keep the published count of one district from being all of it."""
        anchors = self.world.anchors
        eve = self.world.communes(invented.BEFORE_MERGER_2024)
        rest = [u.key for u in eve if u.district == anchors.district]
        spare = [key for key in self.best(rest) if not self.is_known(key)]
        return set(spare[::-1][: len(rest) - anchors.district_recognised_2024])

    def is_known(self, key: str) -> bool:
        return any(key in years for years in self.known.values())

    def best(self, keys: Iterable[str]) -> list[str]:
        return sorted(keys, key=lambda key: (-self.merit[key], key))

    def holders(self, grade: str, year: int, on: date) -> list[str]:
        """Communes in force on a day that hold a grade given for `year` or earlier."""
        years = self.years[grade]
        return [u.key for u in self.world.communes(on) if years.get(u.key, year + 1) <= year]

    def on_border(self, keys: Iterable[str]) -> int:
        return sum(self.world.units[key].is_border for key in keys)

    def give(self, grade: str, keys: Iterable[str], year: int):
        for key in keys:
            self.years[grade].setdefault(key, year)

    def invented_acts(self) -> list[Act]:
        """The recognitions that are not known ones, in order of grade and unit."""
        return [
            Act(key, grade, year, self._decided_on(key, grade, year))
            for grade, years in self.years.items()
            for key, year in sorted(years.items())
            if key not in self.known[grade]
        ]

    def _decided_on(self, key: str, grade: str, year: int) -> date:
        """Late in the year or early in the next, as decisions are; before the unit ends."""
        first, last = date(year, 10, 1), date(year, 12, 20)
        if year == invented.LAST_YEAR:
            first, last = date(year, 4, 10), date(year, 6, 20)
        elif year == 2024:
            first, last = date(year, 10, 1), date(year, 11, 25)
        elif year in invented.NEW_STANDARD:
            first, last = date(year, 11, 1), date(year + 1, 1, 25)
        days = (last - first).days
        chosen = int(dice(key, f"decision {grade}").integers(0, days + 1))
        return date.fromordinal(first.toordinal() + chosen)


def year_end(year: int) -> date:
    """The last day of a year, or of the illustration."""
    return min(date(year, 12, 31), invented.LAST_DAY)


def pick(
    titles: Titles,
    count: int,
    *,
    must: Iterable[str] = (),
    among: Iterable[str],
    border: int | None = None,
    accept: Callable[[str], bool] = lambda key: True,
) -> list[str]:
    """`count` communes: those that must be in, then the best that `accept` takes.

    With `border`, exactly so many of them are border communes. Raises DoesNotFit.
    """
    units = titles.world.units
    chosen = list(dict.fromkeys(must))
    room = {None: count} if border is None else {True: border, False: count - border}
    kind = {key: None if border is None else units[key].is_border for key in units}
    for key in chosen:
        room[kind[key]] -= 1
    for key in titles.best(among):
        if key not in chosen and room[kind[key]] > 0 and accept(key):
            chosen.append(key)
            room[kind[key]] -= 1
    if any(room.values()):
        raise DoesNotFit(
            _("%(count)d communes had to be chosen, and the ones that may be are not as many.")
            % {"count": count}
        )
    return chosen


def give_later_titles(titles: Titles):
    """Recognitions of 2021 to 2025 on top of those of the baseline, grade by grade."""
    anchors = titles.world.anchors
    held = titles.holders(STANDARD, 2020, year_end(2021))
    border = anchors.border_recognised_2021 - titles.on_border(held)
    _standard(titles, 2021, anchors.recognised_2021 - len(held), border)
    for year, count in invented.NEW_STANDARD.items():
        _standard(titles, year, count)
    _standard(titles, 2025, _missing_in_2025(titles, STANDARD, anchors.recognised_2025))
    for year, count in {2021: anchors.advanced_new_2021, **invented.NEW_ADVANCED}.items():
        _climb(titles, ADVANCED, STANDARD, year, count)
    missing = _missing_in_2025(titles, ADVANCED, anchors.advanced_2025)
    _climb(titles, ADVANCED, STANDARD, 2025, missing)
    for year, count in invented.NEW_MODEL.items():
        _climb(titles, MODEL, ADVANCED, year, count)
    _climb(titles, MODEL, ADVANCED, 2025, _missing_in_2025(titles, MODEL, anchors.model_2025))


def _missing_in_2025(titles: Titles, grade: str, total: int) -> int:
    """What the count of 2025 still needs, after the mergers of 2024 took some away."""
    return total - len(titles.holders(grade, 2024, year_end(2025)))


def _standard(titles: Titles, year: int, count: int, border: int | None = None):
    here = {unit.key for unit in titles.world.communes(year_end(year))}
    free = here - titles.years[STANDARD].keys() - titles.never
    known = [key for key in sorted(here) if titles.known[STANDARD].get(key) == year]
    must = known + _share_of_district(titles, year, free, known)
    chosen = pick(titles, max(count, len(must)), must=must, among=free, border=border)
    titles.give(STANDARD, chosen, year)


def _share_of_district(titles: Titles, year: int, free: set[str], known: list[str]) -> list[str]:
    """An even pace towards the published count of one district at the end of November 2024."""
    anchors, units = titles.world.anchors, titles.world.units
    held = titles.holders(STANDARD, year - 1, year_end(year))
    done = sum(units[key].district == anchors.district for key in [*held, *known])
    missing = anchors.district_recognised_2024 - done
    pace = -(-missing // max(1, 2025 - year))
    rest = [key for key in titles.best(free) if units[key].district == anchors.district]
    return sorted(rest, key=lambda key: units[key].is_border)[: max(0, pace)]


def _climb(titles: Titles, grade: str, below: str, year: int, count: int):
    """Give a higher grade to communes that have held the one below it for some years."""
    here = {unit.key for unit in titles.world.communes(year_end(year))}
    known = [key for key in sorted(here) if titles.known[grade].get(key) == year]
    since = year - invented.YEARS_BETWEEN_GRADES
    free = set(titles.holders(below, since, year_end(year))) - titles.years[grade].keys()
    chosen = pick(titles, max(count, len(known)), must=known, among=free)
    titles.give(grade, chosen, year)
