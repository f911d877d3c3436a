"""The few words a page says by itself, in the reader's language."""

# ruff: noqa: RUF001 - words of other scripts look like Latin letters to the rule; they are meant.

from dataclasses import dataclass

_NUMERIC = tuple(f"{month:02d}" for month in range(1, 13))


def _months(names: str) -> tuple[str, ...]:
    return tuple(names.split())


@dataclass(frozen=True)
class Labels:
    """`date` is a format over `d`, `m`, `y` and `month`, the month's name."""

    language: str
    direction: str
    by: str
    published: str
    updated: str
    correction: str
    update: str
    author: str
    topics: str
    formats: str
    skip: str
    withdrawn: str
    withdrawn_text: str
    rights: str
    no_stories: str
    date: str = "{y}-{month}-{d:02d}"
    months: tuple[str, ...] = _NUMERIC

    @property
    def comma(self) -> str:
        """What stands between a date and its hour."""
        return "\u060c" if self.language in ("ar", "fa", "ur") else "" if self.language in ("ja", "zh", "ko") else ","


# fmt: off
_ALL = (
    Labels("en", "ltr", "By", "Published", "Updated", "Correction", "Update", "About the author", "Topics",
           "This story in other formats", "Skip to the story", "Story withdrawn",
           "This story has been withdrawn and is no longer available.", "All rights reserved.",
           "No stories yet.", "{d} {month} {y}",
           _months("January February March April May June July August September October November December")),
    Labels("de", "ltr", "Von", "Veröffentlicht", "Aktualisiert", "Korrektur", "Aktualisierung",
           "Über die Autorin, den Autor", "Themen", "Dieser Artikel in anderen Formaten", "Zum Artikel",
           "Artikel zurückgezogen",
           "Dieser Artikel wurde zurückgezogen und ist nicht mehr verfügbar.", "Alle Rechte vorbehalten.",
           "Noch keine Artikel.",
           "{d}. {month} {y}",
           _months("Januar Februar März April Mai Juni Juli August September Oktober November Dezember")),
    Labels("fr", "ltr", "Par", "Publié le", "Mis à jour le", "Rectificatif", "Mise à jour",
           "À propos de l’auteur", "Sujets",
           "Cet article dans d’autres formats", "Aller à l’article", "Article retiré",
           "Cet article a été retiré et n’est plus disponible.", "Tous droits réservés.",
           "Aucun article pour le moment.", "{d} {month} {y}",
           _months("janvier février mars avril mai juin juillet août septembre octobre novembre décembre")),
    Labels("es", "ltr", "Por", "Publicado", "Actualizado", "Corrección", "Actualización", "Sobre el autor", "Temas",
           "Este artículo en otros formatos", "Ir al artículo", "Artículo retirado",
           "Este artículo ha sido retirado y ya no está disponible.", "Todos los derechos reservados.",
           "Todavía no hay artículos.",
           "{d} de {month} de {y}",
           _months("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre")),
    Labels("it", "ltr", "Di", "Pubblicato", "Aggiornato", "Correzione", "Aggiornamento", "L’autore", "Argomenti",
           "Questo articolo in altri formati", "Vai all’articolo", "Articolo ritirato",
           "Questo articolo è stato ritirato e non è più disponibile.", "Tutti i diritti riservati.",
           "Ancora nessun articolo.", "{d} {month} {y}",
           _months("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre")),
    Labels("pt", "ltr", "Por", "Publicado", "Atualizado", "Correção", "Atualização", "Sobre o autor", "Temas",
           "Este artigo noutros formatos", "Ir para o artigo", "Artigo retirado",
           "Este artigo foi retirado e já não está disponível.", "Todos os direitos reservados.",
           "Ainda não há artigos.",
           "{d} de {month} de {y}",
           _months("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro")),
    Labels("nl", "ltr", "Door", "Gepubliceerd", "Bijgewerkt", "Correctie", "Update", "Over de auteur", "Onderwerpen",
           "Dit artikel in andere vormen", "Naar het artikel", "Artikel ingetrokken",
           "Dit artikel is ingetrokken en niet langer beschikbaar.", "Alle rechten voorbehouden.",
           "Nog geen artikelen.", "{d} {month} {y}",
           _months("januari februari maart april mei juni juli augustus september oktober november december")),
    Labels("ru", "ltr", "Автор:", "Опубликовано", "Обновлено", "Исправление", "Обновление", "Об авторе", "Темы",
           "Эта статья в других форматах", "Перейти к статье", "Статья отозвана",
           "Эта статья отозвана и больше не доступна.", "Все права защищены.",
           "Пока нет статей.", "{d} {month} {y}",
           _months("января февраля марта апреля мая июня июля августа сентября октября ноября декабря")),
    Labels("ar", "rtl", "بقلم", "نُشر في", "حُدّث في", "تصحيح", "تحديث", "عن الكاتب", "موضوعات",
           "هذا المقال بصيغ أخرى", "انتقل إلى المقال", "سُحب المقال",
           "سُحب هذا المقال ولم يعد متاحًا.", "جميع الحقوق محفوظة.",
           "لا توجد مقالات بعد.", "{d} {month} {y}",
           _months("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر")),
    Labels("he", "rtl", "מאת", "פורסם", "עודכן", "תיקון", "עדכון", "על הכותב", "נושאים",
           "הכתבה בתבניות נוספות", "דילוג לכתבה", "הכתבה הוסרה",
           "כתבה זו הוסרה ואינה זמינה עוד.", "כל הזכויות שמורות.",
           "אין עדיין כתבות.", "{d} ב{month} {y}",
           _months("ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר")),
    Labels("fa", "rtl", "نویسنده:", "انتشار", "به‌روزرسانی", "اصلاحیه", "به‌روزرسانی", "درباره نویسنده", "موضوعات",
           "این مطلب در قالب‌های دیگر", "رفتن به مطلب", "مطلب پس گرفته شد",
           "این مطلب پس گرفته شده و دیگر در دسترس نیست.", "همه حقوق محفوظ است.",
           "هنوز مطلبی نیست."),
    Labels("ur", "rtl", "تحریر:", "شائع", "تازہ کاری", "تصحیح", "تازہ کاری", "مصنف کے بارے میں", "موضوعات",
           "یہ خبر دیگر صورتوں میں", "خبر پر جائیں", "خبر واپس لے لی گئی",
           "یہ خبر واپس لے لی گئی ہے اور اب دستیاب نہیں۔", "جملہ حقوق محفوظ ہیں۔",
           "ابھی کوئی خبر نہیں۔"),
    Labels("hi", "ltr", "लेखक:", "प्रकाशित", "अद्यतन", "सुधार", "अद्यतन", "लेखक के बारे में", "विषय",
           "यह लेख अन्य प्रारूपों में", "लेख पर जाएँ", "लेख वापस लिया गया",
           "यह लेख वापस ले लिया गया है और अब उपलब्ध नहीं है।", "सर्वाधिकार सुरक्षित।",
           "अभी कोई लेख नहीं।", "{d} {month} {y}",
           _months("जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर")),
    Labels("ja", "ltr", "文:", "公開", "更新", "訂正", "更新", "筆者について", "トピック", "他の形式", "本文へ",
           "記事は取り下げられました", "この記事は取り下げられ、閲覧できません。", "無断転載を禁じます。",
           "記事はまだありません。",
           "{y}年{m}月{d}日"),
    Labels("zh", "ltr", "作者:", "发布", "更新", "更正", "更新", "关于作者", "主题", "其他格式", "跳到正文",
           "报道已撤回", "本报道已撤回,不再提供。", "版权所有。",
           "暂无报道。", "{y}年{m}月{d}日"),
    Labels("ko", "ltr", "글:", "게시", "수정", "정정", "업데이트", "글쓴이 소개", "주제", "다른 형식", "본문으로",
           "기사가 철회되었습니다", "이 기사는 철회되어 더 이상 볼 수 없습니다.", "모든 권리 보유.",
           "아직 기사가 없습니다.",
           "{y}년 {m}월 {d}일"),
)
# fmt: on
_BY_LANGUAGE = {labels.language: labels for labels in _ALL}


def labels_for(*languages: str) -> Labels:
    """The labels of the first language (BCP 47) that has any; English else."""
    primary = (language.split("-")[0].lower() for language in languages)
    return next((_BY_LANGUAGE[tag] for tag in primary if tag in _BY_LANGUAGE), _BY_LANGUAGE["en"])
