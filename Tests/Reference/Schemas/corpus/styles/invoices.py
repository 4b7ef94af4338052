"""Documents of commerce: invoices, receipts, orders, shipping, bank statements."""

from corpus.notation import *

CURRENCIES = ("EUR", "USD", "GBP", "SEK", "NOK", "DKK", "CHF", "PLN", "JPY", "CZK")
COUNTRIES = tuple(
    "AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT JP LT LU LV MT NL NO PL PT RO SE SI SK US CA AU NZ".split()
)


def money(v=None, **more):
    return (
        v.pick(number(0, step=0.01, **more), number(0, 1000000, **more), number(**({"exclusiveMinimum": 0} | more)))
        if v
        else number(0, step=0.01, **more)
    )


def currency(v):
    return v.pick(pattern("^[A-Z]{3}$"), words(*CURRENCIES), words("EUR", "USD"), text("word", 3, 3))


def country(v):
    return v.pick(pattern("^[A-Z]{2}$"), words(*COUNTRIES))


def address(v):
    properties = {
        "name": text("company", 1, 120),
        "street!": text("street", 1, 100),
        "houseNumber": text(low=1, high=10),
        "postalCode!": v.pick(text("word", 3, 10), pattern("^[0-9A-Z][0-9A-Z -]{2,8}[0-9A-Z]$")),
        "city!": text("city", 1),
        "region": nullable(text("city")),
        "country!": country(v),
    }
    return obj(v.some(properties, 0.6), **v.closing())


def vat_number():
    return pattern("^[A-Z]{2}[0-9A-Z]{8,12}$")


def party(v):
    return closed(
        v.some(
            {
                "name!": text("company", 1, 140),
                "address": ref("address"),
                "vatId": vat_number(),
                "email": formatted("email"),
                "phone": nullable(text("phone")),
                "registration": nullable(pattern("^[A-Z]{2,3} ?[0-9]{4,8}$")),
            },
            0.7,
        )
    )


def line(v):
    return closed(
        v.some(
            {
                "position": integer(1),
                "sku": v.pick(pattern("^[A-Z]{2,4}-[0-9]{3,6}$"), text("slug", high=32)),
                "description!": text("product", 1, 200),
                "quantity!": v.pick(integer(1), number(exclusiveMinimum=0), number(0, 9999, step=0.001)),
                "unit": words("pcs", "kg", "h", "m", "l", "box"),
                "unitPrice!": money(v),
                "discount": v.pick(number(0, 100), nullable(money())),
                "taxRate": v.pick(enum(0, 7, 19, 25), number(0, 30, step=0.5)),
                "total!": money(),
            },
            0.7,
        )
    )


@schema("invoice", variants=4)
def invoice(v):
    return obj(
        v.some(
            {
                "number!": v.pick(pattern("^INV-[0-9]{4}-[0-9]{4,6}$"), text("slug", 1, 30)),
                "issueDate!": formatted("date"),
                "dueDate": nullable(formatted("date")),
                "currency!": currency(v),
                "seller!": ref("party"),
                "buyer!": ref("party"),
                "lines!": array(ref("line"), low=1, high=v.pick(50, 200)),
                "taxes": array(closed({"rate!": number(0, 100), "base!": money(), "amount!": money()})),
                "netTotal!": money(),
                "grossTotal!": money(),
                "payment": v.pick(
                    tagged(
                        "method",
                        {
                            "transfer": {
                                "iban!": pattern("^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$"),
                                "bic": pattern("^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$"),
                            },
                            "card": {"last4!": pattern("^[0-9]{4}$")},
                            "cash": {},
                        },
                    ),
                    obj({"method!": words("transfer", "card", "cash"), "iban": text()})
                    | when("method", "transfer", {"required": ["iban"]}),
                ),
                "notes": text("paragraph", high=1000),
                "reverseCharge": boolean(),
            },
            0.75,
        ),
        title="Invoice",
        **v.pick({}, {"additionalProperties": False}),
        **{"$defs": {"address": address(v), "party": party(v), "line": line(v)}},
    )


