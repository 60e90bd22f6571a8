"""What the schema says of figures; `targets.api.figure_rows` makes them."""

from rest_framework import serializers

from criteria.models import Recognition, Verdict
from targets.models import Metric, Target
from targets.progress import GRADES, Status

STATES_OF_TRUTH = ["recognised", "verified", "published"]
TARGET_KINDS, PLACE_KINDS = Target.Kind.values, Recognition.Kind.values
VERDICTS = Verdict.values
RECOGNISED_AS = ["none", *GRADES]
SHEET_GRADES = ["standard", "advanced"]


class Envelope(serializers.Serializer):
    # what a figure is of, in every answer
    province = serializers.CharField(help_text="Code of the province.")
    as_of = serializers.DateField(help_text="The day that the figures are of.")
    boundary_day = serializers.DateField(help_text="The day whose list of communes is counted.")
    plan = serializers.CharField(allow_null=True, help_text="Code of the plan's version in force.")
    criteria_set = serializers.CharField(
        allow_null=True,
        help_text="Code of the standard set that most communes were last assessed under.",
    )
    data_version = serializers.IntegerField(help_text="Rises with every official change.")
    is_illustrative = serializers.BooleanField(
        help_text="Made to match published totals, not what communes reported."
    )


def word_or_null(values, words: str):
    # drf-spectacular forgets null where values have a component of their own
    known = ", ".join(f"`{value}`" for value in values)
    return serializers.CharField(allow_null=True, help_text=f"{words} One of {known}.")


def number(words: str = "", **more):
    return serializers.FloatField(allow_null=True, help_text=words, **more)


