"""Names of picture and news agencies as credits print them; longest first where one begins with another."""

AGENCIES = (
    "Getty Images", "Getty", "Agence France-Presse", "AFP", "Reuters", "REUTERS", "Associated Press", "AP Photo",
    "AP Images", "AP", "EPA-EFE", "EPA", "epa", "EFE", "dpa/picture alliance", "picture alliance", "picture-alliance",
    "Picture-Alliance", "dpa", "DPA", "PA Media", "PA Wire", "PA Images", "PA", "Press Association", "Bloomberg",
    "Alamy", "Shutterstock", "iStockphoto", "iStock", "Action Images", "ZUMA Press", "Zuma", "ZUMA", "SIPA", "Sipa",
    "imago images", "IMAGO", "Imago", "imago", "APA", "KEYSTONE-SDA", "KEYSTONE", "Keystone", "ANSA", "Ansa",
    "Kyodo News", "Kyodo", "Xinhua", "TASS", "Tass", "NurPhoto", "Anadolu Agency", "Anadolu", "UPI",
    "The Canadian Press", "Canadian Press", "AAP Image", "AAP", "Rex Features", "REX", "WireImage", "Magnum Photos",
    "Magnum", "Sputnik", "RIA Novosti", "PTI", "ANI", "Yonhap", "LaPresse", "Ritzau Scanpix", "Scanpix", "NTB",
    "TT", "Lehtikuva", "Belga", "ANP", "Hollandse Hoogte", "PAP", "Europa Press", "LUSA", "Lusa", "Agencia EFE",
    "ddp", "Unsplash", "Pixabay", "Pexels", "Adobe Stock", "Depositphotos", "Dreamstime", "Wikimedia Commons",
    "ČTK", "CTK", "MTI", "Unian", "Ukrinform", "Aurimages", "Abaca", "Abacapress", "MAXPPP", "Hans Lucas", "Agerpres",
    "SWNS", "Backgrid", "BACKGRID", "SplashNews", "Splash News", "Mirrorpix", "USA TODAY Sports", "Imagn Images",
    "Imagn", "CQ Roll Call", "Redux", "Contour", "MediaPunch", "INSTARimages", "Everett Collection", "MEGA", "Mega",
    "Avalon", "Cover Images", "News Pictures", "Fotolia", "AdobeStock", "stock.adobe.com", "Mauritius Images",
    "Laif", "laif", "Ostkreuz", "Fotogramma", "IPA", "Agenzia Fotogramma", "AGF", "Contrasto", "Gallo Images",
    "African News Agency", "ANA", "Press Trust of India", "NASA", "ESA", "NOAA", "AFP Photo", "Reuters Photo",
    "GETTY IMAGES", "THE CANADIAN PRESS", "ASSOCIATED PRESS", "BLOOMBERG", "ТАСС", "РИА Новости", "Интерфакс",
    "Укрінформ", "УНІАН", "رويترز", "فرانس برس", "أ ف ب", "أ.ف.ب", "الأناضول", "רויטרס", "ロイター",
    "路透社", "路透", "法新社", "美联社", "美聯社", "视觉中国", "東方IC", "時事通信", "共同通信",
    "時事", "共同", "新华社", "新華社", "中新社", "中央社", "연합뉴스", "뉴시스", "뉴스1",
)  # fmt: skip
