"""What a page shows while the picture loads: a tiny blurred WebP as a data: URI, which needs no script.

ThumbHash is shorter (about 25 bytes against 150) but needs JavaScript to be seen; our pages work without.
"""

from base64 import b64encode
from typing import Any

from pixels.encode import encoded
from pixels.pyramid import shrunk

WIDTH = 16


def placeholder(image: Any) -> str:
    """`image` is the smallest rendition's."""
    tiny = shrunk(image, min(WIDTH, image.width))
    data = encoded(tiny, "webp", {"Q": 40, "effort": 4}, bare=True)
    return f"data:image/webp;base64,{b64encode(data).decode()}"
