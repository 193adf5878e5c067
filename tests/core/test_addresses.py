"""From where a request came: a header is believed from our own web server alone."""

import pytest

from benan.core.addresses import client_address


def asked(rf, remote, forwarded=None):
    """A request over a connection, with the header of a proxy or without."""
    more = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return client_address(rf.get("/", REMOTE_ADDR=remote, **more))


def test_without_a_front_a_header_is_not_believed(rf, settings):
    settings.FRONT = False
    assert asked(rf, "127.0.0.1", "192.0.2.7") == "127.0.0.1"
    assert asked(rf, "198.51.100.4", "192.0.2.7") == "198.51.100.4"


@pytest.mark.parametrize("remote", ["127.0.0.1", "::1", ""])
def test_behind_the_front_its_one_value_is(rf, settings, remote):
    settings.FRONT = True
    assert asked(rf, remote, "192.0.2.7") == "192.0.2.7"
    assert asked(rf, remote, "2001:db8::7") == "2001:db8::7"


@pytest.mark.parametrize("forwarded", ["192.0.2.7, 198.51.100.4", "", "unknown", "<script>", None])
def test_what_is_no_single_address_is_not(rf, settings, forwarded):
    settings.FRONT = True
    assert asked(rf, "127.0.0.1", forwarded) == "127.0.0.1"


def test_nobody_else_speaks_for_the_front(rf, settings):
    settings.FRONT = True
    assert asked(rf, "198.51.100.4", "192.0.2.7") == "198.51.100.4"


@pytest.mark.parametrize("remote", ["unix:", "", "socket"])
def test_a_connection_without_an_address_has_none(rf, settings, remote):
    settings.FRONT = False
    assert asked(rf, remote) == ""
