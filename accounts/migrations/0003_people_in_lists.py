from django.db import migrations, models

from communes.names import search_key, sort_key


def fill(apps, schema_editor):
    for user in apps.get_model("accounts", "User").objects.iterator():
        before, _space, given = " ".join(user.full_name.split()).rpartition(" ")
        user.sort_key = sort_key(given) + sort_key(before)
        user.search_key = search_key(f"{user.full_name} {user.username} {user.email}")
        user.save(update_fields=["sort_key", "search_key"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_memberships")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="sort_key",
            field=models.CharField(default="", editable=False, max_length=460),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="user",
            name="search_key",
            field=models.CharField(default="", editable=False, max_length=560),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
