from benan.core import contributing


class AccountsConfig(contributing.ContributingApp):
    name = "benan.accounts"
