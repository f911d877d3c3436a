import pytest

from parsing.text.credits import credit_of, split_tail


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Los Angeles Times via Getty Images", "Los Angeles Times via Getty Images"),
        ("AFP/Getty", "AFP/Getty"),
        ("ADA BYRON POUR « LE COURRIER »", "ADA BYRON POUR « LE COURRIER »"),
        ("REUTERS/Ada Byron", "REUTERS/Ada Byron"),
        ("REUTERS/Ada Byron/File Photo", "REUTERS/Ada Byron/File Photo"),
        ("(AP Photo/Ada Byron)", "AP Photo/Ada Byron"),
        ("(Ada Byron/The Daily Planet via AP)", "Ada Byron/The Daily Planet via AP"),
        ("Photo: Ada Byron / Keystone", "Ada Byron / Keystone"),
        ("Photo by Ada Byron/Getty Images", "Ada Byron/Getty Images"),
        ("Foto: Ada Byron (REUTERS)", "Ada Byron (REUTERS)"),
        ("Bildquelle: picture alliance / Ada Byron", "picture alliance / Ada Byron"),
        ("Crédit photo : Ada Byron", "Ada Byron"),
        ("© 2024 picture alliance/dpa", "picture alliance/dpa"),
        ("Courtesy of Ada Byron", "Ada Byron"),
        ("Illustration by Ada Byron", "Ada Byron"),
        ("Handout", "Handout"),
        ("MUKHTAR KHAN / AP", "MUKHTAR KHAN / AP"),
        ("Pablo Ruiz | AFP | Getty Images", "Pablo Ruiz | AFP | Getty Images"),
        ("Handout/City Police/AFP via Getty Images", "Handout/City Police/AFP via Getty Images"),
        ("Ada Byron/via Reuters", "Ada Byron/via Reuters"),
        ("Handout via REUTERS", "Handout via REUTERS"),
        ("U.S. Army/Handout via REUTERS", "U.S. Army/Handout via REUTERS"),
        ("Handout photo", "Handout photo"),
        ("Copyright Ada Byron", "Copyright Ada Byron"),
        ("IMAGE SOURCE, GETTY IMAGES", "GETTY IMAGES"),
        ("Credit...Ada Byron/The Daily Planet", "Ada Byron/The Daily Planet"),
        ("Mandatory credit: Ada Byron", "Ada Byron"),
        ("Photo AFP", "Photo AFP"),
        ("AFP PHOTO / ADA BYRON", "AFP PHOTO / ADA BYRON"),
        ("Ada Byron (AFP)", "Ada Byron (AFP)"),
        ("Ada Byron, The Associated Press", "Ada Byron, The Associated Press"),
        ("Ada Byron, Globe Staff", "Ada Byron, Globe Staff"),
        ("Ada Byron/Staff", "Ada Byron/Staff"),
        ("Staff photo by Ada Byron", "Staff photo by Ada Byron"),
        ("US Navy photo by Ada Byron", "US Navy photo by Ada Byron"),
        ("(AAP: Ada Byron)", "AAP: Ada Byron"),
        ("(ABC News: Ada Byron)", "ABC News: Ada Byron"),
        ("THE CANADIAN PRESS/Ada Byron", "THE CANADIAN PRESS/Ada Byron"),
        ("NASA/JPL-Caltech", "NASA/JPL-Caltech"),
        ("Screenshot: YouTube", "YouTube"),
        ("Foto di Ada Byron", "Foto di Ada Byron"),
        ("Foto Ada Byron", "Foto Ada Byron"),
        ("Fot. Ada Byron / Agencja Dolina", "Fot. Ada Byron / Agencja Dolina"),
        ("File Photo by Ada Byron/UPI", "Ada Byron/UPI"),
        ("（c）AFP/Ada Byron", "AFP/Ada Byron"),
        ("사진=연합뉴스", "연합뉴스"),
        ("REUTERS/Ada Byron Purchase Licensing Rights, opens new tab", "REUTERS/Ada Byron"),
        ("Снимка: БТА", "БТА"),
        ("Φωτογραφία: Ada Byron", "Ada Byron"),
        ("Fotó: Ada Byron", "Ada Byron"),
        ("ภาพ: วิชัย ทองสุข", "วิชัย ทองสุข"),
        ("Ada Byron/The Tidewater Post", "Ada Byron/The Tidewater Post"),
        ("Ada Byron, Harbour Herald Network", "Ada Byron, Harbour Herald Network"),
        ("Beeld Ada Byron", "Beeld Ada Byron"),
        ("Fot. Ada Byron / PAP", "Fot. Ada Byron / PAP"),
        ("Фото: Иван Петров / ТАСС", "Иван Петров / ТАСС"),
        ("（写真：ロイター）", "ロイター"),
        ("AP＝共同", "AP＝共同"),
        ("新华社记者 张三 摄", "新华社记者 张三 摄"),
        ("圖／路透", "路透"),
        ("[사진=뉴시스]", "뉴시스"),
        ("(رويترز)", "رويترز"),
    ],
)
def test_a_line_of_its_own_in_an_agency_s_form_is_a_credit(line: str, credit: str) -> None:
    found = credit_of(line)
    assert found is not None
    assert found.text == credit


