from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0014_cases_of_originals'),
    ]

    operations = [
        migrations.AlterField(
            model_name='missedsearch',
            name='count',
            field=models.PositiveIntegerField(default=0, verbose_name='readers'),
        ),
    ]
