"""Write pictures anew: what is not a pixel does not come along."""

from io import BytesIO
from typing import Final

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from shuoshi.files.rules.kinds import FileRefused, Kind


LONGEST_SIDE: Final = 2560
# A phone takes 50 megapixels at most unless told otherwise. A JPEG is made smaller
# while it is read, the others need memory for every pixel.
MOST_PIXELS: Final = {
    Kind.JPEG: 64_000_000,
    Kind.PNG: 40_000_000,
    Kind.WEBP: 40_000_000,
}
SPARE: Final = 1.3
_HOW: Final = {
    Kind.JPEG: {"quality": 88},
    Kind.PNG: {},
    Kind.WEBP: {"quality": 88},
}
# The limits above are asked before a pixel is read.
Image.MAX_IMAGE_PIXELS = None


def redrawn(content: bytes, kind: Kind) -> bytes:
    """
    Return a picture upright, not too large, without place, date, device or comment.

    :raises FileRefused: if it is damaged or far too large.
    """
    try:
        with Image.open(BytesIO(content), formats=[kind]) as picture:
            if picture.width * picture.height > MOST_PIXELS[kind]:
                raise FileRefused(_("这张图片太大，请缩小或截屏后再传。"))
            return _redraw(picture, kind)
    except FileRefused:
        raise
    except Exception:  # noqa: BLE001 - decoders raise whatever the bytes provoke
        raise FileRefused(
            _("这张图片是坏的，打不开。请重新拍照或截屏后再传。")
        ) from None


def _redraw(picture: Image.Image, kind: Kind) -> bytes:
    share = LONGEST_SIDE / max(picture.size)
    if share < 1:
        # A JPEG is then read at a half or a quarter, if that is sharp enough.
        width, height = (int(side * share * SPARE) for side in picture.size)
        picture.draft(None, (width, height))
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=None)
    upright = ImageOps.exif_transpose(picture)
    see_through = upright.has_transparency_data and kind is not Kind.JPEG
    pixels = upright.convert("RGBA" if see_through else "RGB")
    # A picture that never had anything but pixels.
    clean = Image.new(pixels.mode, pixels.size)
    clean.paste(pixels)
    written = BytesIO()
    clean.save(written, kind, **_HOW[kind])
    return written.getvalue()
