"""English."""

from .pack import LanguagePack, OrderWords, PeopleWords, words

_PEOPLE = PeopleWords(
    headings=words(
        "name|full name|first name|last name|surname|customer name|contact|contact person|first name billing"
        "|last name billing|billing name|shipping name|card name|recipient name"
    ),
    contacts=words(
        "email|e-mail|mail|email address|phone|telephone|mobile|address|street|birthday|date of birth|iban"
        "|bank account|recipient email"
    ),
    titles=(),
    short_titles=("mr", "mrs", "ms", "mx"),
    capital_titles=("Miss",),
    degrees=("Dr", "Prof"),
    introductions=("my name is", "my name's"),
    closings=words(
        "best regards|kind regards|warm regards|best wishes|kind wishes|warm wishes|regards|yours sincerely"
        "|yours faithfully|yours truly|sincerely|cheers"
    ),
    greetings=("dear", "hello", "hi"),
    thanks=("thanks", "thank you"),
    name_endings="s es",
    common=(
        "mark will may rose young long short best good price white black brown green grey king hill wood bill joy "
        "hope faith sunny art april june august baker cook carpenter bond case cash cost day page rich sharp small "
        "sweet waters wells winter summer moon bush cross field love power stone walker house company shop home "
        "van info mail contact office service post hello order support admin web team sales ltd limited inc "
        "holding group mrs miss dr prof and the von for"
    ),
)

_ORDERS = OrderWords(
    states=words("transaction type|type|status|order status|financial status|payment status|state|invoice status"),
    undone=words(
        "refund|credit memo|credit note|failed|cancelled|canceled|refunded|void|voided|declined|draft"
        "|checkout draft|expired|abandoned|blocked|incomplete|pending payment|requires payment method"
        "|requires action|requires capture|uncaptured|rejected|credited|chargeback|disputed|deleted|trash|returned"
        "|reversed|written off|uncollectible"
    ),
    cancelled=("cancelled at", "canceled at", "cancelled on", "cancellation date", "voided at"),
    refunded=words("amount refunded|refunded amount|refund amount|order refund amount|refunds|refund|refunded"),
    currency=("currency", "currency code", "order currency"),
    invoices=("invoice", "sales invoice", "order"),
    payments=("payment", "deposit", "transfer", "payout"),
    sides=("debit credit", "dc", "d c", "credit debit"),
)

