"""The harness keeps its own promises: real database, no network, a clean slate."""

import os
import socket
import threading

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from pytest_socket import SocketConnectBlockedError


def test_data_folder_is_not_the_developers():
    assert "shuoshi-tests-" in str(settings.DATA_DIR)


def test_no_test_leaves_the_machine():
    warned = pytest.warns(UserWarning, match="tried to use socket")
    with warned, pytest.raises(SocketConnectBlockedError):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_database_is_the_one_asked_for(vendor):
    wanted = os.environ.get("SHUOSHI_TEST_DB", "sqlite")

    assert vendor.startswith(wanted)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "again"])
def test_slate_is_clean_after_a_commit(turn):
    before = list(Group.objects.values_list("name", flat=True))

    Group.objects.create(name=turn)

    assert before == []
    assert ContentType.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_another_thread_sees_what_was_committed():
    Group.objects.create(name="night shift")
    seen = []

    def look():
        seen.extend(Group.objects.values_list("name", flat=True))
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()

    assert seen == ["night shift"]
