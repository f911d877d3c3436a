"""An alternative text that ends in a credit was written as the caption: pandoc and some editorial systems print it."""

import re

from parsing.text.credits import names_agency, parted
from slugline.story import Image

OF_CREDITS = re.compile(r"credit|courtesy|\bby\b", re.IGNORECASE)
"""Words of a label that belong to a credit alone: `Image: ...` begins descriptions, too."""


def with_credit_of_alt(image: Image) -> Image:
    """The picture with the credit that its alternative text ends in, and with the rest as its caption if it has none.

    The alternative text stays as it is.
    """
    if not image.alt or image.credit:
        return image
    caption, credit = parted(image.alt)
    if not credit or not (names_agency(credit.text) or credit.copyright or OF_CREDITS.search(credit.label or "")):
        return image
    update = {
        "caption": image.caption or caption or None,
        "credit": credit.text,
        "copyright": image.copyright or credit.copyright,
    }
    return image.model_copy(update=update)
