import pytest

from parsing import Document, parse
from parsing.text.datelines import split_dateline, split_place


@pytest.mark.parametrize(
    ("opening", "place", "date", "source"),
    [
        ("ISLAMABAD (AP) — ", "ISLAMABAD", None, "AP"),
        ("BUENOS AIRES, Argentina (AP) _ ", "BUENOS AIRES, Argentina", None, "AP"),
        ("WASHINGTON, March 5 (Reuters) - ", "WASHINGTON", "March 5", "Reuters"),
        ("RIO DE JANEIRO, Feb 26 - ", "RIO DE JANEIRO", "Feb 26", None),
        ("PARIS, 5 mars (AFP) - ", "PARIS", "5 mars", "AFP"),
        ("Berlin (dpa) - ", "Berlin", None, "dpa"),
        ("Vale Frio, 12 de novembro de 2026 – ", "Vale Frio", "12 de novembro de 2026", None),
        ("SYDNEY, Sept 8 AAP - ", "SYDNEY", "Sept 8", "AAP"),
        ("LONDON — ", "LONDON", None, None),
        ("TOKYO, March 4, Kyodo - ", "TOKYO", "March 4", "Kyodo"),
        ("TOKYO, Kyodo - ", "TOKYO", None, "Kyodo"),
        ("TOKYO, Kyodo: ", "TOKYO", None, "Kyodo"),
        ("Paris, 21 jan 2019 (AFP) - ", "Paris", "21 jan 2019", "AFP"),
        ("Tokyo, March 4, Jiji Press: ", "Tokyo", "March 4", "Jiji Press"),
        ("LONDON, Reuters: ", "LONDON", None, "Reuters"),
        ("WASHINGTON, Reuters — ", "WASHINGTON", None, "Reuters"),
        ("London, 5 March 2026, Reuters: ", "London", "5 March 2026", "Reuters"),
        ("New Delhi, PTI: ", "New Delhi", None, "PTI"),
        ("ISLAMABAD, March 4 (APP): ", "ISLAMABAD", "March 4", "APP"),
        ("ATLANTA (AP) _ ", "ATLANTA", None, "AP"),
        ("ST. LOUIS (AP) — ", "ST. LOUIS", None, "AP"),
        ("LONDON/PARIS, May 4 (Reuters) - ", "LONDON/PARIS", "May 4", "Reuters"),
        ("Paris, May 4, 2026 (AFP) - ", "Paris", "May 4, 2026", "AFP"),
        ("Zürich (sda). ", "Zürich", None, "sda"),
        ("Madrid, 4 may (EFE).- ", "Madrid", "4 may", "EFE"),
        ("(ANSA) - ROMA, 04 MAG - ", "ROMA", "04 MAG", "ANSA"),
        ("(ANSA) - Rome, October 11 - ", "Rome", "October 11", "ANSA"),
        ("SÃO PAULO, 4 de maio (Reuters) - ", "SÃO PAULO", "4 de maio", "Reuters"),
        ("МОСКВА, 4 мая. /ТАСС/. ", "МОСКВА", "4 мая.", "ТАСС"),
        ("МОСКВА, 4 мая - РИА Новости. ", "МОСКВА", "4 мая", "РИА Новости"),
        ("القاهرة 4 مايو (رويترز) - ", "القاهرة", "4 مايو", "رويترز"),
        ("القاهرة (رويترز) - ", "القاهرة", None, "رويترز"),
        ("Praha 4. května (ČTK) - ", "Praha", "4. května", "ČTK"),
        ("NEW DELHI: ", "NEW DELHI", None, None),
        ("Mumbai, May 4 (PTI) ", "Mumbai", "May 4", "PTI"),
        ("Jakarta, CNN Indonesia -- ", "Jakarta", None, "CNN Indonesia"),
        ("CHICAGO, Oct. 3, 2026 /PRNewswire/ -- ", "CHICAGO", "Oct. 3, 2026", "PRNewswire"),
        ("LONDON--(BUSINESS WIRE)--", "LONDON", None, "BUSINESS WIRE"),
        ("新华社北京5月4日电（记者张三）", "北京", "5月4日", "新华社"),
        ("【ワシントン時事】", "ワシントン", None, "時事"),
        ("（ワシントン＝田中太郎）", "ワシントン", None, None),
        ("(서울=연합뉴스) 김철수 기자 = ", "서울", None, "연합뉴스"),
        ("[정읍=새벽신문] 김철수 기자 = ", "정읍", None, "새벽신문"),
        ("Arvaux (France), 12 sept 2025 (AFP) - ", "Arvaux (France)", "12 sept 2025", "AFP"),
        ("MURMANSK, November 6. /TASS/. ", "MURMANSK", "November 6", "TASS"),
        ("Makassar (ANTARA) - ", "Makassar", None, "ANTARA"),
        ("رشت (ایرنا) - ", "رشت", None, "ایرنا"),
        ("Obermatt SZ (sda) ", "Obermatt SZ", None, "sda"),
        ("BALIKESİR (AA) - EMRE DURUKAN - ", "BALIKESİR", None, "AA"),
    ],
)
def test_a_dateline_is_split_from_the_first_paragraph(
    opening: str, place: str, date: str | None, source: str | None
) -> None:
    split = split_dateline(f"{opening}The minister resigned on Tuesday.")
    assert split is not None
    assert (split.dateline.place, split.dateline.date, split.dateline.source) == (place, date, source)
    assert split.rest == "The minister resigned on Tuesday."


