"""Polish."""

from .pack import LanguagePack, OrderWords, PeopleWords, words

_PEOPLE = PeopleWords(
    headings=("imię", "nazwisko", "imię i nazwisko", "nazwa klienta", "osoba kontaktowa"),
    contacts=words("telefon|numer telefonu|komórka|adres|adres e-mail|ulica|data urodzenia|numer konta"),
    titles=("pan", "pani", "pana", "panu", "panem", "panią", "panie", "panowie", "panów"),
    short_titles=(),
    degrees=("Dr", "Mgr", "Inż", "Prof"),
    introductions=("nazywam się", "mam na imię", "na imię mi"),
    closings=words(
        "pozdrawiam|pozdrawiamy|pozdrawiam serdecznie|pozdrawiamy serdecznie|pozdrowienia|z poważaniem"
        "|z wyrazami szacunku"
    ),
    greetings=("cześć", "drogi", "droga"),
    thanks=("dziękuję", "dziękujemy"),
    name_endings="a u owi em iem ie y i e o ego emu m ch mi ej iej",
    common=(
        "mały wielki duży krótki długi nowy stary zielony biały czarny wilk lis zając kot baran król róża maj lato "
        "zima sobota niedziela piątek dąb wiśnia dobry piekarnia sklep spolka zoo pan pani"
    ),
)

_ORDERS = OrderWords(
    states=words(
        "typ|rodzaj dokumentu|typ dokumentu|status|status zamówienia|status płatności|stan|stan zamówienia"
        "|status faktury"
    ),
    undone=words(
        "korekta|faktura korygująca|anulowane|anulowana|anulowany|nieudane|nieudana|niepowodzenie|zwrócone|zwrócona"
        "|zwrot|szkic|robocza|odrzucone|odrzucona|usunięte|wygasłe|oczekuje na płatność|oczekujące na płatność"
        "|oczekiwanie na płatność|skorygowana"
    ),
    cancelled=("anulowano", "data anulowania"),
    refunded=("zwrócono", "kwota zwrotu", "zwrócona kwota"),
    currency=("waluta", "kod waluty"),
    invoices=("faktura", "faktura vat"),
    payments=("płatność", "wpłata", "wypłata"),
    sides=("wn ma", "winien ma"),
)