@pytest.mark.parametrize(
    "line",
    [
        "An official told the Associated Press.",
        "The photo was taken by Reuters on Friday, officials said.",
        "© 2024 Daily Planet. All rights reserved.",
        "Minister resigns after vote",
        "Ada Byron",
        "The image of the city has changed.",
        "Photo finish in the derby",
        "Copyright law reform delayed again",
        "Bild-Zeitung startet neu",
        "Handout-Debatte",
        "Reuters: Minister resigns",
        "Credit card fees rise",
        "Image caption, the minister leaves",
    ],
)
def test_copy_and_page_footers_are_no_credits(line: str) -> None:
    assert credit_of(line) is None


def test_a_label_is_kept_apart_from_the_credit() -> None:
    found = credit_of("Image credit: Ada Byron")
    assert found is not None
    assert (found.text, found.label) == ("Ada Byron", "Image credit: ")


def test_a_sign_and_year_stay_in_the_copyright_line() -> None:
    found = credit_of("© 2024 Ada Byron / AFP")
    assert found is not None
    assert (found.text, found.copyright) == ("Ada Byron / AFP", "© 2024 Ada Byron / AFP")


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("A minister leaves. (AP Photo/Ada Byron)", "A minister leaves.", "AP Photo/Ada Byron"),
        ("A minister leaves. REUTERS/Ada Byron", "A minister leaves.", "REUTERS/Ada Byron"),
        ("A minister leaves. Photo: Ada Byron", "A minister leaves.", "Ada Byron"),
        ("A minister leaves © Ada Byron", "A minister leaves", "Ada Byron"),
    ],
)
def test_a_credit_at_the_end_of_a_caption_is_split_off(line: str, caption: str, credit: str) -> None:
    found = split_tail(line)
    assert found is not None
    assert (found[0], found[1].text) == (caption, credit)


def test_an_agency_as_a_source_at_the_end_of_a_sentence_is_copy() -> None:
    assert split_tail("The vote was close. The minister told Reuters.") is None


def test_brackets_of_chinese_and_japanese_set_off_a_credit_too() -> None:
    found = split_tail("待合室のこたつに入る高校生たち＝14日、北海道（山田花子撮影）")
    assert found is not None
    assert (found[0], found[1].text) == ("待合室のこたつに入る高校生たち＝14日、北海道", "山田花子撮影")


@pytest.mark.parametrize("line", ["<저작권자 ⓒ 골짜기일보, 무단 전재 및 재배포 금지>", "© Riproduzione riservata"])
def test_who_holds_the_rights_in_the_text_took_no_picture(line: str) -> None:
    assert credit_of(line) is None
    assert split_tail(line) is None


def test_a_label_is_no_caption() -> None:
    assert split_tail("COPYRIGHT © ANTARA 2025") is None


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("극장은 1955년 문을 열었다. 사진=연합뉴스", "극장은 1955년 문을 열었다.", "연합뉴스"),
        ("극장은 1955년 문을 열었다. /뉴스1", "극장은 1955년 문을 열었다.", "뉴스1"),
        ("The cinema in 1955. File Photo by Ada Byron/UPI", "The cinema in 1955.", "Ada Byron/UPI"),
        ("电影院于1955年开业。新华社记者 周文 摄", "电影院于1955年开业。", "新华社记者 周文 摄"),
    ],
)
def test_a_sentence_before_the_credit_is_the_caption(line: str, caption: str, credit: str) -> None:
    assert credit_of(line) is None
    found = split_tail(line)
    assert found is not None
    assert (found[0], found[1].text) == (caption, credit)


def test_a_name_in_capitals_behind_a_slash_ends_a_caption() -> None:
    tail = split_tail("Dos salineros junto a la balsa mayor. / ADA BYRON")
    assert tail
    assert (tail[0], tail[1].text) == ("Dos salineros junto a la balsa mayor.", "ADA BYRON")
