"""Names of people, told from those of newspapers, agencies and desks by their shape."""

import re

from parsing.text.agencies import AGENCIES
from parsing.text.lines import is_cjk

LONGEST_NAME = 60
LONGEST_DESK = 5
"""Words of a desk's or an agency's name."""
_HANGUL = re.compile("[가-힣]")
_PARTICLE = r"(?:de|del|della|di|da|do|dos|das|van|von|der|den|la|le|el|al|bin|ibn|ter|ten|zu|y|e|af|av|Mc|O’|d’)"
_SIGNS = (
    "\u0300-\u036f\u0591-\u05c7\u064b-\u0670\u0900-\u0963\u0980-\u0dff"
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u200c\u200d"
)
"""What `\\w` leaves out: accents and points, the vowel signs of Indian scripts, Thai, Lao, Burmese, Khmer, joiners."""
_WORD = rf"(?:(?:[^\W\d_a-z]\.){{2,3}}|(?:[dl][’'])?[^\W\d_a-z][\w’'\-{_SIGNS}]*\.?)"
_NAME = re.compile(rf"{_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_WORD}){{1,4}}|{_WORD}")
NO_PERSON = re.compile(
    r"(?i)\b(?:agency|agencies|press|news|staff|desk|team|online|redaktion(?:en)?|rédaction|redacción|redazione|redactie"
    r"|redação|media|times|"
    r"post|guardian|gazette|tribune|herald|courier-\w+|chronicle|observer|telegraph|examiner|inquirer|newspapers?"
    r"|reuters|afp|dpa|wires?|service|bureau|editorial|reporters?|writers?|correspondents?)\b"
)
_PAPER_LAST = re.compile(
    r"(?:Courier|Journal|Record|Star|Sun|Mail|Echo|Bee|Globe|Mirror|Argus|Register|Ledger|Dispatch|Bulletin|Sentinel"
    r"|Network|Zeitung|Anzeiger|Kurier|Nachrichten|Tagblatt|Rundschau)"
)
"""Last words of newspapers' names that people bear as well."""
_FAMILY = re.compile(
    "(?:[王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許韩韓邓鄧冯馮曹彭曾肖蕭田董潘袁蔡蒋蔣"
    "余于杜叶葉程魏苏蘇吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范廖贾賈韦韋邹鄒孟熊秦邱江尹薛闫侯史陶黎贺賀顾顧郝龚龔邵钱錢严嚴戴汤湯]"
    "[\u4e00-\u9fff]{1,2}"
    "|(?:佐藤|鈴木|高橋|田中|伊藤|渡辺|渡邊|山本|中村|小林|加藤|吉田|山田|佐々木|山口|松本|井上|木村|斎藤|斉藤|清水|山崎|池田|橋本|阿部"
    "|石川|山下|中島|石井|小川|前田|岡田|長谷川|藤田|後藤|近藤|村上|遠藤|青木|坂本|福田|太田|西村|藤井|金子|岡本|藤原|三浦|中野|中川|原田"
    "|松田|竹内|小野|田村|中山|和田|石田|森田|上田|内田|柴田|酒井|宮崎|横山|高木|安藤|宮本|大野|小島|谷口|今井|工藤|高田|増田|丸山|杉山|村田"
    "|大塚|新井|小山|平野|藤本|河野|上野|野口|武田|松井|千葉|菅原|岩崎|久保|木下|佐野|野村|松尾|菊地|菊池|市川|杉本|古川|大西|島田|水野|桜井"
    "|高野|吉川|山内|西田|飯田|西川|小松|北村|安田|川口|平田|中田|服部|岩田|土屋|川崎|福島|本田|樋口|秋山|田口|永井|山中|中西|吉村|川上|石原"
    "|大橋|松岡|浜田|馬場|森本) ?[\u3041-\u30ff\u4e00-\u9fff々]{1,3}"
    "|[김이박최정강조윤장임한오서신권황안송류전홍][가-힣]{2})"
)
"""Frequent family names before one to three characters: short titles are written without a space as well."""
_SURNAME = re.compile(r"(?P<first>[^\W\d_a-z][\w’'-]+) (?:(?:[^\W\d_a-z]\.|[^\W\d_a-z][\w’'-]+) )?(?:Press|Post)")
_PAPER = re.compile(
    r"Aberdeen|African|American|Anadolu|Arab|Asbury|Asian|Associated|Bangkok|Baptist|Bay|Birmingham|"
    r"Blog|Bristol|British|Canadian|Catholic|Central|Charleston|China|Cincinnati|City|County|Daily|"
    r"Denver|Detroit|Dhaka|Domestic|Eastern|Email|European|Evening|Facebook|Financial|Foreign|Free|"
    r"French|German|Global|Grand|Guest|Houston|Huffington|Instagram|International|Irish|Jakarta|"
    r"Jerusalem|Job|Kashmir|Kathmandu|Korea|Kurdistan|Lahore|Latest|Lincolnshire|Liverpool|Local|"
    r"Morning|National|Nepal|New|Newer|Next|Northern|Nottingham|Older|Phnom|Pittsburgh|Press|Previous|"
    r"Printing|Read|Regional|Related|Religion|Saturday|Savannah|Scottish|Share|Southern|Sponsored|"
    r"State|Sunday|The|Union|United|University|View|Washington|Weekly|Western|World|Yorkshire"
)
"""Words before it that make `Press` or `Post` a newspaper, an agency or a button, and no surname."""


def is_person(text: str) -> bool:
    """Whether the text has the shape of one person's name."""
    if text in AGENCIES or len(text) > LONGEST_NAME or text.startswith(("The ", "the ")):
        return False
    if NO_PERSON.search(text) and not has_surname_of_paper(text):
        return False
    return _NAME.fullmatch(text) is not None and (" " in text or is_cjk(text[0]) or _HANGUL.match(text) is not None)


def is_outlet(text: str) -> bool:
    """Whether a short line names a newspaper or a broadcaster, as pages set below the author: `Valley News`."""
    words = text.split()
    titled = 1 < len(words) <= LONGEST_DESK and all(word[0].isupper() for word in words)
    named = titled and not text.endswith((".", "?", "!"))
    return named and (NO_PERSON.search(words[-1]) is not None or _PAPER_LAST.fullmatch(words[-1]) is not None)


def is_full_name(text: str) -> bool:
    """Whether it is a person's first and last name; in East Asian script, a frequent family name and what follows."""
    eastern = is_cjk(text[:1]) or _HANGUL.match(text) is not None
    return is_person(text) and (_FAMILY.fullmatch(text) is not None if eastern else " " in text)


def has_surname_of_paper(text: str) -> bool:
    """Whether it is a name such as `Bill Press` or `Emily Post`, which newspapers share."""
    named = _SURNAME.fullmatch(text)
    return named is not None and _PAPER.fullmatch(named["first"]) is None
