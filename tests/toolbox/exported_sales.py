"""Exports of shops, tickets and books of small firms, made from their documented shapes with invented data.

Each function returns the bytes of a file; its docstring names where the shape is documented.
"""

from __future__ import annotations

from tests.toolbox.exported_surveys import day, written

SHOPIFY = [
    "Name",
    "Email",
    "Financial Status",
    "Paid at",
    "Fulfillment Status",
    "Fulfilled at",
    "Accepts Marketing",
    "Currency",
    "Subtotal",
    "Shipping",
    "Taxes",
    "Total",
    "Discount Code",
    "Discount Amount",
    "Shipping Method",
    "Created at",
    "Lineitem quantity",
    "Lineitem name",
    "Lineitem price",
    "Lineitem compare at price",
    "Lineitem sku",
    "Lineitem requires shipping",
    "Lineitem taxable",
    "Lineitem fulfillment status",
    "Billing Name",
    "Billing Street",
    "Billing Address1",
    "Billing Address2",
    "Billing Company",
    "Billing City",
    "Billing Zip",
    "Billing Province",
    "Billing Country",
    "Billing Phone",
    "Shipping Name",
    "Shipping Street",
    "Shipping Address1",
    "Shipping Address2",
    "Shipping Company",
    "Shipping City",
    "Shipping Zip",
    "Shipping Province",
    "Shipping Country",
    "Shipping Phone",
    "Notes",
    "Note Attributes",
    "Cancelled at",
    "Payment Method",
    "Payment Reference",
    "Refunded Amount",
    "Vendor",
    "Outstanding Balance",
    "Employee",
    "Location",
    "Device ID",
    "Id",
    "Tags",
    "Risk Level",
    "Source",
    "Lineitem discount",
    "Tax 1 Name",
    "Tax 1 Value",
    "Tax 2 Name",
    "Tax 2 Value",
    "Tax 3 Name",
    "Tax 3 Value",
    "Tax 4 Name",
    "Tax 4 Value",
    "Tax 5 Name",
    "Tax 5 Value",
    "Phone",
    "Receipt Number",
    "Duties",
    "Billing Province Name",
    "Shipping Province Name",
    "Payment ID",
    "Payment Terms Name",
    "Next Payment Due At",
    "Payment References",
]


def shopify() -> bytes:
    """Orders of Shopify: help.shopify.com/manual/fulfillment/managing-orders/exporting-orders; 79 columns.

    The sum stands in the first line of an order; every further item has a line without it. Thirty orders of twelve
    customers with 119 each, ten of them with a second line; one was cancelled, one refunded.
    """
    rows = []
    for number in range(32):
        order = dict.fromkeys(SHOPIFY, "")
        mail = f"kunde{number % 12}@example.org"
        order |= {"Name": f"#{1000 + number}", "Email": mail, "Financial Status": "paid", "Currency": "EUR"}
        order |= {"Paid at": f"{day(number)} 09:50:26 +0200", "Created at": f"{day(number)} 09:49:01 +0200"}
        order |= {
            "Subtotal": "95.00",
            "Shipping": "5.00",
            "Taxes": "19.00",
            "Total": "119.00",
            "Id": str(7_410_000 + number),
        }
        order |= {
            "Lineitem name": "Soap",
            "Lineitem price": "47.50",
            "Refunded Amount": "0.00",
            "Discount Amount": "0.00",
        }
        order |= {"Outstanding Balance": "0.00", "Billing Name": "Erika Muster", "Notes": "ring twice"}
        if number == 30:
            order |= {"Financial Status": "voided", "Cancelled at": f"{day(number)} 12:00:00 +0200"}
        if number == 31:
            order |= {"Financial Status": "refunded", "Refunded Amount": "119.00"}
        rows.append(list(order.values()))
        if number < 10:
            item = dict.fromkeys(SHOPIFY, "") | {"Name": f"#{1000 + number}", "Email": mail}
            item |= {"Created at": f"{day(number)} 09:49:01 +0200", "Lineitem name": "Brush", "Lineitem price": "47.50"}
            rows.append(list(item.values()))
    return written([SHOPIFY, *rows])


def woocommerce() -> bytes:
    """Orders of WooCommerce with a line for each item: docs.algolplus.com, "Advanced Order Export".

    Thirty orders of twelve customers with 84.50 each, five of them with a second item; two more were cancelled.
    """
    head = [
        *("Order Number", "Order Status", "Order Date", "Customer Note", "First Name (Billing)", "Last Name (Billing)"),
        *(
            "Company (Billing)",
            "Address 1&2 (Billing)",
            "City (Billing)",
            "Postcode (Billing)",
            "Country Code (Billing)",
        ),
        *(
            "Email (Billing)",
            "Phone (Billing)",
            "Payment Method Title",
            "Cart Discount Amount",
            "Order Subtotal Amount",
        ),
        *("Shipping Method Title", "Order Shipping Amount", "Order Refund Amount", "Order Total Amount"),
        *("Order Total Tax Amount", "SKU", "Item #", "Item Name", "Quantity (- Refund)", "Item Cost", "Coupon Code"),
    ]
    rows = []
    for number in range(32):
        state = "Cancelled" if number > 29 else "Completed"
        for item in range(2 if number < 5 else 1):
            rows.append(
                [
                    *(900 + number, state, f"{day(number)} 10:11", "", "Erika", f"Muster{number % 12}", "", "Weg 1"),
                    *(
                        "Ort",
                        "12345",
                        "DE",
                        f"m{number % 12}@example.org",
                        "",
                        "Bank transfer",
                        "0",
                        "70.00",
                        "DHL",
                        "4.50",
                    ),
                    *("0", "84.50", "13.49", f"A{item}", item + 1, "Soap", 1, "35.00", ""),
                ]
            )
    return written([head, *rows])


