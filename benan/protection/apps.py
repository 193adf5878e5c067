from benan.core import contributing


class ProtectionConfig(contributing.ContributingApp):
    name = "benan.protection"
