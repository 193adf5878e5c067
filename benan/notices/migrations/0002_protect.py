from django.db import migrations

from benan.core.row_security import protect


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial"), ("core", "0002_principals")]
    # Whose calendar it is has to be found out before anybody is known to ask.
    operations = [
        protect("notices_calendarfeed", principals="entry,user,command"),
        protect("notices_mailsubscription", "notices_sentnotice"),
    ]
