"""Sets up, starts and stops Bến An: its environment, its database, its web server.

Nothing here knows what the program is about; nothing in `benan` knows how it is started.
Every message to the person at the terminal is a Vietnamese sentence that names the cause and the way out.
"""


class Unready(SystemExit):
    """Something that must be put right first. Uncaught, its sentence is printed and the process ends with status 1."""
