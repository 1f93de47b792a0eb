"""German, as written in Germany, Austria and Switzerland."""

from .pack import LanguagePack, OrderWords, PeopleWords, words

_PEOPLE = PeopleWords(
    headings=("name", "vorname", "nachname", "familienname", "kundenname", "ansprechpartner", "ansprechpartnerin"),
    contacts=words(
        "telefon|telefonnummer|telefonnr|handy|mobil|adresse|anschrift|straße|geburtsdatum|kontonummer|e-mail-adresse"
    ),
    titles=("herr", "herrn", "frau", "fräulein"),
    short_titles=("hr",),
    capital_titles=("Fr",),
    not_after_titles=("Früh", "Morgen", "Vor", "Mittag", "Nach", "Abend"),
    degrees=("Dr", "Prof", "Ing", "Dipl"),
    introductions=("mein name ist", "ich heiße", "ich heisse"),
    closings=words("gruß|gruss|grüße|grüßen|grüsse|grüssen|gruesse|gruessen|grueße|grueßen|mfg|lg|vg|hochachtungsvoll"),
    greetings=("hallo", "liebe", "lieber", "liebes"),
    thanks=("danke", "dank"),
    name_endings="s es",
    common=(
        "gut lang kurz klein groß jung alt neu schön stark weiß schwarz braun grün rot könig koch bauer becker "
        "schneider maler tischler zimmermann berg wald stein bach feld baum vogel wolf fuchs frank ernst fromm "
        "sommer herbst frühling montag dienstag freitag samstag sonntag kraft blume meister richter engel glück "
        "hell fest zimmer küche tisch haus hof bäckerei tischlerei firma salon kontakt bestellung gmbh ohg herr "
        "frau und von den der"
    ),
)

_ORDERS = OrderWords(
    states=words("typ|belegart|vorgangsart|status|zahlungsstatus|bestellstatus|auftragsstatus|rechnungsstatus|zustand"),
    undone=words(
        "gutschrift|rechnungskorrektur|erstattung|storniert|storno|abgebrochen|fehlgeschlagen|erstattet"
        "|rückerstattet|zurückerstattet|entwurf|gelöscht|abgelehnt|abgelaufen|ungültig|gutgeschrieben"
        "|zahlung ausstehend|widerrufen|retourniert|ausgebucht"
    ),
    cancelled=("storniert am", "stornodatum", "storniert", "storno"),
    refunded=("erstattet", "erstattung", "erstattungsbetrag", "rückerstattung", "erstatteter betrag"),
    currency=("währung", "waehrung", "wkz umsatz", "währungscode"),
    invoices=("rechnung", "ausgangsrechnung"),
    payments=("zahlung", "zahlungseingang", "auszahlung"),
    sides=("soll haben kennzeichen", "soll haben", "s h", "sh"),
)