class Unit(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    district = serializers.CharField(allow_blank=True, help_text="Its name; empty for none.")


class NamedCriterion(serializers.Serializer):
    number = serializers.IntegerField()
    title = serializers.CharField()


class TargetProgress(serializers.Serializer):
    metric = serializers.ChoiceField(choices=Metric.choices)
    kind = serializers.ChoiceField(choices=TARGET_KINDS, help_text="How it is counted.")
    year = serializers.IntegerField(
        allow_null=True, help_text="The last year of the target, due on its 31 December."
    )
    value = number("What was reached; null where nothing is known.")
    value_on = serializers.DateField(help_text="The day of the value.")
    base = number("What a share or a mean stands on.")
    of = number("All that could be counted, such as all communes.")
    state_of_truth = serializers.ChoiceField(
        choices=STATES_OF_TRUTH,
        help_text="Recognised by a decision, verified assessments, or only published.",
    )
    is_illustrative = serializers.BooleanField()
    start_on = serializers.DateField(allow_null=True, help_text="Where the planned path begins.")
    start_value = number()
    low = number("The target as the plan words it.")
    high = number("Upper end of a range.")
    expected = number("On the straight line between two targets.")
    gap = number("How far ahead of the line; negative when behind.")
    pace_needed = number("What each year from now must bring.")
    status = serializers.ChoiceField(choices=[str(status) for status in Status])
    target_this_year = number()
    is_interpolated = serializers.BooleanField(
        help_text="This year has no target of its own but the line's."
    )
    target_final = number()
    published_value = number("The newest official figure for the same.")
    published_base = number()
    published_on = serializers.DateField(allow_null=True)
    restated_value = number("A count on the communes of another `boundaries`.")
    restated_base = serializers.IntegerField(allow_null=True)
    lacking = serializers.ListField(
        child=serializers.CharField(),
        help_text="Codes of the districts that fall short of a target for each.",
    )
    note = serializers.CharField(allow_blank=True)


class Progress(Envelope):
    results = TargetProgress(many=True)


class SeriesRow(serializers.Serializer):
    date = serializers.DateField()
    computed = number("At the end of a quarter.")
    published = number("Printed by an official source, in a row of its own.")
    base = number("What it is out of.")
    plan = number("The plan's line at the end of a year.")
    needed = number("From the last value straight to the last target.")
    source = serializers.CharField(allow_blank=True, help_text="Of the published figure.")


class Series(Envelope):
    metric = serializers.ChoiceField(choices=Metric.choices)
    kind = word_or_null(TARGET_KINDS, "How it is counted; null without a plan.")
    district = serializers.CharField(allow_null=True, help_text="Code of the district asked for.")
    results = SeriesRow(many=True)


class DistrictProgress(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    of = serializers.IntegerField(help_text="Communes in force.")
    recognised = number()
    share = number("Per cent of its communes.")
    advanced = number()
    model = number()
    mean = number("Criteria met on average.")
    base = serializers.IntegerField(help_text="Communes that the mean stands on.")
    change = number("Of the mean on the quarter before.")
    below = number("Communes under 10 criteria.")
    target = number("Recognised communes by the end of the year.")
    is_illustrative = serializers.BooleanField()


class Districts(Envelope):
    results = DistrictProgress(many=True)


class MatrixRow(Unit):
    grade = serializers.ChoiceField(choices=RECOGNISED_AS)
    counted = number("Criteria met, as targets count them.")
    total = number("Criteria that apply.")
    verdicts = serializers.DictField(
        child=word_or_null(VERDICTS, "Null is not assessed."),
        help_text="By the criterion's number.",
    )


class Matrix(Envelope):
    criteria = NamedCriterion(many=True)
    results = MatrixRow(many=True)


class BottleneckRow(NamedCriterion):
    title = serializers.CharField(allow_blank=True)
    met = serializers.IntegerField()
    basically = serializers.IntegerField()
    not_met = serializers.IntegerField()
    not_applicable = serializers.IntegerField()
    not_assessed = serializers.IntegerField()
    base = serializers.IntegerField(help_text="Communes assessed that it applies to.")
    share = number("Per cent of the base that meets it.")


class Bottlenecks(Envelope):
    results = BottleneckRow(many=True)


class NextInLineRow(Unit):
    counted = number("Criteria met.")
    total = number("Criteria that apply.")
    missing = number("How many are missing.")
    lacking = NamedCriterion(many=True, help_text="Which are missing.")


class NextInLine(Envelope):
    results = NextInLineRow(many=True)


class StandingCommune(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.CharField()
    district = serializers.CharField(allow_null=True, help_text="Code of its district.")
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(allow_null=True)


class ActOfUnit(serializers.Serializer):
    kind = serializers.ChoiceField(choices=PLACE_KINDS)
    grade = serializers.CharField(allow_blank=True)
    place = serializers.CharField(allow_blank=True)
    year = serializers.IntegerField(help_text="The year it counts for.")
    decision = serializers.CharField(allow_blank=True)
    decided_on = serializers.DateField(allow_null=True)
    revoked_on = serializers.DateField(allow_null=True)
    is_illustrative = serializers.BooleanField()
    counts = serializers.BooleanField(help_text="Does it count on this day?")
    state = serializers.ChoiceField(choices=["recognised", "revoked", "later"])


class MissingBlock(serializers.Serializer):
    heading = serializers.CharField()
    sheet = word_or_null(SHEET_GRADES, "Whose criteria these are.")
    note = serializers.CharField(allow_blank=True)
    criteria = NamedCriterion(many=True)


class Verdicts(serializers.Serializer):
    verdict = word_or_null(VERDICTS, "Null is not assessed.")
    verdict_before = word_or_null(VERDICTS, "In the verified period before.")


def exact(words: str = ""):
    return serializers.DecimalField(
        max_digits=18, decimal_places=4, allow_null=True, help_text=words
    )


class StandingIndicator(Verdicts):
    code = serializers.CharField()
    title = serializers.CharField()
    unit = serializers.CharField(allow_blank=True)
    value = exact("As verified.")
    value_before = exact("In the verified period before.")
    threshold = exact("For the commune's area; null where it is in words or not known.")
    threshold_text = serializers.CharField()
    threshold_is_verified = serializers.BooleanField()
    threshold_source = serializers.CharField(allow_blank=True)
    by_hand = serializers.CharField(allow_blank=True, help_text="Why no number decides.")


class StandingCriterion(Verdicts, NamedCriterion):
    indicators = StandingIndicator(many=True)


class SheetOfGrade(serializers.Serializer):
    grade = serializers.ChoiceField(choices=SHEET_GRADES)
    criteria_set = serializers.CharField()
    period_end = serializers.DateField(help_text="Last day of the verified period.")
    period_before = serializers.DateField(allow_null=True)
    age_days = serializers.IntegerField(help_text="Days from the period's end to the day.")
    approved_at = serializers.DateTimeField(allow_null=True)
    counted = serializers.IntegerField()
    total = serializers.IntegerField()
    is_illustrative = serializers.BooleanField()
    criteria = StandingCriterion(many=True)


class Standing(Envelope):
    commune = StandingCommune()
    note = serializers.CharField(
        allow_blank=True, help_text="Why another day is shown than the one asked for."
    )
    recognised_as = serializers.ChoiceField(choices=RECOGNISED_AS)
    recognitions = ActOfUnit(many=True)
    missing = MissingBlock(many=True)
    sheets = SheetOfGrade(many=True, help_text="The verified assessment of each grade.")
