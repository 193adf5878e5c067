"""Sets up, starts and stops Bến An: its environment, its database, its web server.

Nothing here knows what the program is about; nothing in `benan` knows how it is started.
Everything a person at the terminal reads is a Vietnamese sentence that names the cause and the way out.
"""


class Unready(SystemExit):
    """Something the machine lacks: its sentence is all that is printed, and the process ends with 1."""