PACK = LanguagePack(
    code="de",
    months=(
        *(("jan", "jän"), ("feb",), ("mär", "maer", "mrz"), ("apr",), ("mai",), ("jun",), ("jul",), ("aug",), ("sep",)),
        *(("okt",), ("nov",), ("dez",)),
    ),
    mornings=("vorm.", "vormittags"),
    afternoons=("nachm.", "nachmittags"),
    yes=("ja", "j", "wahr"),
    no=("nein", "n", "falsch"),
    empty=words(
        "k. A.|k.A.|k.A|keine Angabe|keine Angaben|keine Antwort|ohne Angabe|o. A.|o.A.|entfällt|nicht zutreffend"
        "|trifft nicht zu|nicht verfügbar|n. v.|n.v.|n. b.|n.b.|nicht bekannt|keine Daten"
    ),
    nothing=words(
        "keine|fehlt|unbekannt|weiß nicht|weiss nicht|nichts|leer|offen|ausstehend|laufend|in bearbeitung|noch offen|kA"
    ),
    errors=words("#NV|#WERT!|#BEZUG!|#ZAHL!|#NAME?|#NULL!|#DIV/0!|#ÜBERLAUF!|#KALK!|#FELD!|#FEHLER!|#DATEN_ABRUFEN"),
    numbered_errors=("Fehler:",),
    totals=words(
        "summe|summen|gesamt|gesamtsumme|gesamtergebnis|gesamtbetrag|insgesamt|zwischensumme|endsumme|total"
        "|durchschnitt|mittelwert|übertrag|teilergebnis|anzahl|anzahl datensätze"
    ),
    counts=words("anzahl|häufigkeit|wie oft|wie viele|menge|stück|fälle|beschwerden|reklamationen|antworten|nennungen"),
    answer_lines=("antwort", "offene antwort"),
    money={
        "EUR": ("euro",),
        "CHF": ("franken",),
        "GBP": ("pfund",),
        "PLN": ("zloty",),
        "HUF": ("forint",),
        "kr": ("kronen",),
    },
    best_is_one=("note", "schulnote", "schulnoten", "zensur", "notenwert"),
    praise=words(
        "beste|bester|sehr gut|sehr zufrieden|ausgezeichnet|voll und ganz|völlig zufrieden|hervorragend|top"
        "|trifft voll zu"
    ),
    out_of=("von",),
    clock=("um", "uhr"),
    beside_days=("den", "am"),
    phones=("tel", "handy", "mobil", "telefon", "telefonnummer", "telefonnr"),
    people=_PEOPLE,
    orders=_ORDERS,
    headings={
        "customer": (
            "kundennummer|kundennr|kunden nr|kunden nummer|kunde nr|kd nr|kdnr|kunden id|kundenid|debitor"
            "|debitornummer|debitorennummer|debitoren nr|debitorennr|mitgliedsnummer|kundencode|kundenkarte"
            "|kundenkartennummer|kundenkarten nr",
            "absender e mail adresse",
            "e mail|email|e mail adresse|email adresse|kunden e mail|rechnungs e mail|kunde e mail",
            "kunde|kundenname|käufer|rechnungsempfänger|auftraggeber|firma|gast|mandant|kunde name"
            "|kunde lieferant|zahlungspflichtiger|zahlungspflichtige r",
            "name",
        ),
        "date": (
            "bestelldatum|auftragsdatum|kaufdatum|datum|tag|bestellt am|erstellt am|datum der bestellung",
            "rechnungsdatum|belegdatum|zeitstempel|abgegeben am|eingangsdatum|datum abgeschickt|absendedatum"
            "|umsatzdatum|belegtag|rechnung vom|reklamationsdatum|datum uhrzeit|fertigstellungszeit",
            "buchungsdatum|buchungstag|zahlungsdatum|bezahlt am|zahlungseingang",
            "enddatum|endzeit|datum letzte aktivität",
            "startdatum|startzeit|datum gestartet|*datum",
        ),
        "amount": (
            "betrag|summe|gesamt|gesamtbetrag|gesamtsumme|netto|brutto|nettobetrag|bruttobetrag|betrag netto"
            "|betrag brutto|netto betrag|brutto betrag|summe netto|summe brutto|netto summe|brutto summe"
            "|nettosumme|bruttosumme|gesamt netto|gesamt brutto|gesamtpreis|rechnungsbetrag|bestellwert"
            "|auftragswert|rechnungssumme|umsatz|wert|nettoumsatz|bruttoumsatz|umsatz netto|umsatz brutto"
            "|endbetrag|warenwert|total|umsatz ohne soll haben kz",
            "preis|*betrag|*umsatz",
        ),
        "sales": (
            "umsatz|jahresumsatz|erlös|erlöse|betrag|summe|netto|brutto|nettoumsatz|bruttoumsatz|umsatz netto"
            "|umsatz brutto|gesamtumsatz|wert|total",
        ),
        "margin": ("deckungsbeitrag|db|marge|rohertrag|gewinn|rohgewinn",),
        "active_years": ("kundenjahre|jahre als kunde|jahre", "aktive jahre"),
        "score": ("punkte|bewertung|punktzahl|note|wertung",),
        "net-promoter-score/score": (
            "wie wahrscheinlich|weiterempfehl*|empfehl*|weiterempfehlungsbereitschaft|punkte|punktzahl",
            "bewertung|note|wertung",
        ),
        "customer-satisfaction/score": (
            "zufriedenheit|wie zufrieden|zufrieden|gesamtzufriedenheit|kundenzufriedenheit|punkte",
            "bewertung|note|wertung|sterne",
        ),
        "customer-effort-score/score": (
            "aufwand|wie einfach|wie leicht|einfach|leicht|mühe|punkte",
            "bewertung|note|wertung",
        ),
        "stars": ("sterne|bewertung|sternebewertung|anzahl sterne|punkte",),
        "comment": ("kommentar|grund|begründung|warum|anmerkung|anmerkungen|bemerkung|freitext|rückmeldung",),
        "segment": ("segment|kundengruppe|kundensegment|kundentyp|gruppe",),
        "touchpoint": ("kontaktpunkt|kanal|filiale|standort|laden|geschäft",),
        "cause": (
            "ursache|grund|reklamationsgrund|beschwerdegrund|fehlerursache|hauptgrund|kategorie|mangel|problem",
            "fehlerart|thema",
        ),
        "cost": ("kosten|reklamationskosten|schaden|schadenshöhe|fehlerkosten",),
        "order_no": (
            "auftragsnummer|auftragsnr|auftrag|bestellnummer|bestellnr|rechnungsnummer|rechnungsnr|rechnung nr"
            "|belegnummer|belegnr|beleg|re nr|bestell nr|vorgangsnummer|auftrags nr|rechnungs nr",
        ),
        "days_open": ("tage|tage offen|bearbeitungstage|tage bis zur lösung",),
        "text": ("text|bewertungstext|nachricht|kommentar|rezension|freitext|inhalt", "zitat"),
        "respondent": ("befragter|teilnehmer|teilnehmer id|antwort id|person|probandennummer", "id|nummer|nr|lfd nr"),
        "member": ("mitglied|mitgliedsnummer|teilnehmer|kunde|kundennummer",),
        "feature": ("merkmal|eigenschaft|funktion|feature",),
        "functional": ("funktional|vorhanden|funktionale frage|wenn vorhanden|mit",),
        "dysfunctional": ("dysfunktional|fehlt|nicht vorhanden|dysfunktionale frage|wenn nicht vorhanden|ohne",),
        "importance": ("wichtigkeit|wichtig|wie wichtig|bedeutung",),
        "satisfaction": ("zufriedenheit|zufrieden|wie zufrieden",),
        "item": ("merkmal|leistung|aspekt|frage|aussage",),
        "expect": ("erwartung*|erwartet|soll", "wichtigkeit|wichtig|wie wichtig"),
        "perform": ("leistung|erlebt|wahrnehmung|erfüllung|ist|erfahrung", "zufriedenheit|zufrieden|wie zufrieden"),
        "variant": ("variante|version|gruppe",),
        "seen": ("besucher|gesehen|verschickt|zugestellt|empfänger|aufrufe|impressionen|sitzungen",),
        "done": ("antworten|käufe|bestellungen|klicks|conversions|abschlüsse|rückmeldungen",),
        "invited": ("eingeladen|verschickt|angeschrieben",),
        "answers": ("antworten|rücklauf|rückläufer|geantwortet|teilgenommen",),
        "advice": ("rat|vorschlag",),
        "answered": ("beantwortet",),
        "business-model-canvas/assumption": ("annahme",),
        "attribute": ("merkmal",),
        "b": ("nutzen|bedarf",),
        "block": ("baustein|feld",),
        "card": ("karte|nr|nummer",),
        "change": ("änderung",),
        "channel": ("kanal|kontaktpunkt",),
        "cheap": ("billig|günstig",),
        "code": ("thema|themen",),
        "community": ("gruppe|quelle|plattform",),
        "confidence": ("sicherheit|zuversicht",),
        "contradicts": ("widerspricht",),
        "customer-funnel/count": ("anzahl|zahl",),
        "criterion": ("kriterium",),
        "survey-sampling/customers": ("kunden",),
        "disappointed": ("enttäuscht",),
        "dots": ("punkte|stimmen",),
        "ease": ("einfachheit|leichtigkeit",),
        "idea-scoring/effort": ("aufwand",),
        "evidence": ("beleg|nachweis",),
        "expensive": ("teuer",),
        "field": ("feld|bereich",),
        "first": ("wichtiger",),
        "frequency": ("häufigkeit",),
        "hand": ("thema|themen",),
        "idea": ("idee",),
        "idea_id": ("idee",),
        "impact": ("wirkung|effekt",),
        "stage-gate/item": ("merkmal|leistung|aspekt|frage|aussage", "kriterium|was|posten"),
        "digital-maturity/item": ("merkmal|leistung|aspekt|frage|aussage", "dimension|technologie"),
        "lang": ("sprache",),
        "linked_to": ("verknüpft mit",),
        "customer-advisory-board/member": (
            "mitglied|mitgliedsnummer|teilnehmer|kunde|kundennummer",
            "befragter|kundenr",
        ),
        "met": ("erfüllt|ja nein",),
        "now": ("heute|jetzt",),
        "outcome": ("ergebnis|wunschergebnis|ziel",),
        "own_solution": ("eigene lösung|eigenbau",),
        "participant": ("befragter|teilnehmer",),
        "ab-test/period": ("woche|datum|tag",),
        "customer-funnel/period": ("zeitraum|monat|quartal|jahr",),
        "person": ("befragter|teilnehmer|kunde|kundennummer|kundenr",),
        "persona": ("gruppe|kundengruppe",),
        "value-proposition-canvas/place": ("platz|feld",),
        "customer-funnel/place": ("nr|reihenfolge|platz",),
        "post": ("beitrag",),
        "problem": ("hindernis",),
        "process": ("prozess|vorgang|ablauf",),
        "quote": ("bewertungstext|nachricht|zitat",),
        "rank": ("rang|platz",),
        "rater": ("bewerter",),
        "conjoint-analysis/rating": ("rang|note|punkte|bewertung",),
        "reach": ("reichweite",),
        "received": ("eingang",),
        "referred_by": ("genannt von|empfohlen von",),
        "relation": ("beziehung",),
        "role": ("rolle",),
        "sales_point": ("verkaufspunkt",),
        "digital-maturity/score": ("punkte|bewertung|punktzahl|note|wertung",),
        "second": ("weniger wichtig",),
        "seconds": ("sekunden|zeit",),
        "severity": ("schwere",),
        "side": ("firma",),
        "source": ("quelle|plattform",),
        "idea-competition/source": ("einsender|teilnehmer",),
        "source_id": ("quelle|gespräch|interview",),
        "statement": ("aussage|zitat",),
        "status": ("stand",),
        "step": ("schritt|station|stufe",),
        "success": ("geschafft|erfolg",),
        "t": ("vorsprung",),
        "target": ("ziel",),
        "task": ("aufgabe",),
        "too_cheap": ("zu billig|zu günstig",),
        "too_expensive": ("zu teuer",),
        "stage-gate/type": ("art|typ",),
        "used": ("genutzt|ja nein",),
        "user": ("kunde|kundennummer|kundenr|befragter|teilnehmer",),
        "analytic-hierarchy-process/value": ("wert|mal",),
        "customer-funnel/value": ("betrag|summe|umsatz",),
        "stage-gate/value": ("punkte|betrag",),
        "weight": ("gewicht|gewichtung",),
        "wish": ("kundenwunsch|wunsch",),
        "stage-gate/year": ("jahr",),
    },
    beside_headings={
        "key": "nummer nr id code kennung kunde kunden name email e mail adresse rechnung debitor der des",
        "money": (
            "mwst ust umsatzsteuer mehrwertsteuer vorsteuer steuer* steuern zwischensumme versand* rabatt* "
            "skonto* erstattung* gutschrift* gebühr* provision* trinkgeld einzel* stück* position* pos offen* "
            "fällig* nummer nr satz prozent währung* datum anzahl menge gewicht saldo mahn* anzahlung* pfand* "
            "kosten* fracht* porto kurs basis* rück* punkte"
        ),
        "day": (
            "fällig* faellig* zahlungsziel liefer* versand* geburts* ablauf* gültig* änderung* geändert* "
            "geaendert* storno* erstattung* mahn* frist* nächste* letzte* erste* erledigt* abschluss* skonto* "
            "leistungs* wiedervorlage* bearbeitet* id"
        ),
        "mark": (
            "grund gründe begründ* warum wieso kommentar* gruppe seite id name text datum zeit alter jahr plz "
            "telefon dauer anzahl nummer nr anmerkung* gewicht prozent kunde*"
        ),
        "word": "id nps datum punkte email nummer nr text code kommentar*",
        "text": "id datum nummer gruppe name titel sprache autor verfasser url link land status quelle plattform",
    },
    answers={
        "I like it": (
            "gefällt mir|das gefällt mir|das würde mich sehr freuen|das gefällt mir sehr|ich mag es|das freut mich"
            "|würde mich sehr freuen|mag ich"
        ),
        "I expect it": (
            "erwarte ich|das erwarte ich|das setze ich voraus|setze ich voraus|ich setze das voraus|muss so sein"
            "|das muss so sein|ich erwarte es|selbstverständlich|das ist selbstverständlich"
        ),
        "I do not care": (
            "egal|das ist mir egal|ist mir egal|ist mir gleichgültig|das ist mir gleichgültig|neutral|gleichgültig"
        ),
        "I can live with it": (
            "nehme ich hin|das nehme ich hin|könnte ich in kauf nehmen|das könnte ich in kauf nehmen|kann damit leben"
        ),
        "I dislike it": (
            "stört mich|das stört mich|das würde mich sehr stören|würde mich sehr stören|gefällt mir nicht"
            "|das gefällt mir nicht|mag ich nicht|das stört mich sehr"
        ),
        "us": "wir|eigene|unsere",
        "a competitor": "wettbewerber|konkurrent|konkurrenz",
        "no firm": "keine|niemand",
        "Says": "sagt",
        "Thinks": "denkt",
        "Does": "tut|macht",
        "Feels": "fühlt",
        "Pain": "schmerz|ärger",
        "Gain": "gewinn|nutzen",
        "Open": "offen|neu",
        "Answered": "beantwortet|abgelehnt",
        "Put into practice": "umgesetzt|erledigt",
        "Customer": "kunde",
        "Lead user": "vorreiter",
        "Employee": "mitarbeiter|mitarbeiterin",
        "Partner": "lieferant",
        "Novelty": "neuheit",
        "Customer benefit": "kundennutzen",
        "Feasibility": "machbarkeit",
        "Fit with the firm": "passung",
        "Customer jobs": "kundenaufgaben",
        "Pains": "schmerzen|ärgernisse",
        "Gains": "gewinne",
        "Products and services": "produkte und dienste",
        "Pain relievers": "schmerzlöser|problemlöser",
        "Gain creators": "gewinnbringer|nutzenstifter",
        "Key partners": "schlüsselpartner|partner",
        "Key activities": "schlüsselaktivitäten",
        "Key resources": "schlüsselressourcen",
        "Value propositions": "wertangebot",
        "Customer relationships": "kundenbeziehungen",
        "Channels": "kanäle",
        "Customer segments": "kundensegmente",
        "Costs": "kosten",
        "Revenue": "einnahmen",
        "as before": "wie bisher",
        "changed": "geändert",
        "new": "neu",
        "none": "keine",
        "a little": "schwach",
        "medium": "mittel",
        "strong": "stark",
        "very": "sehr|sehr enttäuscht",
        "somewhat": "etwas|etwas enttäuscht",
        "not": "nicht|nicht enttäuscht",
        "must": "muss",
        "should": "soll|sollte",
        "income": "einnahme|einnahmen|ertrag",
        "cost": "kosten|ausgabe",
        "Strategy": "strategie",
        "Readiness: equipment and tools": "ausstattung|bereitschaft",
        "People and skills": "menschen",
        "Data": "daten",
        "Automation and AI": "automatisierung",
        "Green use of digital tools": "nachhaltigkeit|grün",
        "More than half of the staff use the internet at work": "mitarbeiter online",
        "Internet by cable with at least 30 Mbit/s": "breitband",
        "Cloud services that you pay for": "cloud dienste",
        "Cloud for accounting, customers, security, databases or own software": "cloud anwendungen",
        "A social medium": "soziale medien",
        "Two or more social media": "zwei soziale medien",
        "Software that joins orders, stock and accounts (ERP)": "erp-software",
        "Software about customers (CRM)": "crm-software",
        "Data analysed, by you or for you": "datenanalyse",
        "Artificial intelligence": "ki|künstliche intelligenz",
        "At least 1 %% of sales ordered online": "online verkauf",
        "Over 1 %% of sales by web, over a tenth of that to consumers": "onlineshop",
    },
)