@schema("receipt", variants=3)
def receipt(v):
    item = closed(
        v.some(
            {
                "name!": text("product", 1),
                "quantity": integer(1, 99),
                "price!": money(),
                "category": words("food", "drink", "household", "other"),
            },
            0.7,
        )
    )
    return closed(
        v.some(
            {
                "merchant!": text("company", 1, 80),
                "date!": v.pick(formatted("date"), nullable(formatted("date")), formatted("date-time")),
                "time": nullable(pattern("^([01][0-9]|2[0-3]):[0-5][0-9]$")),
                "items!": array(item, v.pick(0, 1), v.pick(40, 100)),
                "subtotal": money(),
                "tax": nullable(money()),
                "tip": money(),
                "total!": money(),
                "currency!": currency(v),
                "paymentMethod": enum("cash", "credit", "debit", "voucher", None),
            },
            0.7,
        )
    )


@schema("purchase-order", variants=2)
def purchase_order(v):
    item = obj(
        {
            "partNumber!": pattern("^\\d{3}-[A-Z]{2}$"),
            "productName!": text("product"),
            "quantity!": integer(1, 99),
            "unitPrice!": money(),
            "shipDate": formatted("date"),
            "comment": text("sentence"),
        }
    )
    return obj(
        {
            "orderNumber!": integer(1),
            "orderDate!": formatted("date"),
            "shipTo!": ref("#address"),
            "billTo": ref("#address"),
            "items!": array(item, 1),
            "approvals": array(
                closed(
                    {
                        "by!": text("name"),
                        "at!": formatted("date-time"),
                        "decision!": words("approved", "rejected", "deferred"),
                    }
                ),
                high=5,
            ),
            "priority": integer(1, 5),
            "terms": words("NET10", "NET30", "NET60", "PREPAID"),
        },
        **{"$defs": {"address": {"$anchor": "address"} | address(v)}},
    )


@schema("shipment", variants=2)
def shipment(v):
    length = number(exclusiveMinimum=0, maximum=300)
    package = closed(
        {
            "weight!": closed({"value!": number(exclusiveMinimum=0), "unit!": words("kg", "lb")}),
            "dimensions": v.pick(
                closed({"length!": length, "width!": length, "height!": length}),
                row(length, length, length, minItems=3),
            ),
            "fragile": boolean(),
        }
    )
    event = obj(
        {
            "status!": words(
                "created", "picked_up", "in_transit", "out_for_delivery", "delivered", "exception", "returned"
            ),
            "at!": formatted("date-time"),
            "location": text("city"),
            "reason": text("sentence"),
        }
    ) | when("status", ["exception", "returned"], {"required": ["reason"]})
    return closed(
        {
            "trackingNumber!": pattern("^[A-Z]{2}[0-9]{9}[A-Z]{2}$"),
            "carrier!": words("dhl", "ups", "postnord", "gls"),
            "service": text("words"),
            "sender!": ref("address"),
            "recipient!": ref("address"),
            "packages!": array(package, 1, 20),
            "events": array(event),
            "customs": nullable(
                closed(
                    {
                        "value!": money(),
                        "currency!": currency(v),
                        "hsCodes": array(pattern("^[0-9]{6}([0-9]{2}){0,2}$"), 1, unique=True),
                    }
                )
            ),
        },
        **{"$defs": {"address": address(v)}},
    )


@schema("bank-statement", variants=2)
def bank_statement(v):
    transaction = closed(
        v.some(
            {
                "id": text("slug", 1),
                "bookingDate!": formatted("date"),
                "valueDate": formatted("date"),
                "amount!": number(step=0.01),
                "counterparty": closed(
                    {"name!": text("company"), "iban": pattern("^[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}$")}
                ),
                "reference": text("sentence", high=140),
                "type!": words("credit", "debit", "fee", "interest"),
            },
            0.8,
        )
    )
    return closed(
        {
            "accountHolder!": text("name", 1),
            "iban!": pattern("^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$"),
            "period!": closed({"from!": formatted("date"), "to!": formatted("date")}),
            "currency!": currency(v),
            "openingBalance!": number(step=0.01),
            "closingBalance!": number(-10000000, 10000000),
            "transactions!": array(transaction, high=500),
        }
    )


