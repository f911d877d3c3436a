"""The months by their names in newsrooms' languages, and the calendars that are not the Gregorian one.

Thai copy counts years of the Buddhist era, Persian copy days of the Solar Hijri year.
"""

from datetime import datetime, timedelta

_BY_LANGUAGE = {
    "Bengali": "জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
    "Bulgarian": "януари февруари март април май юни юли август септември октомври ноември декември",
    "Catalan": "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
    "Estonian": "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember",
    "Hungarian": "január február március április május június július augusztus szeptember október november december",
    "Icelandic": "janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember",
    "Indonesian": "januari februari maret april mei juni juli agustus september oktober november desember",
    "Latvian": "janvārī februārī martā aprīlī maijā jūnijā jūlijā augustā septembrī oktobrī novembrī decembrī",
    "Lithuanian": "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio",
    "Macedonian": "јануари февруари март април мај јуни јули август септември октомври ноември декември",
    "Serbian": "januara februara marta aprila maja juna jula avgusta septembra oktobra novembra decembra",
    "Serbian, Cyrillic": "јануара фебруара марта априла маја јуна јула августа септембра октобра новембра децембра",
    "Slovene": "januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra",
    "Swahili": "januari februari machi aprili mei juni julai agosti septemba oktoba novemba desemba",
    "Tamil": "ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்",
    "Thai": "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
    "Thai, short": "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.",
    "Urdu": "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
}

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero gennaio janeiro januari ene gen janv января stycznia ocak ינואר"
            " يناير ledna leden tammikuuta januára січня ianuarie ιανουαρίου जनवरी",
            "feb february februar février febrero febbraio fevereiro februari févr fevr февраля lutego şubat"
            " פברואר فبراير شباط února únor helmikuuta februára лютого februarie φεβρουαρίου फरवरी फ़रवरी",
            "mar march märz mars marzo março maart mär mrz марта marca mart מרץ مارس آذار března březen"
            " maaliskuuta березня martie μαρτίου मार्च maret",
            "apr april avril abril aprile avr abr апреля kwietnia nisan אפריל أبريل ابريل نيسان dubna duben"
            " huhtikuuta apríla квітня aprilie απριλίου अप्रैल",
            "may mai mayo maggio maio mei mag maj мая maja mayıs מאי مايو أيار května květen toukokuuta травня"
            " μαΐου μαίου मई",
            "jun june juni juin junio giugno junho giu июня czerwca haziran יוני يونيو حزيران června červen"
            " kesäkuuta júna червня iunie ιουνίου जून",
            "jul july juli juillet julio luglio julho juil lug июля lipca temmuz יולי يوليو تموز července"
            " červenec heinäkuuta júla липня iulie ιουλίου जुलाई",
            "aug august août agosto ago augustus augusti августа sierpnia ağustos אוגוסט أغسطس آب srpna srpen"
            " elokuuta серпня αυγούστου अगस्त",
            "sep sept september septembre septiembre settembre setembro set сентября września eylül ספטמבר سبتمبر"
            " أيلول září syyskuuta вересня septembrie σεπτεμβρίου सितंबर सितम्बर",
            "oct october oktober octobre octubre ottobre outubro okt ott out października октября ekim אוקטובר"
            " أكتوبر října říjen lokakuuta októbra жовтня octombrie οκτωβρίου अक्टूबर अक्तूबर",
            "nov november novembre noviembre novembro ноября listopada kasım נובמבר نوفمبر listopadu marraskuuta"
            " novembra листопада noiembrie νοεμβρίου नवंबर नवम्बर",
            "dec december dezember décembre diciembre dicembre dezembro dez déc dic desember декабря grudnia"
            " aralık דצמבר ديسمبر prosince prosinec joulukuuta decembra грудня decembrie δεκεμβρίου दिसंबर दिसम्बर",
        ),
        start=1,
    )
    for name in names.split()
} | {name: number for names in _BY_LANGUAGE.values() for number, name in enumerate(names.split(), start=1)}

SOLAR_HIJRI_MONTHS = {
    name: number
    for number, name in enumerate(
        ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"], start=1
    )
}
BUDDHIST_YEARS = range(2400, 2700)
BUDDHIST_ERA = 543
FIRST_LONG_MONTHS = 6
"""The first six months have 31 days, the others 30; the last has 29 in common years."""
LEAP_YEARS = frozenset((1, 5, 9, 13, 17, 22, 26, 30))
"""Within each 33 years, which holds from 1244 to 1502 (1865 to 2123)."""
CYCLE = 33
EPOCH = datetime(1925, 3, 21)  # noqa: DTZ001 - a day, in no zone
"""1 Farvardin 1304, the year in which Iran made this calendar its own."""
EPOCH_YEAR = 1304


def day_of(year: int, month: int, day: int) -> datetime:
    """The day at midnight, by the Gregorian calendar. A year of the Buddhist era is known by its number.

    Raises ValueError when there is no such day.
    """
    return datetime(year - BUDDHIST_ERA if year in BUDDHIST_YEARS else year, month, day)  # noqa: DTZ001 - the zone is found apart


def day_of_solar_hijri(year: int, month: int, day: int) -> datetime:
    """The Gregorian day of one of the Solar Hijri calendar, from 1304 (1925) to 1502 (2123).

    Raises ValueError when there is no such day.
    """
    length = 31 if month <= FIRST_LONG_MONTHS else 30 if month < 12 or _is_leap(year) else 29  # noqa: PLR2004 - months of a year
    if not (year >= EPOCH_YEAR and 1 <= day <= length):
        msg = f"{year}-{month}-{day} is no day of the Solar Hijri calendar."
        raise ValueError(msg)
    years = 365 * (year - EPOCH_YEAR) + sum(map(_is_leap, range(EPOCH_YEAR, year)))
    months = 30 * (month - 1) + min(month - 1, FIRST_LONG_MONTHS)
    return EPOCH + timedelta(days=years + months + day - 1)


def _is_leap(year: int) -> bool:
    return year % CYCLE in LEAP_YEARS
