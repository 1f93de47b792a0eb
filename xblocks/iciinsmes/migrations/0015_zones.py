"""Rounds know the firm of their day, and results the firm of the data from which they were computed."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


def name_firms(apps, _schema_editor):
    """Fill in from the stays.

    What was handed in before the first stay goes along to its firm, what was handed in between two belongs to none.
    """
    rounds = apps.get_model("iciinsmes", "Round").objects
    known = set()
    # The later stay wins the one moment at which one ends and the next begins.
    for stay in apps.get_model("iciinsmes", "CompanyMembership").objects.order_by("since", "id").iterator():
        there = rounds.filter(work__owner_id=stay.user_id, work__course_key=stay.course_key)
        if (stay.user_id, stay.course_key) in known:
            there = there.filter(handed_in_at__gte=stay.since)
        known.add((stay.user_id, stay.course_key))
        if stay.until is not None:
            there = there.filter(handed_in_at__lte=stay.until)
        there.update(company_id=stay.company_id)


def follow_data(apps, _schema_editor):
    """Results computed after a change of firm from data of the firm before belong to the firm of the data."""
    results = apps.get_model("iciinsmes", "ToolResult").objects.filter(data_version__isnull=False)
    elsewhere = ~Q(company=F("data_version__data_set__company")) | Q(company=None)
    for result in results.filter(elsewhere).select_related("data_version__data_set").defer("content", "data_version__rows"):
        result.company_id = result.data_version.data_set.company_id
        result.save(update_fields=["company_id"])


class Migration(migrations.Migration):

    dependencies = [
        ('iciinsmes', '0014_server'),
    ]

    operations = [
        migrations.AddField(
            model_name='round',
            name='company',
            field=models.ForeignKey(
                blank=True,
                help_text="The learner's firm at that moment.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name='+',
                to='iciinsmes.company',
            ),
        ),
        migrations.RunPython(name_firms, migrations.RunPython.noop),
        migrations.RunPython(follow_data, migrations.RunPython.noop),
    ]