PACK = LanguagePack(
    code="en",
    months=(
        *(("jan",), ("feb",), ("mar",), ("apr",), ("may",), ("jun",), ("jul",), ("aug",), ("sep",), ("oct",)),
        *(("nov",), ("dec",)),
    ),
    mornings=("am", "a.m."),
    afternoons=("pm", "p.m."),
    yes=("yes", "y", "true"),
    no=("no", "n", "false"),
    empty=words("n/a|n.a.|n. a.|na|not applicable|not available|no answer|no data|not stated|null|nan|tbd|tba"),
    nothing=("none", "nil", "missing", "unknown", "don't know", "nothing", "open", "pending", "ongoing", "in progress"),
    errors=words(
        "#DIV/0!|#N/A|#NAME?|#NULL!|#NUM!|#REF!|#VALUE!|#SPILL!|#CALC!|#FIELD!|#ERROR!|#GETTING_DATA|#BLOCKED!"
        "|#CONNECT!|#UNKNOWN!|#BUSY!"
    ),
    numbered_errors=("Err:",),
    totals=words("total|totals|grand total|subtotal|sub-total|sum|overall|average|mean|count|number of rows|records"),
    counts=words(
        "count|counts|number|how many|how often|frequency|quantity|times|complaints|cases|answers|responses|n"
    ),
    answer_lines=("response", "open-ended response"),
    money={
        "EUR": ("euro", "euros"),
        "USD": ("dollar", "dollars"),
        "GBP": ("pound", "pounds"),
        "CHF": ("francs", "franc"),
    },
    best_is_one=("school mark", "school grade"),
    praise=words("best|very good|excellent|very satisfied|completely satisfied|very likely|very happy|strongly agree"),
    out_of=("of", "out of"),
    clock=("at",),
    beside_days=("on",),
    phones=("tel", "phone", "mobile", "call", "ring"),
    people=_PEOPLE,
    orders=_ORDERS,
    headings={
        "customer": (
            "customer number|customer no|customer id|customer code|customer key|client id|client number|client no"
            "|buyer id|buyer user id|account number|debtor number|debtor no|buyer username|member id"
            "|membership number|loyalty card|customer card",
            "customer email|billing email|email billing|buyer email|payer email|card email|from email address",
            "email|email address|e mail",
            "customer|client|buyer|payer|guest|debtor|account name|company|customer name|client name|billing name"
            "|bill to|contact name|buyer name",
            "name",
        ),
        "date": (
            "order date|date of order|purchase date|created at|created|date created|created utc|created date utc"
            "|ordered at",
            "invoice date|document date|sale date|sales date|transaction date|booking date|posting date|timestamp"
            "|submitted at|submit date|submitdate|date submitted|completion time|response date|recorded date"
            "|review date|date time",
            "date paid|paid at|payment date|processed at",
            "end date|ended|last action",
            "start date|start time|started",
        ),
        "amount": (
            "amount|total|gross|net|gross amount|net amount|total amount|order total|order total amount"
            "|invoice total|invoice amount|grand total|total gross|total net|amount gross|amount net|sum|sales"
            "|revenue|turnover|value|net sales|gross sales|total sales|total price|order value",
            "price|payment",
        ),
        "sales": (
            "sales|turnover|revenue|amount|total|gross|net|total sales|net sales|gross sales|annual sales"
            "|total spent|total amount|value",
        ),
        "margin": ("margin|gross margin|profit|gross profit|contribution|contribution margin",),
        "active_years": ("years as customer|customer years|years", "years active"),
        "score": ("score|rating|points|grade",),
        "net-promoter-score/score": (
            "nps|nps score|net promoter score|score|recommend*|likelihood to recommend|how likely",
            "rating|points",
        ),
        "customer-satisfaction/score": (
            "csat|csat score|satisfaction score|satisfaction|how satisfied|overall satisfaction|satisfied|score",
            "rating|points|grade|stars",
        ),
        "customer-effort-score/score": ("ces|ces score|effort score|effort|how easy|easy|ease|score", "rating|points"),
        "stars": ("stars|star rating|rating|score",),
        "comment": ("comment|comments|reason|why|remarks|feedback|explanation|open answer",),
        "segment": ("segment|customer group|customer segment|customer type|group",),
        "touchpoint": ("touchpoint|contact point|channel|shop|branch|store|location",),
        "cause": (
            "cause|reason|complaint|complaint reason|reason of complaint|main reason|category|problem|issue",
            "topic|defect",
        ),
        "cost": ("cost|costs|damage|cost of complaint",),
        "order_no": (
            "order number|order no|order id|order|invoice number|invoice no|invoice id|document number"
            "|receipt number|transaction id|payment id",
            "name",
        ),
        "days_open": ("days|days open|days to close|days until solved",),
        "text": ("text|review|review text|message|comment|comments|quote|feedback|content|body", "words"),
        "respondent": (
            "respondent|respondent id|response id|respondent number|participant|participant id|person|submission id",
            "id|token|number|no",
        ),
        "member": ("member|member id|member number|customer|customer number|participant",),
        "feature": ("feature|attribute|function",),
        "functional": ("functional|functional question|if present|present|with",),
        "dysfunctional": ("dysfunctional|dysfunctional question|if absent|absent|without",),
        "importance": ("importance|important|how important",),
        "satisfaction": ("satisfaction|satisfied|how satisfied",),
        "item": ("item|statement|question|service|aspect|attribute",),
        "expect": ("expect|expectation*|expected", "importance|important|how important"),
        "perform": ("perform|performance|perceived|perception*|experience*", "satisfaction|satisfied|how satisfied"),
        "variant": ("variant|version|group|variation",),
        "seen": ("seen|visitors|views|impressions|sessions|sent|delivered|recipients|users",),
        "done": ("done|conversions|replies|orders|clicks|purchases|conversion|responses",),
        "invited": ("invited|sent|invitations",),
        "answers": ("answers|answered|responses|completed",),
        "advice": ("proposal",),
        "answered": ("feedback",),
        "business-model-canvas/assumption": ("text",),
        "attribute": ("attribute",),
        "b": ("benefit|need",),
        "block": ("field",),
        "card": ("no|number|card id",),
        "change": ("status",),
        "channel": ("touchpoint",),
        "cheap": ("c|bargain",),
        "code": ("codes|theme|themes|topic",),
        "community": ("forum|group|channel|source|platform",),
        "confidence": ("sureness",),
        "contradicts": ("contradiction",),
        "customer-funnel/count": ("number|people",),
        "criterion": ("criteria",),
        "survey-sampling/customers": ("all customers",),
        "disappointed": ("dis",),
        "dots": ("votes",),
        "ease": ("easiness",),
        "idea-scoring/effort": ("work",),
        "evidence": ("evidence ref|proof",),
        "expensive": ("e|dear",),
        "field": ("area",),
        "first": ("i|a",),
        "frequency": ("freq",),
        "hand": ("code|codes|theme|themes|topic",),
        "idea": ("ideas",),
        "idea_id": ("idea",),
        "impact": ("effect",),
        "stage-gate/item": ("item|statement|question|service|aspect|attribute", "criterion|what"),
        "digital-maturity/item": ("item|statement|question|service|aspect|attribute", "dimension|technology"),
        "lang": ("language",),
        "linked_to": ("link|answers",),
        "customer-advisory-board/member": (
            "member|member id|member number|customer|customer number|participant",
            "member key|respondent|person|customer key|card",
        ),
        "met": ("yes no",),
        "now": ("today",),
        "outcome": ("job",),
        "own_solution": ("built",),
        "participant": ("respondent|person",),
        "ab-test/period": ("week|date|day",),
        "customer-funnel/period": ("month|quarter|year",),
        "person": ("person key|respondent|participant|customer key|customer number|customer|card",),
        "persona": ("segment|group",),
        "value-proposition-canvas/place": ("kind|field",),
        "customer-funnel/place": ("no|position",),
        "post": ("url|link|address",),
        "problem": ("hurdle",),
        "process": ("step",),
        "quote": ("text|review|message",),
        "rank": ("ranking",),
        "rater": ("judge|jury",),
        "conjoint-analysis/rating": ("rank|score",),
        "reach": ("people reached",),
        "received": ("arrived",),
        "referred_by": ("named by",),
        "relation": ("r|strength",),
        "role": ("part",),
        "sales_point": ("selling point",),
        "digital-maturity/score": ("score|rating|points|grade",),
        "second": ("j|b",),
        "seconds": ("time",),
        "severity": ("how bad",),
        "side": ("firm|company|own/competitor",),
        "source": ("platform",),
        "idea-competition/source": ("participant|sender",),
        "source_id": ("source|interview|talk",),
        "statement": ("quote",),
        "status": ("state",),
        "step": ("stage",),
        "success": ("done|managed",),
        "t": ("trend|ahead",),
        "target": ("goal",),
        "task": ("exercise",),
        "too_cheap": ("tc|too cheap",),
        "too_expensive": ("te|too expensive",),
        "stage-gate/type": ("kind",),
        "used": ("in use|yes no",),
        "user": ("user key|customer key|customer number|customer|card|respondent|person|participant",),
        "analytic-hierarchy-process/value": ("times",),
        "customer-funnel/value": ("amount|sum|sales",),
        "stage-gate/value": ("points|amount",),
        "weight": ("share of the whole",),
        "wish": ("wishes",),
        "stage-gate/year": ("business year",),
    },
    beside_headings={
        "key": (
            "number no nr id code key ref reference email mail name billing customer client buyer account user of "
            "the and internal external unique"
        ),
        "money": (
            "tax* vat subtotal sub shipping refund* discount* fee fees tip tips unit item items line lineitem due "
            "outstanding balance id number no code currency rate percent date quantity qty count weight coupon "
            "gift deposit handling duty duties commission points status method"
        ),
        "day": (
            "due delivery delivered shipping shipped birth birthday expiry expires valid updated update modified "
            "changed cancelled canceled refund* refunded fulfilled closed reminder until deadline next last first "
            "solved assigned id opt consent"
        ),
        "mark": (
            "reason* why comment* group page id name explain* text label date time age year postcode phone "
            "duration count number note notes feedback weight percent customer wave earlier"
        ),
        "word": "id nps response date score email number text code",
        "text": (
            "id date number group name user title language author reviewer url link reply owner country status "
            "tags source platform"
        ),
    },
    answers={
        "I like it": (
            "like|i like it that way|i enjoy it that way|i would like it|i like it very much|it would be great"
            "|satisfied|i like that"
        ),
        "I expect it": (
            "expect|must be|it must be that way|i expect it that way|it is a basic necessity|it should be that way"
            "|i expect that|it is basic|it must be"
        ),
        "I do not care": (
            "neutral|i am neutral|i'm neutral|i do not mind|i don't care|no opinion|indifferent"
            "|it is all the same to me|i feel neutral"
        ),
        "I can live with it": (
            "tolerate|i can live with it that way|i can tolerate it|i can put up with it|live with"
            "|i can live with that|i can tolerate it that way|i would live with it"
        ),
        "I dislike it": (
            "dislike|i dislike it that way|i can't accept it|i cannot accept it|i would dislike it|i do not like it"
            "|i can't accept it that way|i don't like it"
        ),
        "us": "we|ours|our firm",
        "a competitor": "other",
        "no firm": "nobody|-",
        "Says": "say",
        "Thinks": "think",
        "Does": "do",
        "Feels": "feel",
        "Pain": "pains",
        "Gain": "gains",
        "Open": "new",
        "Answered": "answer|rejected|declined",
        "Put into practice": "done",
        "Customer": "customers",
        "Lead user": "lead user",
        "Employee": "staff",
        "Partner": "supplier",
        "Novelty": "new idea",
        "Customer benefit": "benefit for customers",
        "Feasibility": "can be done",
        "Fit with the firm": "fits us",
        "Customer jobs": "jobs|job",
        "Pains": "pain",
        "Gains": "gain",
        "Products and services": "product|service",
        "Pain relievers": "pain reliever",
        "Gain creators": "gain creator",
        "Key partners": "key partner",
        "Key activities": "key activity",
        "Key resources": "key resource",
        "Value propositions": "value proposition",
        "Customer relationships": "customer relationship",
        "Channels": "channel",
        "Customer segments": "segment",
        "Costs": "cost structure",
        "Revenue": "revenue streams",
        "as before": "same|kept",
        "changed": "altered",
        "new": "added",
        "none": "no relation",
        "a little": "weak",
        "medium": "middle",
        "strong": "much",
        "very": "very disappointed",
        "somewhat": "somewhat disappointed",
        "not": "not disappointed",
        "must": "must have",
        "should": "should have",
        "income": "incomes",
        "cost": "costs",
        "Strategy": "digital business strategy",
        "Readiness: equipment and tools": "digital readiness",
        "People and skills": "human centric digitalisation",
        "Data": "data management",
        "Automation and AI": "automation and intelligence",
        "Green use of digital tools": "green digitalisation",
        "More than half of the staff use the internet at work": "staff online",
        "Internet by cable with at least 30 Mbit/s": "fast internet",
        "Cloud services that you pay for": "cloud services",
        "Cloud for accounting, customers, security, databases or own software": "advanced cloud",
        "A social medium": "social media",
        "Two or more social media": "two social media",
        "Software that joins orders, stock and accounts (ERP)": "erp software",
        "Software about customers (CRM)": "crm software",
        "Data analysed, by you or for you": "data analytics",
        "Artificial intelligence": "machine learning",
        "At least 1 %% of sales ordered online": "online sales|e-commerce",
        "Over 1 %% of sales by web, over a tenth of that to consumers": "webshop",
    },
)
