from benan.core import contributing


class IndicatorsConfig(contributing.ContributingApp):
    name = "benan.indicators"
