import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communes", "0001_units"),
        ("criteria", "0001_assessments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AssessmentStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("submit", "Submitted"),
                            ("withdraw", "Taken back"),
                            ("check", "Verified by the district"),
                            ("approve", "Approved"),
                            ("return", "Returned"),
                            ("undo", "Approval undone"),
                            ("reopen", "Reopened"),
                        ],
                        max_length=20,
                        verbose_name="step",
                    ),
                ),
                (
                    "before",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("checked", "Verified by the district"),
                            ("approved", "Approved"),
                            ("returned", "Returned"),
                            ("reopened", "Reopened"),
                        ],
                        max_length=20,
                        verbose_name="state before",
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("checked", "Verified by the district"),
                            ("approved", "Approved"),
                            ("returned", "Returned"),
                            ("reopened", "Reopened"),
                        ],
                        max_length=20,
                        verbose_name="state after",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("form", "Form"),
                            ("grid", "Grid"),
                            ("excel", "Excel"),
                            ("api", "API"),
                        ],
                        default="form",
                        max_length=10,
                        verbose_name="from",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of an assessment",
                "verbose_name_plural": "steps of assessments",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                ("text", models.TextField(verbose_name="comment")),
            ],
            options={
                "verbose_name": "comment",
                "verbose_name_plural": "comments",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="EntryLimits",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "points",
                    models.DecimalField(
                        decimal_places=1,
                        default=20,
                        max_digits=5,
                        verbose_name="largest change of a percentage, in points",
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(
                        decimal_places=1,
                        default=50,
                        max_digits=6,
                        verbose_name="largest change of a number, in per cent of the last value",
                    ),
                ),
            ],
            options={
                "verbose_name": "limits for entered values",
                "verbose_name_plural": "limits for entered values",
            },
        ),
        migrations.CreateModel(
            name="HistoricalEntryLimits",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "points",
                    models.DecimalField(
                        decimal_places=1,
                        default=20,
                        max_digits=5,
                        verbose_name="largest change of a percentage, in points",
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(
                        decimal_places=1,
                        default=50,
                        max_digits=6,
                        verbose_name="largest change of a number, in per cent of the last value",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical limits for entered values",
                "verbose_name_plural": "historical limits for entered values",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPeriodException",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("until", models.DateTimeField(verbose_name="until")),
                ("reason", models.TextField(verbose_name="reason")),
                ("granted_at", models.DateTimeField(blank=True, editable=False)),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical exception to a closed period",
                "verbose_name_plural": "historical exceptions to closed periods",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="answered at"),
                ),
            ],
            options={
                "verbose_name": "mention",
                "verbose_name_plural": "mentions",
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("due_soon", "Falls due soon"),
                            ("overdue", "Overdue"),
                            ("returned", "Returned"),
                            ("mentioned", "Your answer is asked for"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("key", models.CharField(max_length=100)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("read_at", models.DateTimeField(null=True)),
                ("mailed_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "notice",
                "verbose_name_plural": "notices",
                "ordering": ["-made_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PeriodException",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("until", models.DateTimeField(verbose_name="until")),
                ("reason", models.TextField(verbose_name="reason")),
                ("granted_at", models.DateTimeField(auto_now_add=True)),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at"),
                ),
            ],
            options={
                "verbose_name": "exception to a closed period",
                "verbose_name_plural": "exceptions to closed periods",
                "ordering": ["-granted_at"],
            },
        ),
        migrations.CreateModel(
            name="ReturnReason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="reason")),
            ],
            options={
                "verbose_name": "reason for a return",
                "verbose_name_plural": "reasons for returns",
            },
        ),
        migrations.RemoveField(
            model_name="evidence",
            name="score",
        ),
        migrations.RemoveField(
            model_name="evidence",
            name="uploaded_by",
        ),
        migrations.RemoveField(
            model_name="historicalassessment",
            name="commune",
        ),
        migrations.RemoveField(
            model_name="historicalassessment",
            name="criteria_set",
        ),
        migrations.RemoveField(
            model_name="historicalassessment",
            name="decided_by",
        ),
        migrations.RemoveField(
            model_name="historicalassessment",
            name="history_user",
        ),
        migrations.RemoveField(
            model_name="historicalassessment",
            name="period",
        ),
        migrations.RemoveField(
            model_name="historicalassessment",
            name="submitted_by",
        ),
        migrations.RemoveField(
            model_name="historicalevidence",
            name="history_user",
        ),
        migrations.RemoveField(
            model_name="historicalevidence",
            name="score",
        ),
        migrations.RemoveField(
            model_name="historicalevidence",
            name="uploaded_by",
        ),
        migrations.AddField(
            model_name="assessment",
            name="checked_at",
            field=models.DateTimeField(
                blank=True, null=True, verbose_name="verified by the district at"
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="checked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalreportingperiod",
            name="district_verifies",
            field=models.BooleanField(db_default=True, verbose_name="the district verifies"),
        ),
        migrations.AddField(
            model_name="historicalreportingperiod",
            name="who_enters",
            field=models.CharField(
                choices=[
                    ("commune", "The commune"),
                    ("district", "The district"),
                    ("either", "The commune or the district"),
                ],
                db_default="either",
                max_length=20,
                verbose_name="who enters",
            ),
        ),
        migrations.AddField(
            model_name="historicalscore",
            name="before_note",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="historicalscore",
            name="before_value",
            field=models.DecimalField(decimal_places=4, max_digits=14, null=True),
        ),
        migrations.AddField(
            model_name="historicalscore",
            name="before_verdict",
            field=models.CharField(
                choices=[
                    ("met", "Met"),
                    ("basically", "Basically met"),
                    ("not_met", "Not met"),
                    ("not_applicable", "Not applicable"),
                ],
                max_length=20,
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="historicalscore",
            name="entered_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="entered at"),
        ),
        migrations.AddField(
            model_name="historicalscore",
            name="entered_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalscore",
            name="is_carried",
            field=models.BooleanField(db_default=False, verbose_name="carried forward"),
        ),
        migrations.AddField(
            model_name="historicalscore",
            name="origin",
            field=models.CharField(
                choices=[("form", "Form"), ("grid", "Grid"), ("excel", "Excel"), ("api", "API")],
                default="form",
                max_length=10,
                verbose_name="from",
            ),
        ),
        migrations.AddField(
            model_name="historicalscore",
            name="version",
            field=models.PositiveIntegerField(db_default=1, verbose_name="version"),
        ),
        migrations.AddField(
            model_name="reportingperiod",
            name="district_verifies",
            field=models.BooleanField(db_default=True, verbose_name="the district verifies"),
        ),
        migrations.AddField(
            model_name="reportingperiod",
            name="who_enters",
            field=models.CharField(
                choices=[
                    ("commune", "The commune"),
                    ("district", "The district"),
                    ("either", "The commune or the district"),
                ],
                db_default="either",
                max_length=20,
                verbose_name="who enters",
            ),
        ),
        migrations.AddField(
            model_name="score",
            name="entered_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="entered at"),
        ),
        migrations.AddField(
            model_name="score",
            name="entered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="score",
            name="is_carried",
            field=models.BooleanField(db_default=False, verbose_name="carried forward"),
        ),
        migrations.AddField(
            model_name="score",
            name="version",
            field=models.PositiveIntegerField(db_default=1, verbose_name="version"),
        ),
        migrations.AlterField(
            model_name="indicator",
            name="kind",
            field=models.CharField(
                choices=[
                    ("percent", "Percentage"),
                    ("number", "Number"),
                    ("count", "Whole number"),
                    ("verdict", "Met or not met"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("checked_by__isnull", True),
                    models.Q(("checked_by", models.F("submitted_by")), _negated=True),
                    _connector="OR",
                ),
                name="assessment_not_checked_by_its_author",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportingperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(("who_enters__in", ["commune", "district", "either"])),
                name="period_somebody_enters",
            ),
        ),
        migrations.AddField(
            model_name="assessmentstep",
            name="assessment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="steps",
                to="criteria.assessment",
            ),
        ),
        migrations.AddField(
            model_name="assessmentstep",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="assessment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="comments",
                to="criteria.assessment",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="criterion",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="criteria.criterion",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="indicator",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="criteria.indicator",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="answers",
                to="criteria.comment",
            ),
        ),
        migrations.AddField(
            model_name="entrylimits",
            name="province",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="entry_limits",
                to="communes.province",
            ),
        ),
        migrations.AddField(
            model_name="historicalentrylimits",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalentrylimits",
            name="province",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="communes.province",
            ),
        ),
        migrations.AddField(
            model_name="historicalperiodexception",
            name="commune",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="communes.commune",
            ),
        ),
        migrations.AddField(
            model_name="historicalperiodexception",
            name="district",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="communes.district",
            ),
        ),
        migrations.AddField(
            model_name="historicalperiodexception",
            name="granted_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalperiodexception",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalperiodexception",
            name="period",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="criteria.reportingperiod",
            ),
        ),
        migrations.AddField(
            model_name="mention",
            name="comment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mentions",
                to="criteria.comment",
            ),
        ),
        migrations.AddField(
            model_name="mention",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="assessment",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="criteria.assessment",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="comment",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="criteria.comment",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="period",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="criteria.reportingperiod",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notices",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="periodexception",
            name="commune",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="communes.commune",
            ),
        ),
        migrations.AddField(
            model_name="periodexception",
            name="district",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="communes.district",
            ),
        ),
        migrations.AddField(
            model_name="periodexception",
            name="granted_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="periodexception",
            name="period",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="exceptions",
                to="criteria.reportingperiod",
            ),
        ),
        migrations.AddField(
            model_name="returnreason",
            name="criterion",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="criteria.criterion",
            ),
        ),
        migrations.AddField(
            model_name="returnreason",
            name="indicator",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="criteria.indicator",
            ),
        ),
        migrations.AddField(
            model_name="returnreason",
            name="step",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reasons",
                to="criteria.assessmentstep",
            ),
        ),
        migrations.DeleteModel(
            name="Evidence",
        ),
        migrations.DeleteModel(
            name="HistoricalAssessment",
        ),
        migrations.DeleteModel(
            name="HistoricalEvidence",
        ),
        migrations.AddIndex(
            model_name="assessmentstep",
            index=models.Index(fields=["assessment", "at"], name="criteria_as_assessm_51214d_idx"),
        ),
        migrations.AddIndex(
            model_name="assessmentstep",
            index=models.Index(fields=["at"], name="criteria_as_at_6d3092_idx"),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("criterion__isnull", False), ("indicator__isnull", True)),
                    models.Q(("criterion__isnull", True), ("indicator__isnull", False)),
                    _connector="OR",
                ),
                name="comment_of_indicator_or_criterion",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="comment_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="entrylimits",
            constraint=models.CheckConstraint(
                condition=models.Q(("percent__gt", 0), ("points__gt", 0)),
                name="entry_limits_above_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.UniqueConstraint(fields=("comment", "user"), name="mention_once"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["user", "read_at"], name="criteria_no_user_id_f1eee7_idx"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("user", "key"), name="notice_told_once"),
        ),
        migrations.AddConstraint(
            model_name="periodexception",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("commune__isnull", True), ("district__isnull", False)),
                    models.Q(("commune__isnull", False), ("district__isnull", True)),
                    _connector="OR",
                ),
                name="period_exception_for_one_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="periodexception",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="period_exception_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnreason",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("criterion__isnull", False), ("indicator__isnull", True)),
                    models.Q(("criterion__isnull", True), ("indicator__isnull", False)),
                    _connector="OR",
                ),
                name="return_reason_of_indicator_or_criterion",
            ),
        ),
    ]
