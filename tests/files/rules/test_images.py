from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from shuoshi.files.rules.images import LONGEST_SIDE, redrawn
from shuoshi.files.rules.kinds import FileRefused, Kind
from tests.files import samples


def opened(content, kind):
    return Image.open(BytesIO(redrawn(content, kind)))


@pytest.mark.parametrize("kind", [Kind.JPEG, Kind.PNG, Kind.WEBP])
def test_nothing_but_pixels_is_kept(kind):
    content = samples.picture(kind, exif=samples.telltale_exif())
    assert b"TELLTALE" in content

    kept = opened(content, kind)

    assert kept.format == kind
    assert dict(kept.getexif()) == {}
    assert b"TELLTALE" not in redrawn(content, kind)
    assert not {"exif", "icc_profile", "xmp", "comment"} & set(kept.info)


def test_comments_and_profiles_are_dropped():
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "TELLTALE")
    png = samples.picture("PNG", pnginfo=text, icc_profile=b"TELLTALE")
    jpeg = samples.picture("JPEG", comment=b"TELLTALE", icc_profile=b"TELLTALE")

    assert b"TELLTALE" not in redrawn(png, Kind.PNG)
    assert b"TELLTALE" not in redrawn(jpeg, Kind.JPEG)


def test_what_hangs_on_behind_a_picture_is_dropped():
    content = samples.picture() + b"PK\3\4 TELLTALE"

    assert b"TELLTALE" not in redrawn(content, Kind.JPEG)


def test_a_photo_is_put_upright():
    photo = Image.new("RGB", (60, 40), (0, 0, 0))
    photo.paste((255, 255, 255), (0, 0, 60, 20))
    written = BytesIO()
    photo.save(written, "JPEG", exif=samples.telltale_exif())

    kept = opened(written.getvalue(), Kind.JPEG)

    assert kept.size == (40, 60)
    # The bright half, on top in the file, stands at the right.
    assert kept.getpixel((35, 30))[0] > 200
    assert kept.getpixel((5, 30))[0] < 50


@pytest.mark.parametrize(
    ("kind", "size", "kept"),
    [
        (Kind.JPEG, (5120, 2560), (2560, 1280)),
        (Kind.PNG, (100, 5000), (51, 2560)),
        (Kind.WEBP, (300, 200), (300, 200)),
    ],
)
def test_a_picture_is_made_no_larger_than_needed(kind, size, kept):
    assert opened(samples.picture(kind, size), kind).size == kept
    assert max(kept) <= LONGEST_SIDE


@pytest.mark.parametrize(
    ("kind", "mode", "colour", "kept"),
    [
        (Kind.JPEG, "L", 7, "RGB"),
        (Kind.JPEG, "CMYK", (1, 2, 3, 4), "RGB"),
        (Kind.PNG, "1", 1, "RGB"),
        (Kind.PNG, "P", 3, "RGB"),
        (Kind.PNG, "LA", (1, 100), "RGBA"),
        (Kind.PNG, "RGBA", (1, 2, 3, 100), "RGBA"),
        (Kind.PNG, "I;16", 40_000, "RGB"),
        (Kind.WEBP, "RGBA", (1, 2, 3, 100), "RGBA"),
    ],
)
def test_every_mode_of_colour_is_taken(kind, mode, colour, kept):
    content = samples.picture(kind, mode=mode, colour=colour)

    assert opened(content, kind).mode == kept


def test_transparency_is_kept():
    content = samples.picture("PNG", mode="RGBA", colour=(9, 9, 9, 0))

    assert opened(content, Kind.PNG).getpixel((3, 3))[3] == 0


def test_only_the_first_picture_of_a_moving_one_is_kept():
    frames = [Image.new("RGB", (30, 30), colour) for colour in ("red", "blue")]
    written = BytesIO()
    frames[0].save(written, "WEBP", save_all=True, append_images=frames[1:])

    assert opened(written.getvalue(), Kind.WEBP).n_frames == 1


@pytest.mark.parametrize("size", [(20_000, 20_000), (2_000_000, 2_000_000)])
def test_a_picture_far_too_large_is_refused_before_it_is_read(size):
    with pytest.raises(FileRefused, match="这张图片太大"):
        redrawn(samples.enormous_png(*size), Kind.PNG)


@pytest.mark.parametrize(
    "content",
    [
        samples.enormous_png(100, 100),
        samples.picture()[:200],
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        samples.picture("PNG"),
    ],
)
def test_a_damaged_picture_is_refused(content):
    kind = Kind.JPEG if content.startswith(b"\xff") else Kind.PNG
    if content == samples.picture("PNG"):
        kind = Kind.JPEG

    with pytest.raises(FileRefused, match="是坏的"):
        redrawn(content, kind)
