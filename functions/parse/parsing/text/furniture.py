"""Page furniture: buttons, prompts, related lists, share bars, legal lines, time stamps; each with the reason it goes.

Each pattern has to take in the whole line or its unmistakable beginning, since its words also occur in copy.
"""

import re

from parsing.text.moments import MONTH, is_date_alone
from parsing.text.prompts import prompt_of
from parsing.text.stamps import is_stamp

LONGEST = 300
LONGEST_DATE = 60

TIME_STAMP = "time stamp"
RELATED = "related links"

_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_WHOLE: tuple[tuple[str, str], ...] = (
    (
        "navigation",
        (
            r"(?:back to|return to|go to|jump to|skip to|scroll to) (?:the )?(?:top|main|content|home"
            r"|navigation)\b.{0,30}"
            r"|(?:home|news|world|menu|search|close|next|previous|open|nach oben|zum inhalt springen"
            r"|zur startseite|startseite|menü|suche|retour en haut|aller au contenu|accueil|rechercher|fermer"
            r"|volver arriba|ir al contenido|inicio|buscar|cerrar|torna su|vai al contenuto|cerca|chiudi|наверх"
            r"|в начало|返回顶部"
            r"|回到頂部|トップへ戻る|ページトップへ|맨 위로|العودة إلى الأعلى|חזרה למעלה|naar boven|till toppen"
            r"|til toppen|do góry|yukarı|home\s*[/>›»].{1,80})"
        ),
    ),
    (
        "share bar",
        (
            r"(?:share|share this|share (?:on|via|to|this) .{1,40}|share (?:article|story|full article|options)"
            r"|tweet|tweet this|pin it|e-?mail|e-?mail this .{1,20}|print|print (?:this )?(?:article|page)"
            r"|copy link|link copied.?|save|save (?:article|for later|story)|bookmark|facebook|twitter|x"
            r"|whatsapp|linkedin|reddit|telegram|pinterest|instagram|youtube|messenger|flipboard|bluesky"
            r"|threads|tiktok|xing|pocket|line|vk|weibo|wechat|(?:(?:facebook|twitter|whatsapp|linkedin|reddit"
            r"|telegram|pinterest|e-?mail|print|instagram|bluesky|messenger)[\s,|·•/]*){2,}|teilen"
            r"|artikel teilen|drucken|merken|link kopieren|partager|partager (?:sur|l.article).{0,30}|imprimer"
            r"|enregistrer|compartir|compartir en .{1,20}|imprimir|guardar|condividi|stampa|salva|delen|dela"
            r"|del|udostępnij|paylaş|поделиться|分享|공유|シェア|مشاركة|שתף|(?:bu )?haberi paylaş|(?:기사 )?공유하기"
            r"|글자 ?크기.{0,20}|字号\s?[:：].{0,20}|分享到\s?[:：].{0,40}|シェアする|ツイートする|ブックマーク"
            r"|印刷(?:する)?"
            r"|deel dit artikel|bewaar|partilhar|spara artikel|jaa artikkeli|sdílet|megosztás|distribuie|κοινοποίηση"
            r"|ajouter à vos (?:sélections|favoris)|artikel anhören|écouter l.article|ouvir artigo|escuchar.{0,20}"
            r"|استمع (?:إلى|ل).{0,20}|desplegar redes sociales|ir a los comentarios)"
        ),
    ),
    (
        "comments",
        (
            r"(?:\d+\s+)?(?:comments?|kommentare?|commentaires?|comentarios?|commenti|reacties)(?:\s*\(?\d*\)?)?"
            r"|(?:leave|post|write|add|view|read|show|join) (?:a |the |your |all |\d+ )?(?:comments?"
            r"|conversation|reply)\b.{0,30}"
            r"|skomentuj.{0,10}|댓글\s?\d*|комментарии.{0,8}|yorum (?:yap|yaz)|评论.{0,6}|コメント(?:する)?|تعليقات"
            r"|no comments? yet.?|comments are closed.?|log in to comment.?|kommentar schreiben|reagir"
        ),
    ),
    (
        "advertisement",
        (
            r"(?:-+\s*)?(?:advertisements?|advertising|ad|ads|sponsored(?: content)?|promoted|paid (?:content"
            r"|post)|anzeige|werbung|publicité|publicidad|pubblicità|advertentie|annonse?|reklama?|реклама|広告"
            r"|广告|廣告|광고|إعلان|פרסומת|advertisement\s*[-–—:]?\s*(?:story|article|scroll|continue).{0,40}"
            r"|story continues below.{0,30}|article continues (?:below|after).{0,30}"
            r"|la suite après cette publicité|continua (?:depois|após|dopo) .{0,30}|dalsza część (?:artykułu"
            r"|tekstu) .{0,60}"
            r"|haberin devamı.{0,20}|artikeln fortsätter .{0,40}|artikkelen fortsetter .{0,40}"
            r"|tekst går videre .{0,30}"
            r"|después de la publicidad.{0,20}|der artikel geht .{0,40} weiter|weiter nach der (?:werbung|anzeige)"
            r"|scroll (?:down )?to continue.{0,30}|continue reading(?: below)?.{0,30}|remove ads?"
            r"|skip ad.{0,20})(?:\s*-+)?"
        ),
    ),
    (
        RELATED,
        (
            r"(?:(?:related|recommended|similar|more|further|latest|top|most|popular|trending"
            r"|also)\s+)?(?:related|recommended|articles?|stories|story|news|topics?|reading|links|content"
            r"|posts|videos?|coverage|read|viewed|popular|shared|headlines)(?:\s+(?:articles?|stories|news"
            r"|topics?|reading|now|today|for you|from .{2,30}|on this (?:story|topic)))?:?"
            r"|(?:read|see|watch|listen|find out) (?:more|also|next|this next)\b\s*[:.…]?.{0,140}"
            r"|(?:also|must) read\s*[:|].{0,140}"
            r"|(?:related|read|more|see also|watch|listen|video|gallery|photos|in pictures|explore|don.t miss"
            r"|you (?:may|might) (?:also )?(?:like|be interested in))\s*[:|]\s?.{0,160}"
            r"|more (?:from|on|about|in) .{2,60}|you (?:may|might) (?:also )?(?:like|be interested in).{0,20}"
            r"|up next.?|what to read next|trending now|most read|editor.s picks?|recommended for you"
            r"|mehr zum thema|lesen sie (?:auch|mehr|dazu).{0,140}|auch interessant.{0,100}"
            r"|das könnte sie auch interessieren.{0,20}|weitere artikel|verwandte (?:artikel|themen)"
            r"|[àa] lire (?:aussi|également).{0,140}|lire aussi.{0,140}|sur le même sujet|à voir aussi.{0,140}"
            r"|lea también.{0,140}"
            r"|le puede interesar.{0,100}|te puede interesar.{0,100}|más información.{0,100}"
            r"|noticias relacionadas|leggi anche.{0,140}|articoli correlati|lees ook.{0,140}"
            r"|läs (?:också|mer|även).{0,140}|les også.{0,140}|læs også.{0,140}"
            r"|czytaj (?:też|także|również|więcej).{0,140}|zobacz (?:też|także|również).{0,140}|ilgili haberler"
            r"|читайте также.{0,140}|相关新闻"
            r"|相关阅读|相關新聞|関連記事|あわせて読みたい|관련기사|اقرأ أيضا.{0,140}|اقرأ المزيد.{0,140}"
            r"|כתבות נוספות|קראו גם.{0,100}|διαβάστε (?:επίσης|ακόμα|περισσότερα).{0,140}|δείτε επίσης.{0,140}"
            r"|σχετικά άρθρα.{0,40}"
            r"|читайте (?:ещё|еще|також|по теме|далее).{0,140}|(?:прочетете|вижте) (?:още|също).{0,140}"
            r"|čtěte (?:také|též|dále).{0,140}|přečtěte si.{0,140}|mohlo by vás zajímat.{0,60}|čítajte (?:aj"
            r"|tiež).{0,140}"
            r"|olvass[ao]n? (?:el|tovább|még).{0,140}|kapcsolódó (?:cikk\w*|tartalom).{0,80}|citește (?:și"
            r"|mai mult).{0,140}"
            r"|citiți și.{0,140}|pročitajte (?:još|i|više).{0,140}|čitajte (?:još|i).{0,140}|preberite (?:tudi"
            r"|še).{0,140}"
            r"|lue (?:myös|lisää).{0,140}|lesið (?:einnig|meira).{0,140}|leia (?:também|mais).{0,140}"
            r"|veja também.{0,140}"
            r"|baca (?:juga|selengkapnya).{0,140}|(?:đọc|xem) thêm.{0,140}|tin liên quan.{0,40}"
            r"|bài viết liên quan.{0,40}"
            r"|(?:यह|ये) भी (?:पढ़ें|देखें|पढ़ें).{0,140}|संबंधित (?:खबरें|ख़बरें|समाचार).{0,40}|(?:आगे|और) पढ़ें.{0,100}|আরও (?:পড়ুন|পড়ুন"
            r"|খবর).{0,140}"
            r"|ข่าวที่เกี่ยวข้อง.{0,80}|อ่าน(?:เพิ่มเติม|ข่าว|ต่อ).{0,100}|بیشتر بخوانید.{0,140}|همچنین بخوانید.{0,140}"
            r"|مزید پڑھیں.{0,140}"
            r"|الأكثر قراءة.{0,20}|많이 본 (?:뉴스|기사)|点击进入.{0,40}|最も読まれている.{0,20}|најчитаније"
            r"|en çok okunan.{0,20}"
            r"|إقرأ أيضا.{0,140}|مواضيع ذات صلة|延伸閱讀.{0,60}|延伸阅读.{0,60}|推薦閱讀.{0,60}|推荐阅读.{0,60}"
            r"|更多新聞.{0,40}|더 ?보기"
            r"|soma (?:zaidi|pia).{0,140}|daha fazla(?:sı)?.{0,40}|ayrıca (?:okuyun|bakınız).{0,140}"
        ),
    ),
    (
        "newsletter prompt",
        (
            r"(?:sign up|subscribe|join|get|register|don.t miss)\b.{0,120}\b(?:newsletters?|inbox|briefing"
            r"|alerts?|updates|e-?mails?|daily digest|mailing list|notifications|whatsapp|telegram|channel"
            r"|app)\b.{0,120}"
            r"|newsletter.{0,60}"
            r"|(?:our|the|a) (?:free )?(?:morning|daily|weekly|evening|weekend) (?:e-?mail|newsletter"
            r"|briefing)\b.{0,160}"
            r"|(?:die|alle) (?:wichtigsten|besten) (?:nachrichten|geschichten|themen)\b.{0,80}(?:postfach|e-?mail"
            r"|mailbox)\b.{0,20}"
            r"|recevez .{0,80}|ricevi (?:ogni|tutte) .{0,80}|receba .{0,80}e-?mail.{0,20}|få (?:våra "
            r"|våre )?nyhetsbrev.{0,60}"
            r"|zapisz się .{0,60}|구독하기|(?:subscribe|subscribe now|sign up|sign up here|sign in|log in"
            r"|register(?: now)?|subscribed)\.?"
            r"|enter your e-?mail.{0,60}|your e-?mail address.{0,40}|(?:download|get) (?:the|our) app.{0,60}"
            r"|by (?:signing up|subscribing|submitting|clicking).{0,220}|thank you for subscribing.{0,60}"
            r"|follow us on.{0,100}|like us on.{0,80}|abonnieren.{0,60}"
            r"|jetzt (?:abonnieren|anmelden|registrieren).{0,80}|abonnez-vous.{0,140}|inscrivez-vous.{0,140}"
            r"|suscríb[ea]\w*.{0,140}|iscriviti.{0,140}|schrijf (?:je|u) in.{0,100}"
            r"|følg oss på.{0,60}|seuraa meitä.{0,60}|následujte nás.{0,60}|sledujte nás.{0,60}|abonează-te.{0,140}"
            r"|последвайте ни.{0,80}|абонирайте.{0,80}|підпис(?:уйтесь|атися).{0,120}|ακολουθήστε.{0,100}"
            r"|εγγραφείτε.{0,100}"
            r"|prenumerera.{0,80}|tilaa (?:uutiskirje|lehti).{0,80}|ikuti (?:kami|berita).{0,100}|takip edin.{0,60}"
            r"|подпис(?:ывайтесь|аться|ка).{0,120}|اشترك.{0,100}|הירשמו.{0,100}"
        ),
    ),
    (
        "support prompt",
        (
            r"(?:support|donate|become a (?:member|subscriber|supporter)|make a (?:donation|contribution)"
            r"|contribute|help us)\b.{0,160}"
            r"|(?:already|not) a (?:subscriber|member)\b.{0,60}"
            r"|this (?:article|content|story) is (?:for|only for|reserved for"
            r"|exclusively).{0,60}subscribers.{0,60}"
            r"|subscribe to (?:continue|read|unlock).{0,100}|to continue reading.{0,100}"
        ),
    ),
    (
        "legal line",
        (
            r"(?:©|\(c\)|copyright|ⓒ|all rights reserved|alle rechte vorbehalten|tous droits réservés"
            r"|todos los derechos reservados|tutti i diritti riservati).{0,200}(?:rights reserved|reserved"
            r"|vorbehalten|réservés|reservados|riservati|inc\.?|ltd\.?|llc\.?|gmbh|(?:19|20)\d\d).{0,120}"
            r"|all rights reserved.{0,120}"
            r"|(?:this material may not be|no part of this|reproduction (?:in whole|without)).{0,200}"
            r"|(?:privacy policy|terms (?:of (?:use|service)|and conditions|& conditions)|cookie (?:policy"
            r"|settings)|contact us|about us|imprint|impressum|datenschutz|mentions légales|aviso legal"
            r"|advertise with us|careers|sitemap|manage (?:cookies|preferences))(?:[\s|·•,/]+(?:privacy policy"
            r"|terms.{0,20}|cookie.{0,12}|contact us|about us|.{0,20}))?"
            r"|we use cookies.{0,220}|accept(?: all)?(?: cookies)?|reject(?: all)?|(?:we value|about) your privacy"
            r"|we (?:and our|use|store) .{0,60}(?:partners?|cookies|data)\b.{0,200}|manage (?:my "
            r"|your )?(?:preferences"
            r"|choices|options|consent)|(?:cookie|privacy|consent) (?:settings|preferences|choices)"
            r"|wir (?:verwenden|nutzen) cookies.{0,220}|alle (?:akzeptieren|ablehnen)"
            r"|nous utilisons des cookies.{0,220}"
            r"|tout (?:accepter|refuser)|utilizamos cookies.{0,220}|aceptar (?:todas?|y continuar)"
            r"|wij gebruiken cookies.{0,220}|vi (?:använder|bruker|bruger) (?:cookies|kakor"
            r"|informasjonskapsler).{0,220}"
            r"|(?:©|\(c\)) (?:agence france-presse|the associated press|thomson reuters|press trust of india)"
            r"|unauthorized (?:reproduction|distribution).{0,160}|無断転載.{0,60}|版权所有.{0,60}|무단\s?전재.{0,60}"
            r"|저작권자.{0,80}|©?\s?riproduzione riservata|免责声明.{0,120}|(?:责任编辑|責任編輯|编辑)\s?[:：].{0,20}"
            r"|det här är en nyhetsartikel\.?|нашли (?:опечатку|ошибку).{0,80}|المصدر\s?:\s?وكالات.{0,20}"
            r"|нужна ваша подписка.{0,40}|打开app.{0,20}|この記事は有料記事です。?|残り\d+文字.{0,20}"
        ),
    ),
    (
        "player label",
        (
            r"(?:play|pause|mute|unmute|play video|watch|watch live|listen|listen to (?:this|the) (?:article"
            r"|story).{0,40}|loading\W*|video|audio|gallery|image|photo|slideshow|live|live updates"
            r"|\d{1,2}:\d\d(?::\d\d)?(?:\s*/\s*\d{1,2}:\d\d)?|\d+ ?/ ?\d+|\d+ of \d+|view (?:gallery|image"
            r"|photos?|in gallery|all \d+ images)|open (?:image|gallery).{0,30}|(?:show|hide) captions?"
            r"|toggle caption|hide caption|enlarge(?: this)? image|(?:image|photo) \d+ of \d+|full ?screen"
            r"|tap to .{2,30}|click to .{2,40}|expand|show more|show less|read (?:the )?full (?:story|article)"
            r"|view original.{0,40})"
        ),
    ),
    (
        "reading time",
        (
            r"(?:reading time:?\s*)?\d+\s*(?:min(?:ute)?s?|minuten|minutes?|minutos|minuti)\.?(?:\s+(?:read"
            r"|lesezeit|de lecture|de lectura|di lettura))?"
            r"|(?:lesezeit|temps de lecture|tiempo de lectura|lecture)\s*:?\s*\d+.{0,20}"
        ),
    ),
    (
        TIME_STAMP,
        (
            rf"(?:(?:first |last |originally )?(?:published|posted|updated|modified|created|issued|filed|date"
            rf"|veröffentlicht|aktualisiert|stand|erstellt|publié|mis à jour|publicado|actualizado|pubblicato"
            rf"|aggiornato|gepubliceerd|publicerad|uppdaterad|publisert|oppdatert|opublikowano|aktualizacja"
            rf"|опубликовано|обновлено|発表"
            rf"|更新|公開|发布时间|发布|入力|입력|수정|نشر|تاريخ النشر|פורסם|עודכן)\b\s*(?:on|at|le|el"
            rf"|il|am|:|：|vor)?\s*.{{0,20}}(?:\d|ago|today|yesterday|heute|gestern|hier|hoy).{{0,80}})"
            rf"|(?:{_DAY}[.,]?\s+)?(?:(?:{MONTH})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d"
            rf"|\d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:de\s+)?(?:{MONTH})\.?,?\s+(?:de\s+)?(?:19|20)\d\d|(?:19"
            rf"|20)\d\d-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./](?:19|20)?\d\d|(?:19"
            rf"|20)\d\d[年.년]\s?\d{{1,2}}[月.월]\s?\d{{1,2}}[日.일]?)(?:[\s,|@·•–—\-T]*(?:at|um|à|a las|alle"
            rf"|kl\.?)?\s*.{{0,50}})?"
            rf"|\d+\s+(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?)\s+ago.{{0,60}}|vor \d+ \w+"
            rf"|il y a \d+ \w+|hace \d+ \w+"
        ),
    ),
    (
        "tags",
        (
            r"(?:tags?|topics?|keywords?|themen|schlagworte?|schlagwörter|mots-clés|etiquetas|temas|argomenti"
            r"|filed under|categor(?:y|ies)|in this article|теги|标签|タグ|الوسوم|תגיות)\s*[:：|].{0,240}"
            r"|(?:[^\W\d_][\w .-]{1,30}/){2,8}"
        ),
    ),
    (
        "end mark",
        (
            r"(?:#\s*){2,}|-+\s*(?:30|ends?|end)\s*-+|(?:ends?|more|mehr|fin|end of story)\.?|-30-|###|xxx"
            r"|\*{3,}|[-_=*~•.]{3,}|●|■|◆|©"
        ),
    ),
)
_PATTERNS = tuple((reason, re.compile(f"(?i:{pattern})")) for reason, pattern in _WHOLE)


_INITIALS = re.compile(r"[a-z]{2,4}(?:/{1,2}[a-z]{2,4}){1,4}|[A-Z][A-Z0-9]{2}-[A-Z][A-Z0-9]{2}")
"""`em/jp/ber`, `YAA-DOA`: who wrote, edited and sent a dispatch, as agencies put below it."""


def furniture_of(line: str) -> str | None:
    """The reason why the line is no part of the article, or None when nothing says so."""
    if len(line) > LONGEST:
        return prompt_of(line)
    text = line.strip(' \t<>›»→▶►▸|•·*[](){}（）【】“”"-–—')
    if _INITIALS.fullmatch(line.strip()):
        return "desk initials"
    for reason, pattern in _PATTERNS:
        if pattern.fullmatch(text) or (text != line and pattern.fullmatch(line)):
            return reason
    dated = is_stamp(text) or (len(text) <= LONGEST_DATE and is_date_alone(text))
    return TIME_STAMP if dated else prompt_of(line)