@schema("credit-note")
def credit_note(v):
    base = obj({"number!": text("slug", 1), "date!": formatted("date"), "total!": number()})
    return all_of(
        ref("document"),
        obj(
            {
                "kind!": const("credit_note"),
                "refersTo!": text("slug", 1),
                "reason!": words("return", "price_error", "cancellation", "other"),
                "explanation": text("sentence"),
            }
        ),
        when("reason", "other", {"required": ["explanation"]}),
        **{"$defs": {"document": base}},
    )


@schema("quote")
def quote(v):
    option = closed(
        {
            "label!": text("words", 1, 60),
            "price!": money(),
            "period": words("once", "monthly", "yearly"),
            "recommended": boolean(),
        }
    )
    return closed(
        {
            "validUntil!": formatted("date"),
            "options!": array(
                option,
                1,
                3,
                contains={"type": "object", "properties": {"recommended": const(True)}, "required": ["recommended"]},
            ),
            "contact": formatted("email"),
        }
    )


@schema("price-list")
def price_list(v):
    return {
        "type": "object",
        "patternProperties": {"^[A-Z]{3}$": mapping(number(0), names="^[a-z]+(-[a-z]+)*$")},
        "additionalProperties": False,
        "minProperties": 1,
    }


@schema("tax-form")
def tax_form(v):
    boxes = {f"box{n}": nullable(integer(0)) for n in range(1, 21)}
    return closed(
        {
            "year!": integer(1990, 2035),
            "taxpayer!": closed(
                {
                    "name!": text("name", 1),
                    "taxNumber!": pattern("^[0-9]{2,3}/[0-9]{3}/[0-9]{5}$"),
                    "spouse": nullable(text("name")),
                }
            ),
            "boxes!": closed(boxes),
            "signed!": boolean(),
        }
    )


@schema("expense-report", variants=2)
def expense_report(v):
    expense = tagged(
        "category",
        {
            "travel": {"from!": text("city"), "to!": text("city"), "kilometres": number(0, 5000), "amount!": money()},
            "meal": {"guests": array(text("name"), high=12, unique=True), "amount!": money(maximum=500)},
            "lodging": {"nights!": integer(1, 60), "hotel!": text("company"), "amount!": money()},
            "other": {"description!": text("sentence", 5, 200), "amount!": money()},
        },
        v.pick("oneOf", "anyOf"),
    )
    return obj(
        {
            "employee!": text("name"),
            "costCentre!": pattern("^[0-9]{4}$"),
            "expenses!": array(expense, 1, 30),
            "approvedBy": nullable(text("name")),
            "approvedAt": nullable(formatted("date-time")),
        },
        dependentRequired={"approvedBy": ["approvedAt"]},
        **v.closing(),
    )


@schema("utility-bill")
def utility_bill(v):
    reading = row(formatted("date"), integer(0), words("read", "estimated"), minItems=2)
    return closed(
        {
            "customer!": pattern("^C[0-9]{8}$"),
            "meter!": pattern("^[0-9A-F]{8,16}$"),
            "readings!": array(reading, 2, 13),
            "tariff!": any_of(
                closed({"flat!": number(0)}),
                closed({"steps!": array(closed({"upTo!": nullable(integer(1)), "price!": number(0, 5)}), 2, 6)}),
            ),
            "amountDue!": number(step=0.01),
        }
    )


@schema("payslip")
def payslip(v):
    entry = closed({"code!": pattern("^[0-9]{3,4}$"), "label!": text("words"), "amount!": number()})
    return closed(
        {
            "employee!": obj({"id!": integer(1), "name!": text("name")}),
            "month!": pattern("^[0-9]{4}-(0[1-9]|1[0-2])$"),
            "gross!": money(),
            "additions": array(entry),
            "deductions": array(entry),
            "net!": money(),
            "iban": pattern("^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$"),
        }
    )


