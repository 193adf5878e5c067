"""What is done after every change of a case, by the apps above that keep something derived from one.

An app registers a callable in its `AppConfig.ready`; `steps.after_change` runs them, inside the transaction of
the verb that changed the case and after the clocks were reckoned.
"""

_REGISTERED = []


def register(do) -> None:
    """Have `do(file=…)` called after every change of a case; registering twice is registering once."""
    if do not in _REGISTERED:
        _REGISTERED.append(do)


def run(file) -> None:
    """Call everything registered, for a case that a verb has locked and changed."""
    for do in _REGISTERED:
        do(file=file)
