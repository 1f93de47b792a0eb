import django.db.models.deletion
import iciinsmes.lib.create_models
import iciinsmes.lib.uuid_field
import opaque_keys.edx.django.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('auth', '__first__'),
    ]

    operations = [
        iciinsmes.lib.create_models.CreateModels(
            models=[
                migrations.CreateModel(
                    name='AccountLanguage',
                    fields=[
                        ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                        ('language', models.CharField(help_text='Django language code.', max_length=16)),
                    ],
                ),
                migrations.CreateModel(
                    name='Count',
                    fields=[
                        ('key', models.CharField(help_text='What is counted, and a hash of whose.', max_length=80, primary_key=True, serialize=False)),
                        ('number', models.PositiveIntegerField()),
                        ('since', models.DateTimeField(db_index=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='OutboxMail',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sent_at', models.DateTimeField(auto_now_add=True)),
                        ('course_key', opaque_keys.edx.django.models.CourseKeyField(db_index=True, max_length=255, null=True)),
                        ('receiver', models.EmailField(db_index=True, max_length=254)),
                        ('sender', models.CharField(max_length=254)),
                        ('subject', models.CharField(max_length=255)),
                        ('body', models.TextField()),
                        ('html', models.TextField(blank=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='RetentionRun',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('dropped', models.JSONField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='StorageMark',
                    fields=[
                        ('id', iciinsmes.lib.uuid_field.UuidField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ],
                ),
                migrations.CreateModel(
                    name='BlockOverlay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('usage_key', opaque_keys.edx.django.models.UsageKeyField(max_length=255, unique=True)),
                        ('course_key', opaque_keys.edx.django.models.CourseKeyField(db_index=True, max_length=255)),
                        ('fields', models.JSONField(default=dict, help_text='Field name to JSON value, content and settings scopes only.')),
                        ('updated_at', models.DateTimeField(auto_now=True)),
                        ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                ),
                migrations.CreateModel(
                    name='BlockState',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('scope', models.CharField(max_length=24)),
                        ('place', models.CharField(blank=True, max_length=255)),
                        ('values', models.TextField(default='{}')),
                        ('updated_at', models.DateTimeField(auto_now=True)),
                        ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('user', 'scope', 'place'), name='campus_one_state_each')],
                    },
                ),
                migrations.CreateModel(
                    name='Completion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('course_key', opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                        ('usage_key', opaque_keys.edx.django.models.UsageKeyField(max_length=255)),
                        ('fraction', models.FloatField()),
                        ('updated_at', models.DateTimeField(auto_now=True)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('user', 'course_key', 'usage_key'), name='campus_one_completion_each')],
                    },
                ),
                migrations.CreateModel(
                    name='Grade',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('course_key', opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                        ('usage_key', opaque_keys.edx.django.models.UsageKeyField(max_length=255)),
                        ('earned', models.DecimalField(decimal_places=2, max_digits=8)),
                        ('possible', models.DecimalField(decimal_places=2, max_digits=8)),
                        ('updated_at', models.DateTimeField(auto_now=True)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('course_key', 'user', 'usage_key'), name='campus_one_grade_each')],
                    },
                ),
                migrations.CreateModel(
                    name='Membership',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('course_key', opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                        ('role', models.CharField(choices=[('learner', 'Learner'), ('teacher', 'Teacher'), ('coordinator', 'Coordinator')], default='learner', max_length=12)),
                        ('extensions', models.JSONField(default=dict, help_text="Usage key to the person's own due date, ISO 8601 in UTC.")),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='campus_memberships', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['course_key', 'role', 'id'], name='campus_course_role')],
                        'constraints': [models.UniqueConstraint(fields=('user', 'course_key'), name='campus_one_role_each')],
                    },
                ),
                migrations.CreateModel(
                    name='TrackingEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('course_key', opaque_keys.edx.django.models.CourseKeyField(max_length=255)),
                        ('usage_key', opaque_keys.edx.django.models.UsageKeyField(max_length=255, null=True)),
                        ('name', models.CharField(max_length=255)),
                        ('data', models.JSONField(default=dict)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['course_key', 'id'], name='campus_event_course')],
                    },
                ),
            ],
        ),
    ]
