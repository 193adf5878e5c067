from benan.core import contributing


class ShellConfig(contributing.ContributingApp):
    name = "benan.shell"
