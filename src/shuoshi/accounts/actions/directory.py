"""Ask the company's directory whether it knows a password; an extra, off unless set."""

import logging
from importlib import import_module
from typing import Any

from django.conf import settings


TIMEOUT = 5
log = logging.getLogger(__name__)


def directory_accepts(username: str, password: str) -> bool:
    """
    Bind as the person; False where no directory is set, or it does not answer.

    An empty password is never asked: a directory takes it for an anonymous greeting.

    :raises ImportError: if a directory is set, but the extra is not installed.
    """
    url, pattern = settings.SHUOSHI_LDAP_URL, settings.SHUOSHI_LDAP_DN
    if not url or not password:
        return False
    ldap3: Any = import_module("ldap3")
    names = import_module("ldap3.utils.dn")
    try:
        server = ldap3.Server(url, connect_timeout=TIMEOUT)
        connection = ldap3.Connection(
            server,
            user=pattern.format(name=names.escape_rdn(username)),
            password=password,
            receive_timeout=TIMEOUT,
            client_strategy=settings.SHUOSHI_LDAP_STRATEGY or ldap3.SYNC,
            read_only=True,
        )
        accepted = bool(connection.bind())
        connection.unbind()
    except ldap3.core.exceptions.LDAPException as fault:
        log.warning("the directory did not answer: %s", type(fault).__name__)
        return False
    return accepted
