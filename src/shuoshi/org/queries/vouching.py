"""Posts that something else than the house gave or changed."""

from collections.abc import Iterator

from shuoshi.common.hashing import kept_hashes
from shuoshi.org.models import Post
from shuoshi.org.rules.vouching import PURPOSE, told_of_post


CHUNK = 500


def wrong_posts() -> Iterator[str]:
    """Yield the number of each post that is not as the house wrote it."""
    posts = Post.objects.prefetch_related("charges").order_by("pk")
    for post in posts.iterator(chunk_size=CHUNK):
        led = [charge.unit_id for charge in post.charges.all()]
        if post.vouch not in kept_hashes(PURPOSE, told_of_post(post, led)):
            yield str(post.pk)
