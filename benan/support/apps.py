from benan.core import contributing


class SupportConfig(contributing.ContributingApp):
    name = "benan.support"
