"""What a verb says when the law or the record does not allow something."""


class Refused(Exception):
    """A change that may not be made, with a sentence for the person who asked.

    `field` names the input to which the sentence belongs, when there is one; pages show it there
    and keep what was typed.
    """

    def __init__(self, message, *, field=None):
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self):
        return str(self.message)


class SentBefore(Refused):
    """The same form was sent before with other words, and did its work then."""


class Changed(Refused):
    """Somebody else changed the record meanwhile; `since` lists what they did, one sentence each.

    `latest` is the state of the record now, which a form carries when it is sent again.
    """

    def __init__(self, message, *, since, latest):
        super().__init__(message)
        self.since, self.latest = since, latest
