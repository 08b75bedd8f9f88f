"""Posts that something else than the house gave or changed."""

from collections.abc import Iterator

from shuoshi.common.hashing import kept_hashes
from shuoshi.org.models import Post
from shuoshi.org.rules.vouching import GRANTED, PURPOSE, WITHDRAWN, told_of_post
from shuoshi.trail.models import Event
from shuoshi.trail.rules.notes import ROOM


CHUNK = 500


def wrong_posts() -> Iterator[str]:
    """
    Yield the number of each post that is not as the house wrote it.

    Each row vouches for itself. What the record tells of them besides finds a post that was
    deleted, and an ended one that was put back as it once stood.
    """
    posts = Post.objects.prefetch_related("charges").order_by("pk")
    for post in posts.iterator(chunk_size=CHUNK):
        led = [charge.unit_id for charge in post.charges.all()]
        if post.vouch not in kept_hashes(PURPOSE, told_of_post(post, led)):
            yield str(post.pk)
    yield from _not_as_told()


def _not_as_told() -> Iterator[str]:
    ends = dict(Post.objects.values_list("pk", "ended_on"))
    ended = f"{ROOM}.{WITHDRAWN}"
    told = Event.objects.filter(verb__in=[f"{ROOM}.{GRANTED}", ended])
    for verb, detail in told.values_list("verb", "detail").iterator():
        # Older lines name no post.
        post = detail.get("post")
        if post is not None and (
            post not in ends or (verb == ended and ends[post] is None)
        ):
            yield str(post)