def stripe() -> bytes:
    """Payments of Stripe: docs.stripe.com/dashboard/basics, "Export your data"; amounts with decimals.

    Thirty payments of twelve customers with 60.00 each, four failed, two refunded, one of the thirty partly.
    """
    head = [
        *("id", "Created date (UTC)", "Amount", "Amount Refunded", "Currency", "Captured", "Converted Amount"),
        *(
            "Converted Amount Refunded",
            "Converted Currency",
            "Decline Reason",
            "Description",
            "Fee",
            "Refunded date (UTC)",
        ),
        *("Seller Message", "Status", "Taxes On Fee", "Customer ID", "Customer Description", "Customer Email"),
    ]
    rows = []
    for number in range(36):
        state = "Failed" if number > 31 else "Refunded" if number > 29 else "Paid"
        back = "60.00" if state == "Refunded" else "10.00" if number == 0 else "0.00"
        rows.append(
            [
                *(
                    f"ch_{number:04}",
                    f"{day(number)} 10:11",
                    "60.00",
                    back,
                    "eur",
                    "TRUE",
                    "60.00",
                    back,
                    "eur",
                    "",
                    "",
                ),
                *(
                    "1.20",
                    "",
                    "Payment complete.",
                    state,
                    "0.00",
                    f"cus_{number % 12:04}",
                    "",
                    f"k{number % 12}@example.org",
                ),
            ]
        )
    return written([head, *rows])


def zendesk() -> bytes:
    """Tickets of Zendesk: support.zendesk.com, "Exporting data from your account"; a field of the firm at the end."""
    head = [
        *("Summation column", "Id", "Requester", "Requester id", "Requester email", "Submitter", "Assignee", "Group"),
        *("Subject", "Tags", "Status", "Priority", "Via", "Ticket type", "Created at", "Updated at", "Assigned at"),
        *("Organization", "Due date", "Initially assigned at", "Solved at", "Resolution time", "Satisfaction Score"),
        *("Reopens", "Replies", "First reply time in minutes", "Full resolution time in minutes", "Cause [list]"),
    ]
    causes = ["late delivery"] * 15 + ["wrong size"] * 8 + ["scratches"] * 5 + ["invoice"] * 2
    rows = [
        [
            *(
                1,
                number,
                "Erika Muster",
                500 + number,
                f"e{number}@example.org",
                "Erika Muster",
                "Jan Kowal",
                "Support",
            ),
            *(
                "My kitchen",
                "web_form",
                "Solved",
                "Normal",
                "Mail",
                "Problem",
                f"{day(number)} 10:11",
                f"{day(number)} 12:00",
            ),
            *("", "", "", "", f"{day(number)} 12:00", 2, "Offered", 0, 1, 12, 120, cause),
        ]
        for number, cause in enumerate(causes, 1)
    ]
    return written([head, *rows])


def accounting() -> bytes:
    """A list of open items as accounting programs print it: titles above, over 100 columns, sums below."""
    head = ["Debitorennr.", "Name", "Rechnungsdatum", "Fälligkeitsdatum", "Belegnummer", "Rechnungsbetrag", "Mahnstufe"]
    head += [f"Zusatzfeld {number}" for number in range(1, 101)]
    rows = [
        [
            *(10_000 + number % 12, "Muster GmbH", f"{number % 27 + 1:02}.{number % 9 + 1:02}.2026", "31.12.2026"),
            *(f"RE{number}", "1.190,00", 0, *[""] * 100),
        ]
        for number in range(30)
    ]
    above = [["Tischlerei Nordlicht"], ["Offene Posten zum 30.09.2026"], []]
    return written([*above, head, *rows, ["Summe", "", "", "", "", "35.700,00"]], delimiter=";")


def datev() -> bytes:
    """A batch of bookings of DATEV: developer.datev.de, "DATEV-Format"; the first line is about the file."""
    about = '"EXTF";700;21;"Buchungsstapel";12;20260930140440439;;"RE";"";"";29098;55003;'
    first = about + '20260101;4;20260101;20260930;"Umsatz"'
    head = [
        *(
            "Umsatz (ohne Soll/Haben-Kz)",
            "Soll/Haben-Kennzeichen",
            "WKZ Umsatz",
            "Kurs",
            "Basis-Umsatz",
            "WKZ Basis-Umsatz",
        ),
        *(
            "Konto",
            "Gegenkonto (ohne BU-Schlüssel)",
            "BU-Schlüssel",
            "Belegdatum",
            "Belegfeld 1",
            "Belegfeld 2",
            "Skonto",
        ),
        *("Buchungstext", *(f"Zusatzinformation - Inhalt {number}" for number in range(1, 103))),
    ]
    rows = [
        [
            *(
                "119,00",
                "S",
                "EUR",
                "",
                "",
                "",
                10_000 + number % 12,
                8400,
                "",
                f"{number % 27 + 1}{number % 9 + 1:02}",
            ),
            *(f"RE{number}", "", "", "Küche", *[""] * 102),
        ]
        for number in range(30)
    ]
    return (first + "\r\n").encode() + written([head, *rows], delimiter=";").removeprefix(b"\xef\xbb\xbf")
