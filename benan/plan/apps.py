from benan.core import contributing


class PlanConfig(contributing.ContributingApp):
    name = "benan.plan"
