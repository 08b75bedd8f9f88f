"""The API: put together here, described at /api/openapi.json."""

from django.views.decorators.cache import never_cache
from ninja import NinjaAPI

from shuoshi.channels.api import matters, speaking, tokens
from shuoshi.channels.api.bodies import ChineseRenderer, StrictParser
from shuoshi.channels.api.errors import answer_refusals


api = NinjaAPI(
    title="说事",
    version="1",
    description="说事室的接口：与网页同一套规矩、同一份权限。",
    urls_namespace="api",
    # The page of documentation would load what our policy refuses; any viewer of
    # OpenAPI shows the description as well.
    docs_url=None,
    openapi_url="/openapi.json",
    parser=StrictParser(),
    renderer=ChineseRenderer(),
)
answer_refusals(api)
# Receipts, tokens and matters are nothing for a cache on the way.
api.add_decorator(never_cache, mode="view")
for router in (tokens.router, speaking.router, matters.router):
    api.add_router("/v1", router)
