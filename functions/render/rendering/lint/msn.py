"""Microsoft Start and MSN."""

from rendering.lint.rule import Rule, headline_length, no_author, no_body, no_picture, not_https, unfit

_ITEM = "https://support.microsoft.com/topic/msn-feed-item-metadata-requirements-0114c19c-36bb-4fef-8322-4a1ed6888329"
_FEED = "https://helpcenter.microsoftstart.com/kb/feed-specifications"
_SIDE = 720
_NARROWEST, _WIDEST = 0.5, 1.89

RULES = (
    Rule("headline of 21 to 150 characters", headline_length(21, 150), "Lengthen or shorten the headline.", _ITEM),
    Rule("text", no_body, "Write the story's text.", _ITEM),
    Rule("https", not_https, "Serve the site over https.", _FEED),
    Rule("author", no_author, "Name the author in the byline.", _ITEM, required=False),
    Rule(
        "picture",
        no_picture,
        "Add a picture of your own or licensed for partners; without one a person must publish the story.",
        _FEED,
        required=False,
    ),
    Rule(
        "picture of 720 pixels",
        unfit("720 pixels wide or high", lambda file: max(file.width, file.height) >= _SIDE),
        "Use a larger original.",
        _FEED,
        required=False,
    ),
    Rule(
        "picture's shape",
        unfit("between 1:2 and 1.89:1 in shape", lambda file: _NARROWEST <= file.width / file.height <= _WIDEST),
        "Crop the picture to a ratio between 1:2 and 1.89:1.",
        _FEED,
        required=False,
    ),
)
