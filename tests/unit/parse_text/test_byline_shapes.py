"""The lines between headline and text, as newsrooms of twenty languages set them: who wrote it, where, when."""

import pytest

from parsing import Document, parse

PARAGRAPHS = (
    "The only cinema in the valley will close on Sunday after 71 years, its owner said on Thursday.",
    "He has sold the projector to a collector in Portugal and the seats to a chapel.",
)


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ("Ada Byron\nStaff Writer\nThe Valley Post", ["Ada Byron"]),
        ("Door: Redactie Sport", []),
        ("Text: Ada Byron Bilder: Bo Yi", ["Ada Byron"]),
        ("Servizio di Ada Byron", ["Ada Byron"]),
        ("Ada Byron | Valley Courier", ["Ada Byron"]),
        ("Ada Byron, Bo Yi and Ida Lund\nValley Herald", ["Ada Byron", "Bo Yi", "Ida Lund"]),
        ("Ada Byron and Bo Yi\nUpdated 15:20 GMT", ["Ada Byron", "Bo Yi"]),
        ("Court Reporter Ada Byron\n12:01, 8 OCT 2025", ["Ada Byron"]),
        ("Interview: Ada Byron", ["Ada Byron"]),
        ("Na Ada Byron", ["Ada Byron"]),
        ("林佳穎／台南報導\n2025-06-18 07:40", ["林佳穎"]),
        ("山本良子\n2026年3月5日", ["山本良子"]),
        ("BY ADA BYRON ASSOCIATED PRESS", ["ADA BYRON"]),
        ("By Ada Byron Senior Reporter\n08:00, 5 MAR 2026", ["Ada Byron"]),
        ("Ada Byron\nBusiness reporter, Valley News", ["Ada Byron"]),
        ("ByAda ByronLocal Democracy Reporter", ["Ada Byron"]),
        (
            "By Ada Byron | abyron@valley.example | Valley Media Group\nPUBLISHED: March 5, 2026 at 8:00 AM",
            ["Ada Byron"],
        ),
        ("By Ada Byron and Bo Yi, Valley Post", ["Ada Byron", "Bo Yi"]),
        ("EXCLUSIVE by Ada Byron, Political Editor", ["Ada Byron"]),
        ("Von Ada Byron (Text) und Bo Yi (Fotos)", ["Ada Byron", "Bo Yi"]),
        ("Von ADA BYRON, MÜNCHEN\nAktualisiert am 05.03.2026 - 08:00", ["ADA BYRON"]),
        ("Par Ada Byron (Lyon, correspondante)\nPublié le 05 mars 2026 à 08h00", ["Ada Byron"]),
        ("Ada Byron avec AFP\nLe 05/03/2026 à 08:00", ["Ada Byron"]),
        ("Propos recueillis par Ada Byron", ["Ada Byron"]),
        ("dal nostro inviato Ada Byron", ["Ada Byron"]),
        ("Van onze verslaggever Ada Byron", ["Ada Byron"]),
        ("Por Ada Byron, g1 Vale\n05/03/2026 08h00", ["Ada Byron"]),
        ("Af Ada Byron 5. mar. 2026 kl. 08.00", ["Ada Byron"]),
        ("Ada Byron, oprac. Bo Yi\n05.03.2026 08:00", ["Ada Byron", "Bo Yi"]),
        ("Dnes 8:00 | Ada Byron", ["Ada Byron"]),
        ("De Ada Byron\nPublicat: 05.03.2026, 08:00", ["Ada Byron"]),
        ("Ada Byron\nGiriş Tarihi: 05.03.2026 08:00 Son Güncelleme: 05.03.2026 09:15", ["Ada Byron"]),
        ("القاهرة - رشا كمال\nنشر في: الخميس 5 مارس 2026 - 8:00 ص", ["رشا كمال"]),
        ("Рута Калина — 5 березня, 08:00", ["Рута Калина"]),
        ("2026-03-05 08:00 来源：山谷晚报 作者：周文", ["周文"]),
        ("记者 周文 实习生 李明", ["周文", "李明"]),
        ("Ada Byron, Wien\n5. März 2026, 8:00 Uhr", ["Ada Byron"]),
        ("Share\nSave\nAda Byron\nValley News", ["Ada Byron"]),
        ("Rüya Kaloğlu\nGüncelleme: 05.03.2026 08:00\nHaberi Paylaş", ["Rüya Kaloğlu"]),
        ("The parish will miss it. Or so it says.\n\nAda Byron/TT\n\nPublicerad 14:32, 9 november 2025", ["Ada Byron"]),
        ("Edited By: अनिता वर्मा | नई दिल्ली | Published on: 05 Mar 2026, 08:00 AM (IST)", ["अनिता वर्मा"]),
    ],
)
def test_the_author_is_found(head: str, names: list[str]) -> None:
    text = "\n\n".join(["Last cinema in the valley to close on Sunday", head, *PARAGRAPHS])
    (parsed,) = parse(Document("story.txt", text.encode()))
    assert [author.name for author in parsed.story.authors] == names
    assert [block.text for block in parsed.story.body] == list(PARAGRAPHS)