@schema("delivery-note")
def delivery_note(v):
    return closed(
        {
            "id!": formatted("uuid"),
            "deliveredAt!": formatted("date-time"),
            "lines!": array(
                closed(
                    {
                        "ean!": pattern("^([0-9]{8}|[0-9]{13})$"),
                        "ordered!": integer(0),
                        "delivered!": integer(0),
                        "remark": text("sentence", high=80),
                    }
                ),
                1,
            ),
            "signature": text(contentEncoding="base64", pattern="^[A-Za-z0-9+/]*={0,2}$"),
        }
    )


@schema("contract")
def contract(v):
    clause = {
        "type": "object",
        "properties": {
            "number": pattern("^[0-9]+(\\.[0-9]+)*$"),
            "title": text("words"),
            "text": text("paragraph", 1),
            "subclauses": array({"$ref": "#/$defs/clause"}),
        },
        "required": ["number", "text"],
        "additionalProperties": False,
    }
    return closed(
        {
            "title!": text("words", 1),
            "parties!": array(
                closed({"role!": words("supplier", "customer", "guarantor"), "name!": text("company")}), 2, 4
            ),
            "clauses!": array(ref("clause"), 1),
            "governingLaw": text("city"),
            "term!": one_of(
                closed({"months!": integer(1, 120)}), closed({"until!": formatted("date")}), const("indefinite")
            ),
        },
        **{"$defs": {"clause": clause}},
    )


@schema("stock-count")
def stock_count(v):
    return {
        "type": "array",
        "items": row(pattern("^[A-Z]{3}[0-9]{4}$"), integer(0, 100000), boolean(), minItems=2),
        "maxItems": 300,
    }


@schema("hotel-bill")
def hotel_bill(v):
    return closed(
        {
            "guest!": text("name", 2, 80),
            "room!": any_of(integer(1, 9999), pattern("^[A-Z][0-9]{2,3}$")),
            "arrival!": formatted("date"),
            "departure!": formatted("date"),
            "nights!": integer(1, 90),
            "charges!": array(
                closed(
                    {
                        "date!": formatted("date"),
                        "what!": words("room", "breakfast", "minibar", "parking", "city tax", "spa"),
                        "amount!": number(0, 5000, step=0.05),
                    }
                ),
                1,
                60,
            ),
            "loyalty": nullable(closed({"tier!": words("silver", "gold", "platinum"), "points!": integer(0, step=10)})),
        }
    )


@schema("invoice-inlined")
def invoice_inlined(v):
    return inlined(invoice(v))


@schema("trade-documents", variants=2)
def trade_documents(v):
    """Whatever comes with a consignment: one schema for all papers."""

    def papers():
        return {
            "invoice": {"lines!": array(line(v), 1), "total!": money(), "buyer!": party(v)},
            "packing_list": {
                "packages!": array(
                    closed(
                        {
                            "marks!": text("slug"),
                            "gross!": number(0),
                            "net": number(0),
                            "contents!": array(closed({"sku!": text("slug"), "count!": integer(1)}), 1),
                        }
                    ),
                    1,
                )
            },
            "bill_of_lading": {
                "vessel!": text("word"),
                "ports!": row(pattern("^[A-Z]{5}$"), pattern("^[A-Z]{5}$"), minItems=2),
                "freight": words("prepaid", "collect"),
                "shipper!": party(v),
            },
            "certificate_of_origin": {"origin!": country(v), "issuer!": party(v), "issued!": formatted("date")},
        }

    return closed(
        {
            "consignment!": pattern("^[0-9]{10}$"),
            "papers!": array(tagged("kind", papers(), v.pick("oneOf", "anyOf")), 1, 20),
        },
        **{"$defs": {"address": address(v)}},
    )
