"""No test reaches another machine, and the block itself works."""

import socket

import pytest

from tests.network import Elsewhere


def test_a_test_cannot_connect_to_another_machine():
    with socket.socket() as out, pytest.raises(Elsewhere):
        out.connect(("192.0.2.1", 80))


def test_a_test_cannot_look_up_another_machine():
    with pytest.raises(Elsewhere):
        socket.getaddrinfo("example.org", 80)


def test_a_test_can_connect_to_this_machine():
    with socket.create_server(("127.0.0.1", 0)) as here, socket.create_connection(here.getsockname()) as made:
        assert made.getpeername() == here.getsockname()
