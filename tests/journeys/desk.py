"""Somebody at the desk in a real browser: signed in, past the form that others try."""

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from shuoshi.accounts.views.doors import KEY
from tests.support.signing import running


def session_of(person) -> dict[str, str]:
    """Return the cookie of a session in which the person has signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session[KEY] = str(running(person).pk)
    session.create()
    return {"name": "sessionid", "value": session.session_key}
