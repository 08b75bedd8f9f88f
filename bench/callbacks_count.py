"""Count what came of the callbacks: matters, different texts, messages taken."""

import json

from shuoshi.matters.models import Matter
from shuoshi.platforms.models import Received


if __name__ == "__main__":
    told = {
        "matters": Matter.objects.count(),
        "texts": Matter.objects.filter(text__startswith="callback ")
        .values("text")
        .distinct()
        .count(),
        "taken": Received.objects.count(),
    }
    print(json.dumps(told))
