"""An alternative text that ends in a credit was written as the caption: pandoc and some editorial systems print it."""

import re

from parsing.text.credits import credit_of, names_agency, split_tail
from slugline.story import Image

OF_CREDITS = re.compile(r"credit|courtesy|\bby\b", re.IGNORECASE)
"""Words of a label that belong to a credit alone: `Image: ...` begins descriptions, too."""


def with_credit_of_alt(image: Image) -> Image:
    """The picture with the credit that its alternative text ends in, and with the rest as its caption if it has none.

    The alternative text stays as it is.
    """
    if not image.alt or image.credit:
        return image
    tail = split_tail(image.alt)
    credit = tail[1] if tail else credit_of(image.alt)
    if not credit or not (names_agency(credit.text) or credit.copyright or OF_CREDITS.search(credit.label or "")):
        return image
    caption = image.caption or (tail[0] if tail else None)
    return image.model_copy(
        update={"caption": caption, "credit": credit.text, "copyright": image.copyright or credit.copyright}
    )
