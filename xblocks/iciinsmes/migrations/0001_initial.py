import datetime
import django.db.models.deletion
import django.utils.timezone
import opaque_keys.edx.django.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("usage_key", opaque_keys.edx.django.models.UsageKeyField(max_length=255, unique=True)),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(db_index=True, max_length=255)),
                ("title", models.CharField(max_length=255)),
            ],
        ),
        migrations.CreateModel(
            name="CheckVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content_hash", models.CharField(max_length=64, unique=True)),
                ("content", models.JSONField(help_text="As self_check.model_file writes it.")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Company",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("country", models.CharField(help_text="ISO 3166-1 alpha-2 code, upper case.", max_length=2)),
                ("region", models.CharField(blank=True, max_length=120)),
                ("trade", models.CharField(blank=True, max_length=120)),
                (
                    "size_class",
                    models.CharField(
                        choices=[
                            ("1", "1 person"),
                            ("2-9", "2 to 9 people"),
                            ("10-49", "10 to 49 people"),
                            ("50-249", "50 to 249 people"),
                        ],
                        default="2-9",
                        max_length=8,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name_plural": "companies",
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="CourseRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(max_length=255, unique=True)),
                (
                    "thresholds",
                    models.JSONField(default=dict, help_text="What differs from projects.rules.thresholds."),
                ),
                ("weeks", models.JSONField(default=dict, help_text="Gate to the week in which it is planned, from 1.")),
            ],
        ),
        migrations.CreateModel(
            name="Exercise",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("usage_key", opaque_keys.edx.django.models.UsageKeyField(max_length=255, unique=True)),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(db_index=True, max_length=255)),
                ("settings", models.JSONField(help_text="What the author chose, as lib.json_data writes it.")),
            ],
        ),
        migrations.CreateModel(
            name="NoticePreference",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("mails", models.CharField(help_text="A value of data.Mails.", max_length=8)),
                ("digest_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ProjectBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("usage_key", opaque_keys.edx.django.models.UsageKeyField(max_length=255, unique=True)),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(db_index=True, max_length=255)),
                ("settings", models.JSONField(help_text="What the author chose, as lib.json_data writes it.")),
            ],
        ),
        migrations.CreateModel(
            name="RubricVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content_hash", models.CharField(max_length=64, unique=True)),
                ("content", models.JSONField(help_text="Rubric as review.data.rubric_to_json writes it.")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="ScheduledRun",
            fields=[
                ("name", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("last_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="SharedTurn",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("taken_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="SupportBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("usage_key", opaque_keys.edx.django.models.UsageKeyField(max_length=255, unique=True)),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(db_index=True, max_length=255)),
                ("settings", models.JSONField(help_text="What the author chose, as lib.json_data writes it.")),
            ],
        ),
        migrations.CreateModel(
            name="Thread",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.UUIDField(unique=True)),
                ("kind", models.CharField(help_text="Registered by the room that has the subject.", max_length=32)),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                ("count", models.PositiveIntegerField(default=0)),
                ("last_side", models.CharField(blank=True, max_length=8)),
                ("question_since", models.DateTimeField(null=True)),
                ("settled_to", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="WarningBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("usage_key", opaque_keys.edx.django.models.UsageKeyField(max_length=255, unique=True)),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(db_index=True, max_length=255)),
                ("settings", models.JSONField(help_text="What the author chose, as lib.json_data writes it.")),
            ],
        ),
        migrations.CreateModel(
            name="Archive",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                ("language", models.CharField(max_length=20)),
                ("narrowed", models.JSONField(help_text="Values of sheets.data.Narrowed.")),
                ("state", models.CharField(help_text="A value of sheets.data.ArchiveState.", max_length=10)),
                ("plan", models.JSONField(help_text="As archives.make_plan writes it.")),
                ("total", models.PositiveIntegerField()),
                (
                    "done",
                    models.PositiveIntegerField(
                        default=0, help_text="Rounds that are in zips or in the one that is written."
                    ),
                ),
                ("parts", models.JSONField(default=list, help_text="Name, size, rounds and files of each zip.")),
                (
                    "last_at",
                    models.DateTimeField(default=datetime.datetime(2000, 1, 1, 0, 0, tzinfo=datetime.timezone.utc)),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
                ("ready_at", models.DateTimeField(null=True)),
                (
                    "busy_for",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ArchivedLearner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "archive",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="learners", to="iciinsmes.archive"
                    ),
                ),
                (
                    "learner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("subject", models.UUIDField(db_index=True)),
                ("points", models.JSONField(default=dict, help_text="Criterion key to points, as a decimal string.")),
                ("comments", models.JSONField(default=dict, help_text="Criterion key to text.")),
                ("feedback", models.TextField(blank=True)),
                (
                    "beside",
                    models.JSONField(
                        default=dict, help_text="What a room above released with it, as that room writes it."
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("", "Undecided"), ("passed", "Passed"), ("revise", "Revise")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("earned", models.DecimalField(decimal_places=2, default=0, max_digits=8)),
                ("possible", models.DecimalField(decimal_places=2, default=0, max_digits=8)),
                (
                    "joint",
                    models.BooleanField(default=False, help_text="Written with the proposals of others in view."),
                ),
                ("proposed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "release_at",
                    models.DateTimeField(
                        blank=True, db_index=True, help_text="When it is to go out by itself.", null=True
                    ),
                ),
                (
                    "revision",
                    models.PositiveIntegerField(
                        default=1, help_text="Counts saves, so that two tabs notice each other."
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                ("released_subject", models.UUIDField(blank=True, null=True, unique=True)),
                (
                    "assessor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who let it go out, or planned that; the author mostly.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rubric",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="iciinsmes.rubricversion"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AuditLogEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("verb", models.CharField(max_length=40)),
                (
                    "actor_name",
                    models.CharField(blank=True, help_text="Of somebody without an account.", max_length=255),
                ),
                ("subject", models.CharField(help_text='Kind and key, such as "work:17".', max_length=100)),
                (
                    "detail",
                    models.JSONField(default=dict, help_text="What the line says beyond its verb; names nobody."),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Canvas",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                (
                    "instrument",
                    models.CharField(help_text="Key of the instrument whose rows are the cards.", max_length=60),
                ),
                ("title", models.CharField(max_length=200)),
                (
                    "shared_with_company",
                    models.BooleanField(default=False, help_text="Colleagues of the firm may change it."),
                ),
                ("shared_with_staff", models.BooleanField(default=False, help_text="Coach and teachers may read it.")),
                ("change", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "changed_at",
                    models.DateTimeField(auto_now_add=True, db_index=True, help_text="Dropped some time after this."),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="iciinsmes.company",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CanvasCard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "place",
                    models.CharField(
                        blank=True, help_text="A value of the place column; empty without one.", max_length=60
                    ),
                ),
                ("values", models.JSONField(help_text="Column key to value, without the place; days as ISO 8601.")),
                (
                    "position",
                    models.PositiveIntegerField(help_text="From 0 over all cards of the canvas that are not removed."),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("change", models.PositiveIntegerField()),
                ("changed_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "canvas",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="cards", to="iciinsmes.canvas"
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CanvasVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("cards", models.JSONField(help_text="Cards in their order: place, values.")),
                ("note", models.CharField(blank=True, max_length=200)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "canvas",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="iciinsmes.canvas"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CheckBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("usage_key", opaque_keys.edx.django.models.UsageKeyField(max_length=255, unique=True)),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(db_index=True, max_length=255)),
                (
                    "settings",
                    models.JSONField(help_text="What the author chose, as lib.json_data writes it, without the model."),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="iciinsmes.checkversion"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "answers",
                    models.JSONField(default=dict, help_text="Item code to an answer, as lib.json_data writes it."),
                ),
                ("responsive", models.DecimalField(decimal_places=3, max_digits=6, null=True)),
                ("proactive", models.DecimalField(decimal_places=3, max_digits=6, null=True)),
                ("is_latest", models.BooleanField(default=None, null=True)),
                ("saved_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "block",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="checks", to="iciinsmes.checkblock"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="iciinsmes.checkversion"
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="iciinsmes.company",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CompanyAllocation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="iciinsmes.company"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CompanyCoach",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                ("assigned_at", models.DateTimeField(auto_now_add=True)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="coaches", to="iciinsmes.company"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CompanyImport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                ("table", models.JSONField(help_text="As imports.table_to_json writes it.")),
                ("report", models.JSONField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CompanyMembership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                ("active", models.BooleanField(default=True, null=True)),
                ("since", models.DateTimeField(auto_now_add=True)),
                ("until", models.DateTimeField(blank=True, null=True)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="iciinsmes.company"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CompanyRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(db_index=True, max_length=255)),
                ("since", models.DateTimeField(auto_now_add=True)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="runs", to="iciinsmes.company"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DataSet",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                (
                    "instrument",
                    models.CharField(help_text="Key of the instrument whose columns it has.", max_length=60),
                ),
                ("title", models.CharField(max_length=200)),
                ("for_company", models.BooleanField(default=False, help_text="Colleagues of the firm may read it.")),
                ("for_staff", models.BooleanField(default=False, help_text="Coach and teachers may read it.")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "used_at",
                    models.DateTimeField(auto_now=True, help_text="Raw rows are dropped some time after the last use."),
                ),
                (
                    "company",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="iciinsmes.company",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DataVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("rows", models.BinaryField(help_text="As exercises.stored_table.pack writes it.")),
                ("row_count", models.PositiveIntegerField()),
                ("source", models.CharField(help_text="A value of exercises.data.Source.", max_length=10)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "data_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="iciinsmes.dataset"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(help_text="A value of projects.data.Kind.", max_length=12)),
                ("content", models.JSONField(help_text="Field key to value, see projects.kinds.")),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "author_label",
                    models.CharField(
                        blank=True, help_text="Name of who has no account here, as imported.", max_length=200
                    ),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "changed_label",
                    models.CharField(
                        blank=True, help_text="Name of who has no account here, as imported.", max_length=200
                    ),
                ),
                ("changed_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "origin",
                    models.UUIDField(
                        help_text="The project from which a merge of two firms has brought it.", null=True
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        help_text="Whom the content names, so that it is found when this person is forgotten.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EntryVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField()),
                ("content", models.JSONField()),
                ("removed", models.BooleanField(default=False, help_text="It was out of the project then.")),
                (
                    "changed_label",
                    models.CharField(
                        blank=True, help_text="Name of who has no account here, as imported.", max_length=200
                    ),
                ),
                ("changed_at", models.DateTimeField()),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="iciinsmes.entry"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        help_text="As in `Entry`.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EvidenceFile",
            fields=[
                ("subject", models.UUIDField(db_index=True)),
                ("subject_kind", models.CharField(max_length=32)),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=255)),
                ("description", models.CharField(blank=True, max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[("uploading", "Uploading"), ("stored", "Stored")], default="uploading", max_length=10
                    ),
                ),
                ("announced_size", models.PositiveBigIntegerField(help_text="Bytes the browser says it will send.")),
                (
                    "announced_sha256",
                    models.CharField(help_text="Hash of the bytes the browser says it will send.", max_length=64),
                ),
                ("received", models.PositiveBigIntegerField(default=0, help_text="Bytes that have arrived in order.")),
                ("size", models.PositiveBigIntegerField(default=0, help_text="Bytes of the stored object.")),
                ("sha256", models.CharField(blank=True, help_text="Hash of the stored object.", max_length=64)),
                (
                    "content_type",
                    models.CharField(blank=True, help_text="Media type found in the content.", max_length=100),
                ),
                ("storage_name", models.CharField(blank=True, max_length=255)),
                (
                    "question",
                    models.CharField(
                        blank=True, help_text="Key of the question it belongs to, or empty.", max_length=64
                    ),
                ),
                ("in_draft", models.BooleanField(default=True)),
                ("kept", models.BooleanField(default=False)),
                (
                    "missing_since",
                    models.DateTimeField(help_text="When the object was first not found; else empty.", null=True),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="iciinsmes.company",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EvidenceItem",
            fields=[
                ("subject", models.UUIDField(db_index=True)),
                ("subject_kind", models.CharField(max_length=32)),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "question",
                    models.CharField(
                        blank=True, help_text="Key of the question it belongs to, or empty.", max_length=64
                    ),
                ),
                ("kind", models.CharField(help_text="A key of evidence.kinds.ITEM_KINDS.", max_length=12)),
                ("title", models.CharField(blank=True, max_length=200)),
                ("content", models.JSONField(help_text="As evidence.data.ItemData describes it.")),
                ("size", models.PositiveIntegerField(help_text="Bytes of title and content.")),
                ("revision", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="iciinsmes.company",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("due_at", models.DateTimeField()),
                ("reason", models.TextField()),
                ("granted_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "mended_at",
                    models.DateTimeField(
                        blank=True,
                        db_index=True,
                        help_text="When lateness of earlier rounds was counted anew.",
                        null=True,
                    ),
                ),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="extensions",
                        to="iciinsmes.assignment",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="iciinsmes.company",
                    ),
                ),
                (
                    "granted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FeedbackFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.UUIDField(db_index=True, help_text="Id of the file in evidence.")),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="iciinsmes.assessment"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GalleryEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shared_id", models.UUIDField(unique=True)),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                ("usage_key", opaque_keys.edx.django.models.UsageKeyField(max_length=255)),
                ("company_named", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("taken_out_at", models.DateTimeField(blank=True, null=True)),
                ("hidden_at", models.DateTimeField(blank=True, null=True)),
                ("hidden_reason", models.CharField(blank=True, max_length=500)),
                (
                    "company",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="iciinsmes.company",
                    ),
                ),
                (
                    "hidden_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GalleryPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="people", to="iciinsmes.galleryentry"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GateRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "course_key",
                    opaque_keys.edx.django.models.CourseKeyField(
                        help_text="Where it is asked: its coach and teachers decide.", max_length=255
                    ),
                ),
                ("gate", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("decided", "Decided"), ("withdrawn", "Withdrawn")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("deciders", models.JSONField(help_text="Values of projects.data.Decider that must agree.")),
                ("proposal", models.CharField(help_text="go or stop, see projects.data.Verdict.", max_length=10)),
                ("reason", models.TextField(blank=True, help_text="Why, in the words of who asks; a stop needs some.")),
                ("snapshot", models.JSONField(help_text="What is decided on, as projects.snapshots writes it.")),
                (
                    "fingerprint",
                    models.CharField(help_text="Of what is decided on; when it differs, ask anew.", max_length=64),
                ),
                (
                    "imported",
                    models.BooleanField(default=False, help_text="It came in a file; nobody of this site was asked."),
                ),
                ("owner_subject", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("coach_subject", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "asked_label",
                    models.CharField(
                        blank=True, help_text="Name of who has no account here, as imported.", max_length=200
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GateDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("decider", models.CharField(help_text="A value of projects.data.Decider.", max_length=10)),
                ("verdict", models.CharField(help_text="A value of projects.data.Verdict.", max_length=10)),
                ("reason", models.TextField(blank=True)),
                ("name", models.CharField(max_length=200)),
                ("decided_at", models.DateTimeField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="iciinsmes.gaterequest",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GradeImport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                ("name", models.CharField(help_text="Of the file.", max_length=120)),
                ("language", models.CharField(help_text="In which problems are told.", max_length=20)),
                ("state", models.CharField(help_text="A value of sheets.data.ImportState.", max_length=10)),
                ("total", models.PositiveIntegerField()),
                ("done", models.PositiveIntegerField(default=0)),
                ("ignored", models.JSONField(default=list, help_text="Names of columns that mean nothing.")),
                (
                    "was_stale",
                    models.BooleanField(default=False, help_text="Something changed between preview and confirmation."),
                ),
                (
                    "last_at",
                    models.DateTimeField(default=datetime.datetime(2000, 1, 1, 0, 0, tzinfo=datetime.timezone.utc)),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
                ("saved_at", models.DateTimeField(null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GradeLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(help_text="In the file, from 1.")),
                ("cells", models.JSONField(help_text="Words by key of the column.")),
                (
                    "verdict",
                    models.CharField(
                        blank=True, help_text="A value of sheets.data.Verdict; empty before.", max_length=10
                    ),
                ),
                ("subject", models.UUIDField(null=True)),
                ("title", models.CharField(blank=True, max_length=255)),
                ("round_number", models.PositiveSmallIntegerField(default=0)),
                ("rubric_id", models.BigIntegerField(default=0)),
                (
                    "changes",
                    models.JSONField(default=list, help_text="Title, old and new value of each cell that changes."),
                ),
                ("problems", models.JSONField(default=list, help_text="Name of a column and a sentence each.")),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                ("base_revision", models.PositiveIntegerField(null=True)),
                ("revision", models.PositiveIntegerField(null=True)),
                ("undone", models.CharField(blank=True, max_length=6)),
                (
                    "learner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="iciinsmes.gradeimport"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="JoinCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                ("code", models.CharField(max_length=16, unique=True)),
                ("expires_at", models.DateTimeField()),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="codes", to="iciinsmes.company"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MentorRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("subject", models.UUIDField(db_index=True)),
                ("subject_kind", models.CharField(max_length=32)),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                ("name", models.CharField(max_length=200)),
                ("email", models.CharField(blank=True, max_length=254)),
                ("language", models.CharField(max_length=16)),
                ("role", models.CharField(max_length=16)),
                (
                    "matter",
                    models.JSONField(default=dict, help_text="Matter as mentors.data.matter_to_json writes it."),
                ),
                ("nonce", models.CharField(help_text="Random part of the link.", max_length=16)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("confirmed", "Confirmed"),
                            ("sent_back", "Sent Back"),
                            ("revoked", "Revoked"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                ("reminders", models.PositiveSmallIntegerField(default=0)),
                ("coach_asked_at", models.DateTimeField(blank=True, null=True)),
                ("coach_question", models.TextField(blank=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MentorAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("subject", models.UUIDField(unique=True)),
                ("subject_kind", models.CharField(max_length=32)),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                (
                    "verdict",
                    models.CharField(choices=[("confirmed", "Confirmed"), ("sent_back", "Sent Back")], max_length=12),
                ),
                (
                    "took_place",
                    models.CharField(choices=[("yes", "Yes"), ("partly", "Partly"), ("no", "No")], max_length=8),
                ),
                ("change", models.TextField(blank=True)),
                ("coach_may_see", models.BooleanField(default=False)),
                ("teacher_may_see", models.BooleanField(default=False)),
                ("course_may_see", models.BooleanField(default=False)),
                ("remark", models.TextField(blank=True)),
                ("name", models.CharField(max_length=200)),
                ("role", models.CharField(max_length=100)),
                ("answered_at", models.DateTimeField()),
                ("on_paper", models.BooleanField(default=False)),
                ("reason", models.TextField(blank=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "signed_for_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answer",
                        to="iciinsmes.mentorrequest",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                ("side", models.CharField(choices=[("learner", "Learner"), ("staff", "Staff")], max_length=8)),
                ("text", models.TextField(blank=True)),
                ("written_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField(null=True)),
                ("deleted_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MessagePlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.UUIDField()),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="places", to="iciinsmes.message"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MonthFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("indicator", models.CharField(max_length=5)),
                (
                    "month",
                    models.PositiveIntegerField(
                        help_text="Months since the year 0: 12 times the year, and 0 for January."
                    ),
                ),
                ("numerator", models.DecimalField(decimal_places=4, max_digits=19, null=True)),
                ("denominator", models.DecimalField(decimal_places=4, max_digits=19, null=True)),
                ("extra", models.DecimalField(decimal_places=4, max_digits=19, null=True)),
                ("changed_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        help_text="Who typed or brought it in.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MonthFigureVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("numerator", models.DecimalField(decimal_places=4, max_digits=19, null=True)),
                ("denominator", models.DecimalField(decimal_places=4, max_digits=19, null=True)),
                ("extra", models.DecimalField(decimal_places=4, max_digits=19, null=True)),
                (
                    "label",
                    models.CharField(blank=True, help_text="The firm it came from, after a merger.", max_length=200),
                ),
                ("until", models.DateTimeField(help_text="When it was replaced.")),
                (
                    "author",
                    models.ForeignKey(
                        help_text="Who typed or brought it in.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "figure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="iciinsmes.monthfigure"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(help_text="Key of a registered kind.", max_length=24)),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                ("title", models.CharField(help_text="Of what it is about.", max_length=255)),
                (
                    "address",
                    models.CharField(help_text="Of the page with it: a path, or a whole address.", max_length=1000),
                ),
                ("actor_name", models.CharField(blank=True, max_length=255)),
                ("detail", models.CharField(blank=True, max_length=1000)),
                (
                    "subject",
                    models.CharField(
                        blank=True,
                        db_index=True,
                        help_text="Which thing, as the room that told it names it.",
                        max_length=255,
                    ),
                ),
                ("created_at", models.DateTimeField(db_index=True)),
                ("read_at", models.DateTimeField(null=True)),
                ("awaits_mail", models.BooleanField(default=False)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OutgoingMail",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("to", models.EmailField(db_index=True, max_length=254)),
                ("subject", models.CharField(max_length=255)),
                ("body", models.TextField(blank=True)),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(max_length=255, null=True)),
                ("created_at", models.DateTimeField(db_index=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_try", models.DateTimeField(db_index=True, null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "error",
                    models.CharField(
                        blank=True, help_text="Class of the last failure; its text may name people.", max_length=80
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField(help_text="1 for the firm's first.")),
                ("title", models.CharField(max_length=200)),
                ("started_on", models.DateField()),
                ("ended_on", models.DateField(help_text="When it was finished or stopped.", null=True)),
                (
                    "stopped",
                    models.BooleanField(default=False, help_text="It ended before its last gate, with a reason."),
                ),
                (
                    "gate",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="The gate it stands before; 9 behind the last."
                    ),
                ),
                ("light", models.CharField(default="green", help_text="A value of projects.data.Light.", max_length=8)),
                ("facts", models.JSONField(default=dict, help_text="projects.data.Facts as JSON.")),
                ("findings", models.JSONField(default=list, help_text="projects.data.Finding as JSON, worst first.")),
                ("held", models.JSONField(default=dict, help_text="Rule to projects.data.Held as JSON.")),
                ("looked_on", models.DateField(help_text="The day of the last look at the lights.")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(help_text="When anything in it changed last.")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="iciinsmes.company"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LightOverride",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("light", models.CharField(help_text="A value of projects.data.Light.", max_length=8)),
                ("reason", models.CharField(max_length=500)),
                ("set_at", models.DateTimeField(auto_now_add=True)),
                ("until", models.DateField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "set_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="overrides", to="iciinsmes.project"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="gaterequest",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="requests", to="iciinsmes.project"
            ),
        ),
        migrations.CreateModel(
            name="GatePassage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("gate", models.PositiveSmallIntegerField()),
                ("passed_on", models.DateField()),
                ("back_at", models.DateTimeField(help_text="When the project went back before this gate.", null=True)),
                (
                    "imported",
                    models.BooleanField(
                        default=False, help_text="It came in a file; nobody of this site has decided it."
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="iciinsmes.gaterequest",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="passages", to="iciinsmes.project"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="entry",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="iciinsmes.project"
            ),
        ),
        migrations.CreateModel(
            name="CoachTalk",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "coach_label",
                    models.CharField(
                        blank=True, help_text="Name of who has no account here, as imported.", max_length=200
                    ),
                ),
                ("held_on", models.DateField()),
                ("about", models.TextField(blank=True, help_text="Seen by the firm too.")),
                ("notes", models.TextField(blank=True, help_text="The coach's own; nobody else reads them.")),
                ("next_on", models.DateField(help_text="The day agreed on for the next talk.", null=True)),
                (
                    "agreements",
                    models.JSONField(default=list, help_text="Text, and id of the measure that it has become."),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("written_at", models.DateTimeField()),
                (
                    "coach",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="talks", to="iciinsmes.project"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BlockDone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("done_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "block",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="done", to="iciinsmes.projectblock"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProjectPause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
                ("reason", models.CharField(max_length=500)),
                (
                    "declared_label",
                    models.CharField(
                        blank=True, help_text="Name of who has no account here, as imported.", max_length=200
                    ),
                ),
                ("declared_at", models.DateTimeField(auto_now_add=True)),
                (
                    "declared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pauses", to="iciinsmes.project"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProjectRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                ("begins_on", models.DateField()),
                (
                    "place",
                    models.CharField(blank=True, help_text="Its place in lists, see staff_order.", max_length=210),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="runs", to="iciinsmes.project"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("place", models.CharField(help_text="One of feedback.data.PLACES.", max_length=8)),
                (
                    "target",
                    models.CharField(help_text="Key of the question, or id of the piece of evidence.", max_length=64),
                ),
                ("page", models.PositiveSmallIntegerField(default=0, help_text="Of a PDF, from 1; 0 for all of it.")),
                (
                    "start",
                    models.PositiveIntegerField(
                        help_text="First character of the passage; empty for the whole.", null=True
                    ),
                ),
                ("quote", models.TextField(blank=True)),
                ("text", models.TextField()),
                (
                    "revision",
                    models.PositiveIntegerField(
                        default=1, help_text="Counts saves, so that two tabs notice each other."
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="iciinsmes.assessment"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=24)),
                ("subject", models.CharField(max_length=255)),
                ("last_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField(help_text="1 for the first.")),
                ("handed_in_at", models.DateTimeField()),
                (
                    "due_at",
                    models.DateTimeField(blank=True, help_text="The learner's own due date at that moment.", null=True),
                ),
                ("answers", models.JSONField(default=dict, help_text="Question key to text.")),
                (
                    "evidence",
                    models.JSONField(default=list, help_text="Id, name, description, size and type of each file."),
                ),
                (
                    "items",
                    models.JSONField(
                        default=list, help_text="Other evidence, as evidence.data.item_to_json writes it."
                    ),
                ),
                ("hours", models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                (
                    "log",
                    models.JSONField(
                        default=list, help_text="Date, hours and what was done, a line each; the hours are the sum."
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        default="teachers", help_text="A value of assignments.data.Audience.", max_length=10
                    ),
                ),
                (
                    "own_work",
                    models.BooleanField(default=False, help_text="Whether the learner stated that it is own work."),
                ),
                (
                    "late_percent",
                    models.DecimalField(decimal_places=2, default=0, help_text="Taken from its points.", max_digits=5),
                ),
                (
                    "came_from",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("handed_in", "Handed In"),
                            ("confirmed", "Confirmed"),
                            ("sent_back", "Sent Back"),
                            ("revise", "Revise"),
                            ("passed", "Passed"),
                        ],
                        default="draft",
                        help_text="State of the work before, to which taking the round back leads.",
                        max_length=12,
                    ),
                ),
                (
                    "opened_at",
                    models.DateTimeField(blank=True, help_text="When somebody else first saw it.", null=True),
                ),
                (
                    "cancelled_at",
                    models.DateTimeField(blank=True, help_text="When the staff decided it does not count.", null=True),
                ),
                (
                    "team",
                    models.UUIDField(
                        blank=True,
                        db_index=True,
                        help_text="The same for rounds that were handed in together, else NULL.",
                        null=True,
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        help_text="The learner's firm at that moment.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="iciinsmes.company",
                    ),
                ),
                (
                    "handed_in_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.AddField(
            model_name="galleryentry",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="iciinsmes.round"
            ),
        ),
        migrations.CreateModel(
            name="EarlierResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.UUIDField(db_index=True)),
                ("points", models.JSONField(default=dict, help_text="Criterion key to points, as a decimal string.")),
                ("comments", models.JSONField(default=dict, help_text="Criterion key to text.")),
                ("feedback", models.TextField(blank=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[("", "Undecided"), ("passed", "Passed"), ("revise", "Revise")], max_length=10
                    ),
                ),
                ("earned", models.DecimalField(decimal_places=2, max_digits=8)),
                ("possible", models.DecimalField(decimal_places=2, max_digits=8)),
                ("released_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField()),
                ("reason", models.TextField()),
                (
                    "assessor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rubric",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="iciinsmes.rubricversion"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(max_length=255, null=True)),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(max_length=1000)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Snippet",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(db_index=True, max_length=255)),
                ("is_shared", models.BooleanField(default=False)),
                ("text", models.TextField()),
                ("changed_at", models.DateTimeField()),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SummaryLink",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("nonce", models.CharField(help_text="Random part of the link.", max_length=16)),
                ("with_words", models.BooleanField(default=False, help_text="Shows what customers have said.")),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="summary_links",
                        to="iciinsmes.project",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SupportBlockDone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("done_at", models.DateTimeField()),
                (
                    "block",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="done", to="iciinsmes.supportblock"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SupportEditor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("country", models.CharField(max_length=2)),
                ("region", models.CharField(blank=True, max_length=120)),
                ("given_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SupportEntry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("country", models.CharField(help_text="ISO 3166-1 alpha-2 code, or EU.", max_length=2)),
                ("region", models.CharField(blank=True, help_text="Empty for the whole country.", max_length=120)),
                (
                    "languages",
                    models.CharField(
                        blank=True, help_text="Codes of languages in which somebody is helped.", max_length=200
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("chamber", "chamber"),
                            ("een", "een"),
                            ("edih", "edih"),
                            ("training", "training"),
                            ("voucher", "voucher"),
                            ("innovation_grant", "innovation_grant"),
                            ("investment_grant", "investment_grant"),
                            ("loan", "loan"),
                            ("tax", "tax"),
                            ("students", "students"),
                            ("cluster", "cluster"),
                            ("patent", "patent"),
                            ("export", "export"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "former_names",
                    models.CharField(blank=True, help_text="Under which it was known before.", max_length=500),
                ),
                ("provider", models.CharField(blank=True, max_length=200)),
                (
                    "benefit",
                    models.CharField(
                        blank=True, help_text="What is better afterwards, in one sentence.", max_length=500
                    ),
                ),
                ("sizes", models.CharField(blank=True, help_text="Size classes; empty for all.", max_length=200)),
                ("trades", models.CharField(blank=True, max_length=200)),
                ("stages", models.CharField(blank=True, help_text="G0 to G8; empty for all.", max_length=200)),
                (
                    "needs",
                    models.CharField(
                        blank=True, help_text="Values of data.Need; empty for those of the type.", max_length=200
                    ),
                ),
                ("amount", models.CharField(blank=True, help_text="In the provider's words.", max_length=200)),
                (
                    "share",
                    models.CharField(
                        blank=True, help_text="Which part is paid, in the provider's words.", max_length=120
                    ),
                ),
                (
                    "given",
                    models.CharField(
                        blank=True, choices=[("cash", "cash"), ("advice", "advice"), ("both", "both")], max_length=8
                    ),
                ),
                ("contact_name", models.CharField(blank=True, max_length=200)),
                ("contact_phone", models.CharField(blank=True, max_length=60)),
                ("contact_mail", models.CharField(blank=True, max_length=254)),
                (
                    "answers_in",
                    models.CharField(
                        blank=True, help_text="How soon somebody answers, as far as known.", max_length=120
                    ),
                ),
                ("url", models.CharField(blank=True, max_length=500)),
                ("valid_from", models.DateField(null=True)),
                (
                    "valid_until",
                    models.DateField(
                        help_text="The last day; without one it is open until somebody says no.", null=True
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("window", "window"),
                            ("closed", "closed"),
                            ("ended", "ended"),
                            ("unknown", "unknown"),
                        ],
                        max_length=8,
                    ),
                ),
                ("source_url", models.CharField(blank=True, max_length=500)),
                ("note", models.TextField(blank=True)),
                ("found_on", models.DateField(help_text="When somebody has written it down.")),
                ("last_checked", models.DateField(null=True)),
                (
                    "checked_by",
                    models.CharField(blank=True, help_text="Name or office of who has checked it.", max_length=120),
                ),
                ("seen_on", models.DateField(help_text="The later of both days: from it freshness counts.")),
                (
                    "is_example",
                    models.BooleanField(default=False, help_text="Shipped, and not checked by an editor yet."),
                ),
                ("words", models.TextField(blank=True, help_text="See lib.folding; each word between spaces.")),
                ("revision", models.PositiveIntegerField(default=1, help_text="Raised by each change.")),
                ("changed_at", models.DateTimeField()),
                (
                    "checker",
                    models.ForeignKey(
                        help_text="Who has checked it here.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SupportContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                ("stage", models.CharField(blank=True, help_text="Of the project then.", max_length=2)),
                ("contacted_at", models.DateTimeField()),
                ("answered", models.BooleanField(help_text="NULL as long as nobody has said so.", null=True)),
                (
                    "helped",
                    models.CharField(
                        blank=True, choices=[("yes", "yes"), ("partly", "partly"), ("no", "no")], max_length=8
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="iciinsmes.company"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        help_text="Who has asked.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="iciinsmes.supportentry",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SupportChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("action", models.CharField(help_text="made, changed, checked, imported or example.", max_length=12)),
                ("changes", models.JSONField(default=list, help_text="Field, before and after.")),
                (
                    "author",
                    models.ForeignKey(
                        help_text="Who did it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="history", to="iciinsmes.supportentry"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SupportImport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("table", models.JSONField(help_text="data.SentTable as JSON.")),
                ("report", models.JSONField(null=True)),
                ("created_at", models.DateTimeField(db_index=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SupportSuccession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ended",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followed_by",
                        to="iciinsmes.supportentry",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="follows", to="iciinsmes.supportentry"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TaskVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content_hash", models.CharField(max_length=64)),
                ("content", models.JSONField(help_text="Task as assignments.serializers.task_to_json writes it.")),
                ("frozen_at", models.DateTimeField(auto_now_add=True)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="iciinsmes.assignment"
                    ),
                ),
                (
                    "rubric",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="iciinsmes.rubricversion"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="round",
            name="task_version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="iciinsmes.taskversion"
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="current",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="iciinsmes.taskversion"
            ),
        ),
        migrations.CreateModel(
            name="ToolResult",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                ("instrument", models.CharField(max_length=60)),
                (
                    "title",
                    models.CharField(help_text="Name of the data set, or of the firm of the demo.", max_length=200),
                ),
                ("is_demo", models.BooleanField()),
                ("options", models.JSONField(help_text="Option key to value; days as ISO 8601.")),
                ("content", models.JSONField(help_text="As toolbox.data.result_to_json writes it.")),
                ("for_company", models.BooleanField(default=False)),
                ("for_staff", models.BooleanField(default=False)),
                ("graded", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("revealed_at", models.DateTimeField(null=True)),
                (
                    "company",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="iciinsmes.company",
                    ),
                ),
                (
                    "data_version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="iciinsmes.dataversion",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("settings", models.JSONField(help_text="The author's settings under which it began.")),
                ("step", models.CharField(help_text="A value of exercises.rules.Step.", max_length=15)),
                ("answers", models.JSONField(default=dict, help_text="As exercises.rules.Answers, by layer.")),
                ("points", models.DecimalField(decimal_places=2, max_digits=7, null=True)),
                ("started_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "exercise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attempts", to="iciinsmes.exercise"
                    ),
                ),
                (
                    "result",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attempt", to="iciinsmes.toolresult"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WaitingItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.UUIDField(unique=True)),
                ("kind", models.CharField(help_text="Registered by the room that has the subject.", max_length=32)),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                (
                    "with_ids",
                    models.JSONField(default=list, help_text="Ids of the others whose work it is too, ascending."),
                ),
                (
                    "waiting_for",
                    models.CharField(
                        choices=[("mentor", "Mentor"), ("staff", "Staff"), ("coach", "Coach"), ("owner", "Owner")],
                        max_length=8,
                    ),
                ),
                ("since", models.DateTimeField()),
                ("title", models.CharField(max_length=255)),
                (
                    "place",
                    models.CharField(
                        blank=True, help_text="What a queue can be narrowed to: key of a block.", max_length=255
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(default=0, help_text="Of the round, or what else repeats."),
                ),
                ("late", models.BooleanField(default=False)),
                (
                    "progress",
                    models.CharField(
                        choices=[("new", "New"), ("opened", "Opened"), ("begun", "Begun"), ("ready", "Ready")],
                        default="new",
                        max_length=8,
                    ),
                ),
                (
                    "word",
                    models.CharField(
                        blank=True,
                        choices=[("open", "Open"), ("confirmed", "Confirmed")],
                        help_text="Of a mentor.",
                        max_length=12,
                    ),
                ),
                (
                    "has_question",
                    models.BooleanField(default=False, help_text="Whether its owner asked and nobody has answered."),
                ),
                (
                    "language",
                    models.CharField(blank=True, help_text="Of the owner, when it began to wait.", max_length=16),
                ),
                ("claimed_until", models.DateTimeField(blank=True, null=True)),
                ("is_blind", models.BooleanField(default=False)),
                (
                    "allocated_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claimed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="iciinsmes.company",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WaitingWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                ("word", models.CharField(max_length=40)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="words", to="iciinsmes.waitingitem"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WarningBlockDone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("done_at", models.DateTimeField()),
                (
                    "block",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="done", to="iciinsmes.warningblock"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Watch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kept", models.JSONField(default=list, help_text="Keys of early_warning.indicators.")),
                (
                    "thresholds",
                    models.JSONField(default=dict, help_text="Indicator to those that differ from the usual ones."),
                ),
                (
                    "tells_coach",
                    models.BooleanField(default=False, help_text="A red alarm of 30 days without answer is told."),
                ),
                ("tells_since", models.DateTimeField(null=True)),
                ("facts", models.JSONField(default=dict, help_text="Indicator to early_warning.facts.Fact as JSON.")),
                (
                    "colour",
                    models.CharField(default="grey", help_text="A value of early_warning.data.Colour.", max_length=8),
                ),
                (
                    "looked_month",
                    models.PositiveIntegerField(default=0, help_text="The month that was running at the last look."),
                ),
                ("changed_at", models.DateTimeField(help_text="When anything in it changed last.")),
                (
                    "company",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="iciinsmes.company"
                    ),
                ),
                (
                    "tells_by",
                    models.ForeignKey(
                        help_text="Who of the firm said that the coach may be told, or may not.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="monthfigure",
            name="watch",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="figures", to="iciinsmes.watch"
            ),
        ),
        migrations.CreateModel(
            name="Alarm",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("indicator", models.CharField(max_length=5)),
                ("grain", models.CharField(max_length=8)),
                ("period", models.PositiveIntegerField()),
                ("rule", models.CharField(help_text="The worst of those in reasons.", max_length=24)),
                ("colour", models.CharField(max_length=8)),
                ("reasons", models.JSONField(help_text="data.Reason as JSON, the worst first.")),
                ("version", models.PositiveSmallIntegerField(help_text="Of the rule set that raised it.")),
                ("raised_at", models.DateTimeField()),
                (
                    "holds",
                    models.BooleanField(default=True, help_text="False once corrected figures no longer raise it."),
                ),
                ("cause", models.TextField(blank=True)),
                ("action", models.TextField(blank=True)),
                ("due", models.DateField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("note", models.TextField(blank=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(help_text="When the coach was told that nobody answers.", null=True)),
                (
                    "measure_id",
                    models.UUIDField(help_text="The measure in the firm's project that it has become.", null=True),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "answered_by",
                    models.ForeignKey(
                        help_text="Who gave cause, action and day.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        help_text="Who closed it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "watch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="alarms", to="iciinsmes.watch"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WatchBaseline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("indicator", models.CharField(max_length=5)),
                ("first_month", models.PositiveIntegerField()),
                (
                    "grain",
                    models.CharField(
                        blank=True, help_text="A value of data.Grain; empty until it is decided.", max_length=8
                    ),
                ),
                (
                    "limits",
                    models.JSONField(
                        help_text="What early_warning.stored writes; null until it is decided.", null=True
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("made_at", models.DateTimeField()),
                ("version", models.PositiveSmallIntegerField(help_text="Of the rule set.")),
                (
                    "made_by",
                    models.ForeignKey(
                        help_text="Who asked for new limits.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "watch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="baselines", to="iciinsmes.watch"
                    ),
                ),
            ],
            options={
                "ordering": ["first_month", "id"],
            },
        ),
        migrations.CreateModel(
            name="Work",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("course_key", opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("handed_in", "Handed In"),
                            ("confirmed", "Confirmed"),
                            ("sent_back", "Sent Back"),
                            ("revise", "Revise"),
                            ("passed", "Passed"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("round_count", models.PositiveSmallIntegerField(default=0)),
                ("message_count", models.PositiveIntegerField(default=0, help_text="In its thread.")),
                (
                    "question_since",
                    models.DateTimeField(help_text="When the learner asked what nobody has answered yet.", null=True),
                ),
                (
                    "has_answer",
                    models.BooleanField(
                        default=False, help_text="Whether the newest message of its thread is the staff's."
                    ),
                ),
                ("extra_rounds", models.PositiveSmallIntegerField(default=0)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="works", to="iciinsmes.assignment"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Waiver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("granted_at", models.DateTimeField()),
                (
                    "granted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "work",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="waiver", to="iciinsmes.work"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="round",
            name="work",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="rounds", to="iciinsmes.work"
            ),
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("answers", models.JSONField(default=dict, help_text="Question key to text.")),
                ("hours", models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                (
                    "log",
                    models.JSONField(
                        default=list, help_text="Date, hours and what was done, a line each; the hours are the sum."
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        default="teachers", help_text="A value of assignments.data.Audience.", max_length=10
                    ),
                ),
                (
                    "own_work",
                    models.BooleanField(default=False, help_text="Whether the learner stated that it is own work."),
                ),
                ("revision", models.PositiveIntegerField(default=0)),
                ("saved_at", models.DateTimeField()),
                (
                    "work",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="draft", to="iciinsmes.work"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="archive",
            index=models.Index(fields=["owner", "course_key", "created_at"], name="ici_archives"),
        ),
        migrations.AddIndex(
            model_name="auditlogentry",
            index=models.Index(fields=["course_key", "id"], name="ici_trail_course"),
        ),
        migrations.AddIndex(
            model_name="auditlogentry",
            index=models.Index(fields=["course_key", "verb", "id"], name="ici_trail_verb"),
        ),
        migrations.AddIndex(
            model_name="auditlogentry",
            index=models.Index(fields=["actor", "course_key", "id"], name="ici_trail_actor"),
        ),
        migrations.AddIndex(
            model_name="auditlogentry",
            index=models.Index(fields=["person", "course_key", "id"], name="ici_trail_person"),
        ),
        migrations.AddIndex(
            model_name="auditlogentry",
            index=models.Index(fields=["subject", "at", "id"], name="ici_trail_subject"),
        ),
        migrations.AddConstraint(
            model_name="canvasversion",
            constraint=models.UniqueConstraint(fields=("canvas", "number"), name="ici_canvas_version"),
        ),
        migrations.AddIndex(
            model_name="check",
            index=models.Index(fields=["owner", "course_key", "sent_at"], name="ici_check_owner"),
        ),
        migrations.AddIndex(
            model_name="check",
            index=models.Index(fields=["course_key", "is_latest", "company"], name="ici_check_company"),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.UniqueConstraint(fields=("block", "owner", "number"), name="ici_check_number"),
        ),
        migrations.AddIndex(
            model_name="canvas",
            index=models.Index(fields=["owner", "course_key"], name="ici_canvas_owner"),
        ),
        migrations.AddIndex(
            model_name="canvas",
            index=models.Index(fields=["company", "course_key"], name="ici_canvas_firm"),
        ),
        migrations.AddConstraint(
            model_name="companyallocation",
            constraint=models.UniqueConstraint(fields=("course_key", "company"), name="ici_one_allocation"),
        ),
        migrations.AddConstraint(
            model_name="companycoach",
            constraint=models.UniqueConstraint(fields=("company", "course_key", "user"), name="ici_one_coach"),
        ),
        migrations.AddConstraint(
            model_name="companymembership",
            constraint=models.UniqueConstraint(fields=("user", "course_key", "active"), name="ici_one_active_company"),
        ),
        migrations.AddConstraint(
            model_name="companyrun",
            constraint=models.UniqueConstraint(fields=("company", "course_key"), name="ici_one_company_run"),
        ),
        migrations.AddIndex(
            model_name="dataset",
            index=models.Index(fields=["owner", "course_key", "instrument"], name="ici_data_owner"),
        ),
        migrations.AddIndex(
            model_name="dataset",
            index=models.Index(fields=["course_key", "for_staff", "created_at"], name="ici_data_staff"),
        ),
        migrations.AddConstraint(
            model_name="dataversion",
            constraint=models.UniqueConstraint(fields=("data_set", "number"), name="ici_data_version"),
        ),
        migrations.AddConstraint(
            model_name="entryversion",
            constraint=models.UniqueConstraint(fields=("entry", "revision"), name="ici_entry_version"),
        ),
        migrations.AddIndex(
            model_name="evidencefile",
            index=models.Index(fields=["owner", "course_key"], name="ici_evidence_owner"),
        ),
        migrations.AddIndex(
            model_name="evidenceitem",
            index=models.Index(fields=["owner", "course_key"], name="ici_item_owner"),
        ),
        migrations.AddIndex(
            model_name="extension",
            index=models.Index(fields=["assignment", "granted_at"], name="ici_extensions_granted"),
        ),
        migrations.AddConstraint(
            model_name="galleryperson",
            constraint=models.UniqueConstraint(fields=("entry", "user"), name="ici_gallery_person"),
        ),
        migrations.AddConstraint(
            model_name="gatedecision",
            constraint=models.UniqueConstraint(fields=("request", "decider"), name="ici_one_decision_each"),
        ),
        migrations.AddIndex(
            model_name="gradeimport",
            index=models.Index(fields=["owner", "course_key", "created_at"], name="ici_grade_imports"),
        ),
        migrations.AddIndex(
            model_name="gradeline",
            index=models.Index(fields=["sheet", "verdict", "number"], name="ici_grade_lines"),
        ),
        migrations.AddIndex(
            model_name="mentorrequest",
            index=models.Index(fields=["state", "expires_at"], name="ici_mentor_open"),
        ),
        migrations.AddIndex(
            model_name="mentorrequest",
            index=models.Index(fields=["asked_by", "created_at"], name="ici_mentor_asked"),
        ),
        migrations.AddConstraint(
            model_name="messageplace",
            constraint=models.UniqueConstraint(fields=("subject", "message"), name="ici_one_message_place"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["user", "read_at"], name="ici_notice_unread"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["awaits_mail", "user"], name="ici_notice_digest"),
        ),
        migrations.AddIndex(
            model_name="project",
            index=models.Index(fields=["looked_on", "id"], name="ici_project_look"),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.UniqueConstraint(fields=("company", "number"), name="ici_one_project_each"),
        ),
        migrations.AddIndex(
            model_name="gaterequest",
            index=models.Index(fields=["project", "asked_at"], name="ici_gate_project"),
        ),
        migrations.AddIndex(
            model_name="gaterequest",
            index=models.Index(fields=["course_key", "state", "asked_at"], name="ici_gate_open"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["project", "kind", "created_at"], name="ici_entry_of_project"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["author"], name="ici_entry_author"),
        ),
        migrations.AddIndex(
            model_name="coachtalk",
            index=models.Index(fields=["project", "held_on"], name="ici_talk_project"),
        ),
        migrations.AddConstraint(
            model_name="blockdone",
            constraint=models.UniqueConstraint(fields=("block", "user"), name="ici_project_block_done"),
        ),
        migrations.AddIndex(
            model_name="projectrun",
            index=models.Index(fields=["course_key", "place", "id"], name="ici_project_place"),
        ),
        migrations.AddConstraint(
            model_name="projectrun",
            constraint=models.UniqueConstraint(fields=("course_key", "project"), name="ici_one_project_run"),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.UniqueConstraint(fields=("assessment", "number"), name="ici_one_remark_number"),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(fields=("user", "kind", "subject"), name="ici_one_reminder"),
        ),
        migrations.AddIndex(
            model_name="galleryentry",
            index=models.Index(fields=["course_key", "id"], name="ici_gallery_page"),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(fields=("subject", "assessor", "joint"), name="ici_one_assessment_each"),
        ),
        migrations.AddIndex(
            model_name="savedfilter",
            index=models.Index(fields=["owner", "course_key", "id"], name="ici_saved_filter"),
        ),
        migrations.AddIndex(
            model_name="summarylink",
            index=models.Index(fields=["project", "made_at"], name="ici_summary_links"),
        ),
        migrations.AddConstraint(
            model_name="supportblockdone",
            constraint=models.UniqueConstraint(fields=("block", "user"), name="ici_support_block_done"),
        ),
        migrations.AddConstraint(
            model_name="supporteditor",
            constraint=models.UniqueConstraint(fields=("user", "country", "region"), name="ici_one_support_editor"),
        ),
        migrations.AddIndex(
            model_name="supportentry",
            index=models.Index(fields=["name", "id"], name="ici_support_name"),
        ),
        migrations.AddIndex(
            model_name="supportentry",
            index=models.Index(fields=["country", "name", "id"], name="ici_support_country"),
        ),
        migrations.AddIndex(
            model_name="supportentry",
            index=models.Index(fields=["seen_on"], name="ici_support_seen"),
        ),
        migrations.AddIndex(
            model_name="supportcontact",
            index=models.Index(fields=["course_key", "company"], name="ici_support_contact_firm"),
        ),
        migrations.AddConstraint(
            model_name="supportcontact",
            constraint=models.UniqueConstraint(fields=("user", "course_key", "entry"), name="ici_one_support_contact"),
        ),
        migrations.AddIndex(
            model_name="supportchange",
            index=models.Index(fields=["at"], name="ici_support_change_at"),
        ),
        migrations.AddConstraint(
            model_name="supportsuccession",
            constraint=models.UniqueConstraint(fields=("ended", "successor"), name="ici_one_succession"),
        ),
        migrations.AddConstraint(
            model_name="taskversion",
            constraint=models.UniqueConstraint(fields=("assignment", "content_hash"), name="ici_one_task_version"),
        ),
        migrations.AddIndex(
            model_name="toolresult",
            index=models.Index(fields=["owner", "course_key", "created_at"], name="ici_result_owner"),
        ),
        migrations.AddIndex(
            model_name="toolresult",
            index=models.Index(fields=["course_key", "for_staff", "created_at"], name="ici_result_staff"),
        ),
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(fields=["exercise", "finished_at"], name="ici_attempt_list"),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.UniqueConstraint(fields=("exercise", "owner", "number"), name="ici_attempt"),
        ),
        migrations.AddIndex(
            model_name="waitingitem",
            index=models.Index(fields=["course_key", "waiting_for", "since", "id"], name="ici_waiting_course"),
        ),
        migrations.AddIndex(
            model_name="waitingitem",
            index=models.Index(fields=["course_key", "waiting_for", "place", "since", "id"], name="ici_waiting_place"),
        ),
        migrations.AddIndex(
            model_name="waitingitem",
            index=models.Index(
                fields=["course_key", "waiting_for", "company", "since", "id"], name="ici_waiting_company"
            ),
        ),
        migrations.AddIndex(
            model_name="waitingitem",
            index=models.Index(fields=["course_key", "waiting_for", "kind", "since", "id"], name="ici_waiting_kind"),
        ),
        migrations.AddIndex(
            model_name="waitingitem",
            index=models.Index(fields=["course_key", "waiting_for", "word", "since", "id"], name="ici_waiting_word"),
        ),
        migrations.AddIndex(
            model_name="waitingitem",
            index=models.Index(
                fields=["course_key", "waiting_for", "progress", "since", "id"], name="ici_waiting_progress"
            ),
        ),
        migrations.AddIndex(
            model_name="waitingitem",
            index=models.Index(
                fields=["course_key", "waiting_for", "language", "since", "id"], name="ici_waiting_language"
            ),
        ),
        migrations.AddIndex(
            model_name="waitingitem",
            index=models.Index(fields=["course_key", "waiting_for", "late", "since", "id"], name="ici_waiting_late"),
        ),
        migrations.AddIndex(
            model_name="waitingitem",
            index=models.Index(
                fields=["course_key", "waiting_for", "allocated_to", "since", "id"], name="ici_waiting_allocated_to"
            ),
        ),
        migrations.AddIndex(
            model_name="waitingword",
            index=models.Index(fields=["course_key", "word", "item"], name="ici_waiting_words"),
        ),
        migrations.AddConstraint(
            model_name="warningblockdone",
            constraint=models.UniqueConstraint(fields=("block", "user"), name="ici_warning_block_done"),
        ),
        migrations.AddIndex(
            model_name="watch",
            index=models.Index(fields=["looked_month", "id"], name="ici_watch_look"),
        ),
        migrations.AddConstraint(
            model_name="monthfigure",
            constraint=models.UniqueConstraint(fields=("watch", "indicator", "month"), name="ici_one_month_figure"),
        ),
        migrations.AddIndex(
            model_name="alarm",
            index=models.Index(fields=["watch", "closed_at"], name="ici_alarm_watch"),
        ),
        migrations.AddIndex(
            model_name="alarm",
            index=models.Index(fields=["colour", "answered_at", "raised_at"], name="ici_alarm_waits"),
        ),
        migrations.AddIndex(
            model_name="watchbaseline",
            index=models.Index(fields=["watch", "indicator"], name="ici_watch_baseline"),
        ),
        migrations.AddConstraint(
            model_name="work",
            constraint=models.UniqueConstraint(fields=("assignment", "owner"), name="ici_one_work_each"),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(fields=("work", "number"), name="ici_one_round_each"),
        ),
    ]
