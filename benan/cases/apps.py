from benan.core import contributing


class CasesConfig(contributing.ContributingApp):
    name = "benan.cases"
