"""A delivery's JSON as its row holds it: deflated, since every started kilobyte is paid at each write, in the table and
in each index. Rows written before that hold it as text.
"""

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

FASTEST = 1


def packed(text: str) -> "AttributeValueTypeDef":
    """The attribute that holds the text."""
    return {"B": zlib.compress(text.encode(), FASTEST)}


def unpacked(value: "AttributeValueTypeDef") -> str:
    """The text of an attribute, packed or not."""
    return zlib.decompress(bytes(value["B"])).decode() if "B" in value else value["S"]
