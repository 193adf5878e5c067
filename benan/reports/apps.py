from benan.core import contributing


class ReportsConfig(contributing.ContributingApp):
    name = "benan.reports"
