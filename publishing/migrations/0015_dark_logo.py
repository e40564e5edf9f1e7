from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0014_cases_of_originals'),
    ]

    operations = [
        migrations.AddField(
            model_name='site',
            name='logo_dark',
            field=models.ImageField(blank=True, upload_to='site/', verbose_name='logo on a dark page'),
        ),
        migrations.AlterField(
            model_name='missedsearch',
            name='count',
            field=models.PositiveIntegerField(default=0, verbose_name='readers'),
        ),
    ]
