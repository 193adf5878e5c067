"""Views that take files, and how their files are held until they are cleaned: in memory, never on a disk in clear.

Only addresses that end in "/tep/" may take files, because only there the front lets them through (ops/Caddyfile).
"""

import io
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse

SUFFIX = "/tep/"  # of the addresses of views that take files


def takes_files(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view whose form may carry files. Stands outermost, so that the resolved view bears it."""
    setattr(view, "takes_files", True)  # noqa: B010, asked of the view of an address
    return view


class HeldInMemory(FileUploadHandler):
    """Hold each file in memory; of one that is too large only its size, so that the form can say so."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.held, self.length = io.BytesIO(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a part of it."""
        self.length += len(raw_data)
        if self.length <= settings.LARGEST_FILE:
            self.held.write(raw_data)
        elif self.held.tell():
            self.held = io.BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The whole file."""
        self.held.seek(0)
        return InMemoryUploadedFile(
            self.held, self.field_name, self.file_name or "", self.content_type or "", file_size, self.charset
        )


class FilesWhereTaken:
    """Have files held for views that take them, from officers alone; elsewhere they are dropped as they come.

    Stands before whatever reads the form first (CsrfViewMiddleware).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Choose what becomes of files before the form is read."""
        if getattr(view, "takes_files", False) and request.user.is_authenticated:
            request.upload_handlers = [HeldInMemory(request)]
