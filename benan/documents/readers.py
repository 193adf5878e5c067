"""Who may read a stored file: conditions that the apps add which put files to their rows, any of which will do."""

from collections.abc import Callable

from django.db.models import Q

from benan.accounts.models import User
from benan.core.registry import Registry

# (user) → condition on StoredFile, e.g. lambda user: Q(progress__in=Progress.objects.visible_to(user))
FILE_READERS: Registry[Callable[[User], Q]] = Registry()