@pytest.mark.parametrize(
    ("opening", "byline"),
    [
        ("(서울=연합뉴스) 김철수 기자 = ", "김철수 기자"),
        ("BALIKESİR (AA) - EMRE DURUKAN - ", "EMRE DURUKAN"),
        ("新华社北京5月4日电（记者张三）", "记者张三"),
        ("Berlin (dpa) - ", None),
    ],
)
def test_reporters_that_a_dateline_names_are_told(opening: str, byline: str | None) -> None:
    split = split_dateline(f"{opening}The minister resigned on Tuesday.")
    assert split is not None
    assert split.byline == byline


def test_reporters_in_the_dateline_are_the_authors() -> None:
    first = "[정읍=새벽신문] 김철수 기자 = 장관은 의회 표결에서 패배한 뒤 화요일에 사임했다."
    text = "\n\n".join(["장관이 사임했다", first, "후임은 다음 주에 정해진다."])
    (parsed,) = parse(Document("story.txt", text.encode()))
    assert [author.name for author in parsed.story.authors] == ["김철수"]
    assert parsed.story.body[0].text.startswith("장관은")


@pytest.mark.parametrize("opening", ["Gundremmingen - ", "Lhotka nad Orlicí – ", "London/Teheran - "])
def test_a_place_and_a_dash_open_a_whole_sentence(opening: str) -> None:
    split = split_dateline(f"{opening}The minister resigned on Tuesday after a vote in parliament.")
    assert split is not None
    assert split.dateline.place == opening.rstrip(" –-")


@pytest.mark.parametrize(
    "paragraph",
    [
        "Sir – Your report on the bypass says that it will save nine minutes a day.",
        "Harbour - The end of an era",
        "STORY_TIME: 1140 GMT is what the minister's desk had set.",
        "[사진=연합뉴스] 장관은 화요일에 사임했다.",
        "Schweizerische Depeschenagentur (sda) Die Ministerin trat zurück.",
    ],
)
def test_what_looks_like_a_place_alone_is_none(paragraph: str) -> None:
    assert split_dateline(paragraph) is None


@pytest.mark.parametrize(
    "paragraph",
    [
        "The minister — who lost a vote — resigned.",
        "Ada Byron (left) - the minister's deputy - resigned.",
        "The NATO (alliance) talks went on.",
        "March 5 was a Tuesday - and a long one.",
        "EXCLUSIVE: The minister will resign.",
        "WATCH: The minister resigns.",
        "ANALYSIS: The end of an era.",
        "Berlin. The word alone still raises pulses.",
        "Monday (and Tuesday). The shop is closed.",
    ],
)
def test_prose_with_dashes_and_brackets_has_no_dateline(paragraph: str) -> None:
    assert split_dateline(paragraph) is None


@pytest.mark.parametrize(
    "line", ["Jane Smith, AFP: Minister, will you resign?", "Photo, AP: the quay", "Update, Reuters: x"]
)
def test_a_person_or_a_label_before_an_agency_is_no_dateline(line: str) -> None:
    assert split_dateline(line) is None


SENTENCE = "Ada Byron zieht den Hebel, dann setzt sich der kleine Zug in Bewegung."


@pytest.mark.parametrize(
    ("opening", "others", "place"),
    [
        ("Altenwiek. ", "In Altenwiek endet nach 130 Jahren der Torfabbau.", "Altenwiek"),
        ("Bad Altenwiek. ", "Der Verein aus Bad Altenwiek sammelt Geld.", "Bad Altenwiek"),
        ("ALTENWIEK. ", "Das Torfwerk Altenwiek schließt.", "ALTENWIEK"),
        ("Altenwiek. ", "Der Torfabbau endet nach 130 Jahren.", None),
        ("Stille. ", "In Stille wartet das Dorf, und die Stille hält an.", None),
        ("Vorbei. ", "Der Torfabbau ist vorbei.", None),
    ],
)
def test_a_place_with_a_full_stop_is_a_dateline_where_the_text_names_it_again(
    opening: str, others: str, place: str | None
) -> None:
    split = split_place(opening + SENTENCE, others)
    assert (split and split.dateline.place) == place
    assert split is None or split.rest == SENTENCE
