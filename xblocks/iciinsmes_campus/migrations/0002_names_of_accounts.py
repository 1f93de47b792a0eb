"""An index of names in the table of accounts, which is Django's own and has none.

Whoever shows people asks whether another one has the same name. Without the index that costs a look at every account of
the campus for each page: 70 ms with 100,000 of them.
"""

from django.conf import settings
from django.db import migrations


class Migration(migrations.Migration):
    """Made by hand: the state of the accounts' app is not the campus's to change."""

    dependencies = [
        ("iciinsmes_campus", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX campus_names_of_accounts ON auth_user (last_name, first_name)",
            "DROP INDEX campus_names_of_accounts",
        ),
    ]
