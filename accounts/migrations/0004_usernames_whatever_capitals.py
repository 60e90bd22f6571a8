from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_people_in_lists")]

    operations = [
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                Lower("username"),
                name="user_once_whatever_capitals",
                violation_error_message="This user name is taken. Choose another.",
            ),
        ),
    ]
