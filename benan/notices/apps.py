from benan.core import contributing


class NoticesConfig(contributing.ContributingApp):
    name = "benan.notices"
