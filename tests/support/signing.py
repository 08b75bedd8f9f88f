"""Somebody who has signed in as in life: password and second factor, a session that holds."""

from django.test import Client
from django.utils.timezone import now

from shuoshi.accounts.models import Session
from shuoshi.accounts.views.doors import KEY


def running(person, *, second: bool = True, at=None) -> Session:
    """Return a session of the person, begun just now; without the second factor on wish."""
    moment = at or now()
    return Session.objects.create(
        person=person,
        begun_at=moment,
        seen_at=moment,
        proved_at=moment,
        second_at=moment if second else None,
        how="password",
        device="Linux · Chrome",
    )


_login = Client.force_login


def signed_in(client, person, backend=None, *, second: bool = True, at=None) -> Session:
    """Sign a client in, past the forms that other tests try."""
    _login(client, person, backend)
    session = running(person, second=second, at=at)
    kept = client.session
    kept[KEY] = str(session.pk)
    kept.save()
    return session


def teach_clients() -> None:
    """Let ``client.force_login`` show both factors: Django's own knows of the first alone."""
    Client.force_login = signed_in
