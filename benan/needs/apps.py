from benan.core import contributing


class NeedsConfig(contributing.ContributingApp):
    name = "benan.needs"
