"""Names by which tables in five languages call columns that many instruments have."""

CUSTOMER = (
    *("customer_key", "customer number", "customer", "card", "kunde", "kundennummer", "kundenr", "ügyfél", "vevő"),
    *("klient", "numer klienta"),
)
PERSON = (
    "respondent",
    "person",
    "participant",
    "befragter",
    "teilnehmer",
    "deltager",
    "válaszadó",
    "résztvevő",
    "osoba",
)
DATE = ("date", "day", "datum", "tag", "dato", "dag", "dátum", "nap", "data", "dzień")
AMOUNT = ("amount", "sum", "sales", "value", "betrag", "summe", "umsatz", "beløb", "összeg", "kwota", "wartość")
COST = ("cost", "costs", "kosten", "omkostning", "költség", "koszt")
ORDER = ("order_no", "order number", "order", "auftrag", "auftragsnummer", "ordre", "ordrenr", "rendelés", "zamówienie")
SCORE = ("score", "rating", "note", "punkte", "bewertung", "karakter", "pont", "értékelés", "ocena", "punkty")
COMMENT = ("comment", "reason", "kommentar", "grund", "begrundelse", "megjegyzés", "komentarz", "uwagi")
SEGMENT = ("segment", "group", "gruppe", "kundengruppe", "szegmens", "csoport", "grupa")
IMPORTANCE = ("importance", "wichtigkeit", "vigtighed", "fontosság", "ważność")
IDEA = ("idea", "idee", "idé", "ötlet", "pomysł")
STEP = ("step", "stage", "schritt", "station", "trin", "skridt", "lépés", "állomás", "krok", "etap")
CARD = ("card", "no", "number", "karte", "nr", "nummer", "kort", "kártya", "szám", "karta", "numer")
EVIDENCE = (
    *("evidence", "evidence_ref", "proof", "beleg", "nachweis", "dokumentation", "bevis", "bizonyíték", "igazolás"),
    *("dowód", "potwierdzenie"),
)
PERIOD = (
    *("period", "month", "quarter", "year", "zeitraum", "monat", "quartal", "jahr", "periode", "måned", "kvartal"),
    *("år", "időszak", "hónap", "negyedév", "év", "okres", "miesiąc", "kwartał", "rok"),
)
TOUCHPOINT = (
    *("touchpoint", "contact point", "channel", "kontaktpunkt", "kanal", "kanał", "punkt kontaktu", "csatorna"),
    *("kapcsolati pont", "shop", "filiale", "butik", "üzlet", "sklep"),
)
SATISFACTION = ("satisfaction", "zufriedenheit", "tilfredshed", "elégedettség", "zadowolenie")
PROCESS = ("process", "step", "prozess", "vorgang", "ablauf", "proces", "forløb", "folyamat", "lépés", "etap")
SOURCE = ("source", "platform", "quelle", "plattform", "kilde", "forrás", "źródło")
TEXT = (
    *("text", "review", "message", "quote", "bewertungstext", "nachricht", "zitat", "anmeldelse", "besked", "citat"),
    *("szöveg", "vélemény", "üzenet", "idézet", "tekst", "opinia", "wiadomość", "cytat"),
)
CODE = (
    *("code", "codes", "theme", "themes", "topic", "thema", "themen", "tema", "temaer", "téma", "témák", "temat"),
    "tematy",
)
