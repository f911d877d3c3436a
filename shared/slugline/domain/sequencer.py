"""The order of events of one object key.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html: a sequencer is a hexadecimal
number of varying length; to compare two, pad the shorter with zeros on the right and compare them as text.
"""

_LENGTH = 64


def comparable(sequencer: str) -> str:
    """A form of the sequencer whose text order is the order of the events."""
    return sequencer.lower().ljust(_LENGTH, "0")
