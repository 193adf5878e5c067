from benan.core import contributing


class RulesConfig(contributing.ContributingApp):
    name = "benan.rules"
