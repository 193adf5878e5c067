from benan.core import contributing


class VaultConfig(contributing.ContributingApp):
    name = "benan.vault"
