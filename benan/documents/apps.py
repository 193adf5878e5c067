from benan.core import contributing


class DocumentsConfig(contributing.ContributingApp):
    name = "benan.documents"
