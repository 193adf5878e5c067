from benan.core import contributing


class VerificationConfig(contributing.ContributingApp):
    name = "benan.verification"