PACK = LanguagePack(
    code="pl",
    months=(
        *(("sty",), ("lut",), ("mar",), ("kwi",), ("maj",), ("cze",), ("lip",), ("sie",), ("wrz",), ("paź",)),
        *(("lis",), ("gru",)),
    ),
    mornings=("rano", "przed południem"),
    afternoons=("po południu",),
    yes=("tak", "t", "prawda"),
    no=("nie", "n", "fałsz"),
    empty=words("b.d.|b. d.|b.d|b/d|brak danych|brak odpowiedzi|nie dotyczy|n.d.|n. d.|n/d|nie podano"),
    nothing=words("brak|nieznany|nieznane|nie wiem|nic|puste|otwarte|otwarty|w toku|oczekuje|bd|nd"),
    errors=("#ARG!", "#ADR!", "#DZIEL/0!", "#LICZBA!", "#NAZWA?", "#N/D", "#N/D!", "#ZERO!", "#ROZLANIE!", "#BŁĄD!"),
    numbered_errors=("Błąd:",),
    totals=words("razem|suma|suma końcowa|suma częściowa|łącznie|ogółem|podsumowanie|średnia|liczba|ilość"),
    counts=words("liczba|ilość|ile|ile razy|częstość|częstotliwość|sztuk|szt|przypadki|reklamacje|skargi|odpowiedzi"),
    answer_lines=("odpowiedź", "odpowiedź otwarta"),
    money={
        "PLN": ("złoty", "złotych", "złote", "zlotych", "zlote"),
        "EUR": ("euro",),
        "kr": ("korona", "koron", "korony"),
    },
    best_is_one=(),
    praise=words(
        "najlepsza|najlepszy|najlepsze|najlepiej|bardzo dobra|bardzo dobry|bardzo dobrze|bardzo zadowolony"
        "|bardzo zadowolona|celujący|doskonale"
    ),
    out_of=("z", "na"),
    clock=("godz", "godz.", "o"),
    beside_days=("dnia", "r.", "r"),
    phones=("tel", "telefon", "telefonu", "komórka"),
    people=_PEOPLE,
    orders=_ORDERS,
    headings={
        "customer": (
            "numer klienta|nr klienta|id klienta|kod klienta|identyfikator klienta|numer kontrahenta"
            "|nr kontrahenta|kod kontrahenta|id kontrahenta|numer odbiorcy|nip nabywcy|nip klienta"
            "|nip kontrahenta",
            "e mail|email|adres e mail|adres email|e mail klienta|email klienta|mail",
            "klient|kontrahent|nabywca|odbiorca|kupujący|nazwa klienta|nazwa kontrahenta|nazwa nabywcy|firma"
            "|zamawiający|gość",
            "imię i nazwisko|nazwa",
        ),
        "date": (
            "data zamówienia|data zakupu|data|dzień|data utworzenia|utworzono",
            "data sprzedaży",
            "data wystawienia|data faktury|data dokumentu|sygnatura czasowa|znacznik czasu|data przesłania"
            "|przesłano|data odpowiedzi|data reklamacji|godzina ukończenia|data ukończenia",
            "data księgowania|data płatności|data zapłaty|data zakończenia",
            "data rozpoczęcia|godzina rozpoczęcia",
        ),
        "amount": (
            "kwota|suma|netto|brutto|kwota netto|kwota brutto|wartość|wartość netto|wartość brutto|razem"
            "|razem netto|razem brutto|suma netto|suma brutto|wartość zamówienia|kwota zamówienia|kwota faktury"
            "|do zapłaty|ogółem|łącznie|obrót|sprzedaż|sprzedaż netto|sprzedaż brutto|przychód",
            "cena",
        ),
        "sales": (
            "sprzedaż|obrót|przychód|przychody|obroty|kwota|suma|netto|brutto|sprzedaż netto|sprzedaż brutto"
            "|obrót netto|obrót brutto|wartość|wartość netto|wartość brutto|razem",
        ),
        "margin": ("marża|zysk|marża brutto|marża pokrycia",),
        "active_years": ("lata jako klient|liczba lat|lata", "lata aktywności"),
        "score": ("ocena|punkty|liczba punktów",),
        "net-promoter-score/score": ("jak prawdopodobne|polec*|prawdopodobieństwo|punkty", "ocena"),
        "customer-satisfaction/score": (
            "zadowolenie|satysfakcja|jak bardzo zadowol*|zadowolon*|punkty",
            "ocena|gwiazdki",
        ),
        "customer-effort-score/score": ("wysiłek|jak łatwo|jak łatwe|łatwo|łatwość|punkty", "ocena"),
        "stars": ("gwiazdki|liczba gwiazdek|ocena|punkty",),
        "comment": ("komentarz|uwagi|uzasadnienie|powód|dlaczego|uwaga|opinia",),
        "segment": ("segment|grupa klientów|grupa|typ klienta",),
        "touchpoint": ("punkt kontaktu|kanał|sklep|oddział|placówka",),
        "cause": (
            "przyczyna|powód|powód reklamacji|przyczyna reklamacji|kategoria|problem|wada|usterka",
            "temat|rodzaj wady",
        ),
        "cost": ("koszt|koszty|koszt reklamacji|szkoda",),
        "order_no": (
            "numer zamówienia|nr zamówienia|zamówienie|numer faktury|nr faktury|numer dokumentu|nr dokumentu"
            "|faktura|id zamówienia",
        ),
        "days_open": ("dni|liczba dni|dni otwarte",),
        "text": ("tekst|opinia|treść|wiadomość|cytat|komentarz|recenzja",),
        "respondent": ("respondent|osoba|uczestnik|id odpowiedzi|ankietowany", "id|numer|nr|lp"),
        "member": ("członek|uczestnik|numer członka|klient",),
        "feature": ("cecha|funkcja|właściwość",),
        "functional": ("funkcjonalne|jest|gdy jest|pytanie funkcjonalne|jeśli jest",),
        "dysfunctional": ("dysfunkcjonalne|brak|gdy brak|pytanie dysfunkcjonalne|jeśli nie ma|gdy nie ma",),
        "importance": ("ważność|ważne|jak ważne|znaczenie",),
        "satisfaction": ("zadowolenie|satysfakcja|jak bardzo zadowol*|zadowolon*",),
        "item": ("pozycja|cecha|usługa|stwierdzenie|pytanie|aspekt",),
        "expect": ("oczekiwani*|oczekiwane", "ważność|ważne|jak ważne"),
        "perform": (
            "wykonanie|postrzegane|doświadczeni*|jakość postrzegana|ocena",
            "zadowolenie|zadowolon*|jak bardzo zadowol*",
        ),
        "variant": ("wariant|wersja|grupa",),
        "seen": ("odwiedzający|wysłane|wyświetlenia|odbiorcy|odsłony",),
        "done": ("odpowiedzi|zakupy|zamówienia|kliknięcia|konwersje",),
        "invited": ("zaproszeni|wysłane",),
        "answers": ("odpowiedzi|wypełnione",),
        "advice": ("rada|propozycja",),
        "answered": ("odpowiedź",),
        "business-model-canvas/assumption": ("założenie",),
        "attribute": ("cecha",),
        "b": ("potrzeba",),
        "block": ("pole",),
        "card": ("karta|numer|nr",),
        "change": ("zmiana",),
        "channel": ("kanał",),
        "cheap": ("tanio|tani",),
        "code": ("temat|tematy",),
        "community": ("grupa|źródło",),
        "confidence": ("pewność",),
        "contradicts": ("zaprzecza",),
        "customer-funnel/count": ("liczba|ile",),
        "criterion": ("kryterium",),
        "survey-sampling/customers": ("klienci",),
        "disappointed": ("rozczarowany",),
        "dots": ("głosy|kropki",),
        "ease": ("łatwość",),
        "idea-scoring/effort": ("nakład|wysiłek",),
        "evidence": ("dowód|potwierdzenie",),
        "expensive": ("drogo|drogi",),
        "field": ("pole",),
        "first": ("ważniejsze",),
        "frequency": ("częstość",),
        "hand": ("temat|tematy",),
        "idea": ("pomysł",),
        "idea_id": ("pomysł",),
        "impact": ("wpływ",),
        "stage-gate/item": ("pozycja|cecha|usługa|stwierdzenie|pytanie|aspekt", "kryterium"),
        "digital-maturity/item": ("pozycja|cecha|usługa|stwierdzenie|pytanie|aspekt", "wymiar|technologia"),
        "lang": ("język",),
        "linked_to": ("powiązane z",),
        "customer-advisory-board/member": ("członek|uczestnik|numer członka|klient", "osoba|numer klienta"),
        "met": ("spełnione|tak nie",),
        "now": ("teraz",),
        "outcome": ("rezultat|cel",),
        "own_solution": ("własne rozwiązanie",),
        "participant": ("osoba",),
        "ab-test/period": ("tydzień|data|dzień",),
        "customer-funnel/period": ("okres|miesiąc|kwartał|rok",),
        "person": ("osoba|klient|numer klienta",),
        "persona": ("grupa",),
        "value-proposition-canvas/place": ("miejsce|pole",),
        "customer-funnel/place": ("kolejność|lp|nr",),
        "post": ("wpis",),
        "problem": ("trudność",),
        "process": ("proces|etap",),
        "quote": ("tekst|opinia|wiadomość|cytat",),
        "rank": ("miejsce|ranga",),
        "rater": ("oceniający",),
        "conjoint-analysis/rating": ("ranga|ocena|punkty",),
        "reach": ("zasięg",),
        "received": ("wpłynęło",),
        "referred_by": ("polecony przez|wskazany przez",),
        "relation": ("związek|relacja",),
        "role": ("rola",),
        "sales_point": ("atut sprzedaży",),
        "digital-maturity/score": ("ocena|punkty|liczba punktów", "wynik"),
        "second": ("mniej ważne",),
        "seconds": ("sekundy|czas",),
        "severity": ("waga problemu",),
        "side": ("firma",),
        "source": ("źródło",),
        "idea-competition/source": ("autor",),
        "source_id": ("źródło|wywiad",),
        "statement": ("wypowiedź|cytat",),
        "status": ("stan",),
        "step": ("krok|etap",),
        "success": ("udało się|sukces",),
        "t": ("przewaga",),
        "target": ("cel",),
        "task": ("zadanie",),
        "too_cheap": ("za tanio|za tani",),
        "too_expensive": ("za drogo|za drogi",),
        "stage-gate/type": ("rodzaj",),
        "used": ("używamy|tak nie",),
        "user": ("klient|numer klienta|osoba",),
        "analytic-hierarchy-process/value": ("wartość|ile razy",),
        "customer-funnel/value": ("kwota|wartość",),
        "stage-gate/value": ("punkty|kwota",),
        "weight": ("waga",),
        "wish": ("życzenie|potrzeba",),
        "stage-gate/year": ("rok",),
    },
    beside_headings={
        "key": "numer nr id kod identyfikator klienta klient nazwa e mail email adres nabywcy kontrahenta",
        "money": (
            "vat podatek podatku podatkowa suma_częściowa wysyłk* dostaw* zwrot* zwrócono rabat* opłat* prowizj* "
            "napiw* jednostkow* pozycj* zaległ* zaległość numer nr stawka procent walut* data ilość sztuk waga "
            "saldo zaliczk* kaucj* kurs punkty"
        ),
        "day": (
            "termin płatności wymagalności dostaw* wysyłk* urodzenia ważności wygaśnięcia modyfikacji zmiany "
            "aktualizacji anulowania zwrotu następn* ostatni* pierwsz* zamknięcia rozwiązania"
        ),
        "mark": (
            "powód powodu uzasadn* dlaczego komentarz* grupa strona id imię nazwa tekst data czas wiek rok kod "
            "telefon liczba numer nr uwag* waga procent klient*"
        ),
        "word": "id nps data punkty email numer nr tekst kod komentarz*",
        "text": "id data numer grupa imię nazwa tytuł język autor url link kraj status źródło platforma",
    },
    answers={
        "I like it": (
            "podoba mi się|podoba mi się to|to mi się podoba|lubię to|lubię|bardzo mi się podoba|podobałoby mi się"
        ),
        "I expect it": (
            "oczekuję|oczekuję tego|tak musi być|musi tak być|to oczywiste|spodziewam się tego|to jest konieczne"
            "|tak powinno być"
        ),
        "I do not care": (
            "obojętne|jest mi to obojętne|to mi obojętne|wszystko mi jedno|neutralnie|jestem obojętny|obojętnie"
            "|nie mam zdania"
        ),
        "I can live with it": (
            "toleruję|mogę to tolerować|mogę z tym żyć|mogę to zaakceptować|akceptuję|mogę to znieść|da się z tym żyć"
        ),
        "I dislike it": (
            "nie podoba mi się|nie podoba mi się to|to mi się nie podoba|nie lubię tego|nie lubię|przeszkadza mi"
            "|nie mogę tego zaakceptować"
        ),
        "us": "my|własna|nasza",
        "a competitor": "konkurent|konkurencja",
        "no firm": "nikt|brak",
        "Says": "mówi",
        "Thinks": "myśli",
        "Does": "robi",
        "Feels": "czuje",
        "Pain": "ból|problem",
        "Gain": "korzyść",
        "Open": "otwarte|nowe",
        "Answered": "odpowiedziano|odrzucone",
        "Put into practice": "wdrożone|zrobione|zrealizowane",
        "Customer": "klient",
        "Lead user": "wiodący użytkownik",
        "Employee": "pracownik",
        "Partner": "dostawca",
        "Novelty": "nowość",
        "Customer benefit": "korzyść klienta",
        "Feasibility": "wykonalność",
        "Fit with the firm": "dopasowanie",
        "Customer jobs": "zadania klienta",
        "Pains": "bóle|problemy",
        "Gains": "korzyści",
        "Products and services": "produkty i usługi",
        "Pain relievers": "środki na ból",
        "Gain creators": "źródła korzyści",
        "Key partners": "partnerzy",
        "Key activities": "kluczowe działania",
        "Key resources": "kluczowe zasoby",
        "Value propositions": "propozycja wartości",
        "Customer relationships": "relacje z klientami",
        "Channels": "kanały",
        "Customer segments": "segmenty klientów",
        "Costs": "koszty",
        "Revenue": "przychody",
        "as before": "bez zmian",
        "changed": "zmienione",
        "new": "nowe",
        "none": "brak",
        "a little": "słaby",
        "medium": "średni",
        "strong": "silny",
        "very": "bardzo|bardzo rozczarowany",
        "somewhat": "trochę|trochę rozczarowany",
        "not": "nie|nie rozczarowany",
        "must": "musi|obowiązkowe",
        "should": "powinno",
        "income": "przychód|wpływ",
        "cost": "koszt|wydatek",
        "Strategy": "strategia",
        "Readiness: equipment and tools": "gotowość",
        "People and skills": "ludzie",
        "Data": "dane",
        "Automation and AI": "automatyzacja",
        "Green use of digital tools": "ekologia",
        "More than half of the staff use the internet at work": "pracownicy online",
        "Internet by cable with at least 30 Mbit/s": "szerokopasmowy internet",
        "Cloud services that you pay for": "chmura",
        "Cloud for accounting, customers, security, databases or own software": "zaawansowana chmura",
        "A social medium": "media społecznościowe",
        "Two or more social media": "dwa media",
        "Software that joins orders, stock and accounts (ERP)": "system erp",
        "Software about customers (CRM)": "system crm",
        "Data analysed, by you or for you": "analiza danych",
        "Artificial intelligence": "sztuczna inteligencja",
        "At least 1 %% of sales ordered online": "sprzedaż online",
        "Over 1 %% of sales by web, over a tenth of that to consumers": "sklep internetowy",
    },
)
