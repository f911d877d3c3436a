"""What on a page is no copy, by element, by class name and by wording."""

import re

from lxml.html import HtmlElement

TAGS = {
    "nav": "navigation",
    "footer": "page footer",
    "aside": "sidebar",
    "form": "form",
    "button": "button",
    "menu": "navigation",
    "dialog": "dialog",
}
ROLES = {
    "navigation": "navigation",
    "complementary": "sidebar",
    "search": "form",
    "contentinfo": "page footer",
    "dialog": "dialog",
}
CLASSES = {
    "comment": r"\bcomments?\b|commentlist|comment-|disqus|respond\b",
    "related link": r"""related|recommend|read-?more|more-?(?:stories|news|from|on|articles)|most-?(?:read|popular
        |viewed)
        |popular|trending|also-?(?:read|like)|see-?also|teaser|outbrain|taboola|further-?reading|next-?article
        |topstories|latest-?news|read-?next""",
    "newsletter prompt": r"newsletter|subscri|sign-?up|paywall-\w+|piano|regwall|membership|donat(?:e|ion)|register-",
    "share link": r"\bshar(?:e|ing)|social|follow-?us|addthis|sharedaddy|whatsapp|messenger",
    "advertisement": r"\bads?\b|\bad-|-ad\b|advert|sponsor|promo|commercial|banner|affiliate|\bdfp\b",
    "navigation": r"""breadcrumb|\bmenu|navigation|\bnav\b|\bnav-|navbar|pagination|pager\b|site-?header|masthead
        |skip-?link|toolbar|tabs\b""",
    "tag list": r"""(?<![\w-])tags?(?![\w-])|tag-?list|taglinks|topics?-list|keywords|cat-links|post-?meta
        |entry-?meta|article-?meta
        |\bmeta\b""",
    "notice of the site": r"""cookie|consent|gdpr|disclaimer|copyright|legal|trust-?project|\bmodal|popup|overlay
        |tooltip
        |\bsr-only|visually-?hidden|screen-?reader""",
    "page furniture": r"""(?<!has-)(?<!no-)(?<!with-)sidebar(?!-(?:grid|layout|right|left|none))|widget|footer
        |fact-?box|infobox|(?<![\w-])toc(?![\w-])|table-of-contents|print-?only|player
        |gallery-nav
        |poll\b|timeline-nav|feedback""",
}
WORDING = {
    "related link": r"""^(?:read\ (?:more|also|next|:)|more\ (?:on|from|stories)\b|see\ also|also\ read
        |don['\u2019]t\ miss
        |related(?:\ (?:articles?|stories|topics|content|coverage|news|links))?\b.{0,80}$|recommended
        |you\ may\ also\ like
        |explore\ more|trending|most\ read|keep\ reading$|watch\s?[:|]|listen\s?[:|]|auch\ interessant$|weitere\ \w+$
        |(?:das\ )?könnte\ (?:sie|dich)\ auch|passend\ dazu|mehr\ (?:dazu|zum)\b|newsblog:|sur\ le\ même\ sujet
        |te\ puede\ interesar|más\ información$|para\ saber\ más|vedi\ anche|lue\ myös|weitere\ informationen$
        |lesen\ sie\ (?:auch|mehr)|mehr\ zum\ thema
        |(?:à\ )?lire\ aussi|lee\ también|leggi\ anche|lees\ ook|läs\ också|les\ også|leia\ (?:mais|também))""",
    "newsletter prompt": r"""^(?:sign\ up|subscribe|get\ (?:the|our)\ .{0,60}(?:newsletter|inbox|email)
        |join\ (?:our|the)\ .{0,60}(?:newsletter|channel|whatsapp)|support\ .{0,40}journalism
        |download\ (?:the|our)\ .{0,30}app|newsletter\b|register\ (?:for|to)|click\ here\ to|log\ in|sign\ in
        |already\ a\ subscriber|stay\ up\ to\ date\b.{0,120}(?:newsletter|whatsapp|app)\b
        |.{0,100}\b(?:by\ )?sign(?:ing)?\ up\b.{0,40}\bnewsletters?\b.{0,40}$
        |you\ can\ find\ this\ story\ in\ (?:my|your)\b
        |this\ content\ is\ reserved|create\ an\ account|click\ here\ to\ get|check\ out\ more
        |.{0,20}(?:会員限定|有料会員|無料登録|会員登録|読み放題))""",
    "notice of the feed": r"""^the\ post\ .{3,160}\ (?:appeared\ first|first\ appeared)\ on\ .{2,80}$
        |^(?:the\ )?(?:article|story)\ .{0,120}(?:appeared\ first|first\ appeared)\ on\ .{2,80}$""",
    "share link": r"""^(?:share(?:\ (?:this|the|current|article|on|via|with)\b.{0,60})?|follow\ (?:us|@).{0,80}
        |tweet|facebook|twitter|whatsapp
        |email|copy\ link|link\ copied!?|print|teilen|partager|compartir|condividi|delen)$""",
    "advertisement": r"""^(?:advertisement|ad|anzeige|werbung|publicité|publicidad|pubblicità|advertentie
        |sponsored(?:\ content)?|promoted|(?:story|article)\ continues\ (?:after|below).{0,40}|continue\ reading.{0,40}
        |continues\ below.{0,20})$""",
    "notice of the site": r"""^(?:©|copyright\ ©|\(c\)\ ?\d{4}|all\ rights\ reserved|skip\ to|loading
        |this\ (?:site|article|page)\ (?:uses|contains|may\ contain)\ (?:cookies|affiliate)|please\ enable\ javascript
        |your\ browser\ does\ not\ support|to\ view\ this\ (?:video|content)\ please
        |ein\ klick\ für\ den\ datenschutz)""",
    "comment": r"^(?:\d*\ ?comments?|(?:leave|post|view|show)\ (?:a\ )?(?:comments?|reply)|kommentare?(?:\ \(\d+\))?)$",
    "tag list": r"""^(?:tags?|topics?|filed\ under|categories|posted\ in|in\ this\ article|themen|schlagworte
        |mots[-\ ]clés)\s*:?(?:\s.{0,120})?$""",
}
LONGEST_WORDING = 200
"""Characters of the longest prompt; what is longer is copy that begins like one."""


def reason_by_element(element: HtmlElement) -> str | None:
    """Why what this element holds is no copy, or None."""
    if reason := TAGS.get(str(element.tag)) or ROLES.get(element.get("role") or ""):
        return reason
    tokens = (element.get("class") or "").split()
    if "hidden" in tokens:
        return "hidden"
    if "hentry" in tokens or "type-post" in tokens:
        return None  # WordPress names an article after its tags and categories
    names = " ".join(filter(None, map(element.get, ("class", "id", "data-component")))).replace("_", "-")
    return next((reason for reason, pattern in _CLASSES if pattern.search(names)), None) if names else None


def reason_by_wording(text: str) -> str | None:
    """Why these words, a chunk by themselves, are no copy, or None."""
    if len(text) > LONGEST_WORDING:
        return None
    return next((reason for reason, pattern in _WORDING if pattern.search(text)), None)


def _compiled(table: dict[str, str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((reason, re.compile(pattern, re.IGNORECASE | re.VERBOSE)) for reason, pattern in table.items())


_CLASSES = _compiled(CLASSES)
_WORDING = _compiled(WORDING)
