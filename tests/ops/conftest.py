"""Servers and folders of the tests about operating: each is the tests' own, and gone afterwards."""

import contextlib
import shutil
import tempfile
from pathlib import Path

import pytest

from ops import database
from ops.postgres import Cluster


@contextlib.contextmanager
def place(mode=0o755):
    """A folder of the tests' own, through which other accounts may or may not pass."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(mode)
        yield Path(made)


@contextlib.contextmanager
def new_cluster(mode):
    """A server that has been set up below such a folder, and stands still."""
    with place(mode) as around:
        cluster = Cluster(around / "data")
        with cluster.running(create=True):
            pass
        yield cluster
        shutil.rmtree(cluster.files.parent)


@pytest.fixture
def folder():
    """An empty folder."""
    with place() as made:
        yield made


@pytest.fixture(scope="module")
def stopped():
    """A server that stands still; a test leaves its folder as it was."""
    with new_cluster(0o755) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def out_of_reach():
    """A server that stands still, whose data folder other accounts cannot reach; a test leaves its folder as it was."""
    with new_cluster(0o700) as cluster:
        yield cluster


@pytest.fixture
def sign_in():
    """Call with a cluster and a role for a connection, closed with the test."""
    with contextlib.ExitStack() as stack:
        yield lambda cluster, role="web": stack.enter_context(database.connect(database.entry(cluster.data_dir, role)))
