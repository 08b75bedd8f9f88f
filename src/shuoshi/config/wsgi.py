"""The door for the web server."""

import os
import signal

from django.core.wsgi import get_wsgi_application

from shuoshi.common.leash import end_with_parent, is_leashed


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuoshi.config.settings")
if is_leashed():
    # A worker whose server was killed would go on listening.
    end_with_parent(signal.SIGKILL)
application = get_wsgi_application()
