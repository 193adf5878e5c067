"""No test reaches another machine."""

import socket

HERE = ("127.0.0.1", "::1", "localhost", "", None)


class Elsewhere(OSError):
    """A test asked for another machine."""


def forbid(patch):
    """Let sockets connect to this machine only, and names of other machines be unknown."""
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def refuse(host):
        if host not in HERE:
            raise Elsewhere(f"a test asked for {host}")

    def here(method):
        def call(self, address):
            if self.family != socket.AF_UNIX:
                refuse(address[0])
            return method(self, address)

        return call

    def look_up_here(host, *arguments, **options):
        refuse(host)
        return look_up(host, *arguments, **options)

    patch.setattr(socket.socket, "connect", here(connect))
    patch.setattr(socket.socket, "connect_ex", here(connect_ex))
    patch.setattr(socket, "getaddrinfo", look_up_here)
