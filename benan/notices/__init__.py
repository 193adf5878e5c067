"""What is due: reminders on the desk, the calendar, its feed, letters by mail. Above the law by day, below the apps that contribute."""
