"""Read and write bodies: JSON, and nothing that merely looks like it."""

import json
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser
from ninja.renderers import JSONRenderer

from shuoshi.channels.api.errors import JSON


class ChineseRenderer(JSONRenderer):
    """Write Chinese as such."""

    json_dumps_params = {"ensure_ascii": False}


class StrictParser(Parser):
    """Take JSON in UTF-8 that says it is JSON."""

    def parse_body(self, request: HttpRequest) -> Any:
        """
        Return the body; whatever is raised becomes a 400 or a 415.

        :raises ValueError: if it is no JSON.
        """
        if request.content_type not in {"", JSON}:
            raise ValueError(request.content_type)
        return json.loads(request.body.decode(), parse_constant=_no_number)


def _no_number(name: str) -> float:
    raise ValueError(name)