@pytest.mark.parametrize("line", ["Die Fragen stellte Ada Byron.", "Propos recueillis par Ada Byron"])
def test_who_asked_the_questions_is_the_author(line: str) -> None:
    text = "\n\n".join(["Last cinema in the valley to close on Sunday", *PARAGRAPHS, line])
    (parsed,) = parse(Document("story.txt", text.encode()))
    assert [author.name for author in parsed.story.authors] == ["Ada Byron"]
    assert [block.text for block in parsed.story.body] == list(PARAGRAPHS)


@pytest.mark.parametrize(
    ("opening", "names"),
    [
        ("（记者 林知远）", ["林知远"]),
        ("（记者林知远）", ["林知远"]),
        ("（本报记者 林知远 王明）", ["林知远", "王明"]),
        ("【本報記者：林知遠】", ["林知遠"]),
    ],
)
def test_reporters_in_brackets_open_a_chinese_paragraph(opening: str, names: list[str]) -> None:
    copy = "昨日凌晨，青溪村的百年石桥被整体平移三十米，为新水渠让路。石桥建于1911年，长十八米。"
    story = parse(Document("bridge.txt", f"百年石桥搬家三十米\n{opening}{copy}".encode()))[0].story
    assert [author.name for author in story.authors] == names
    assert story.byline == opening
    assert [block.text for block in story.body] == [copy]


def test_where_the_author_is_stands_between_name_and_time() -> None:
    lines = "The cinema will close\n\nAda Byron\nValencia\n10 Apr 2025 - 05:30\n\n" + "\n\n".join(PARAGRAPHS)
    story = parse(Document("cinema.txt", lines.encode()))[0].story
    assert [(author.name, author.location) for author in story.authors] == [("Ada Byron", "Valencia")]


@pytest.mark.parametrize("name", ["Ada Byron", "Thanh Hà", "（山本良子）", "(Ada Byron)"])
def test_a_name_below_the_last_paragraph_signs_the_text(name: str) -> None:
    lines = "The cinema will close\n\n" + "\n\n".join((*PARAGRAPHS, name))
    story = parse(Document("cinema.txt", lines.encode()))[0].story
    assert [author.name for author in story.authors] == [name.strip("()（）")]


def test_a_name_that_the_text_tells_of_does_not_sign_it() -> None:
    told = "“I shall miss the smell of the carpet,” said Ada Byron, who sold the tickets for forty years."
    lines = "The cinema will close\n\n" + "\n\n".join((*PARAGRAPHS, told, "Ada Byron"))
    assert not parse(Document("cinema.txt", lines.encode()))[0].story.authors


def test_the_name_below_a_caption_is_no_second_author() -> None:
    head = "The cinema will close\n\nAda Byron\nPublished 3 May 2025\n\nThe screen on its last evening\nBo Yi\n\n"
    story = parse(Document("cinema.txt", (head + "\n\n".join(PARAGRAPHS)).encode()))[0].story
    assert [author.name for author in story.authors] == ["Ada Byron"]
