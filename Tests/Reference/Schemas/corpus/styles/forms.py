"""What people fill in: sign-ups, applications, surveys, bookings, settings."""

from corpus.notation import *


def phone():
    return pattern(r"^\+?[0-9][0-9 ()-]{5,18}[0-9]$")


def address():
    return obj(
        {
            "line1!": text("street", 1, 100),
            "line2": text("words", high=100),
            "city!": text("city", 1, 60),
            "postcode!": pattern("^[A-Z0-9][A-Z0-9 -]{2,9}$"),
            "country!": pattern("^[A-Z]{2}$"),
        }
    )


@schema("sign-up", variants=3)
def sign_up(v):
    password = v.pick(text("words", 8, 64), pattern(r"^[!-~]{8,64}$"), pattern(r"^(?=.*[A-Z])(?=.*[0-9])[!-~]{8,64}$"))
    return v.pick(closed, obj)(
        v.some(
            {
                "username!": pattern("^[a-z][a-z0-9_]{2,19}$"),
                "email!": formatted("email", maxLength=254),
                "password!": password,
                "displayName": text("name", 1, 50),
                "birthDate": formatted("date"),
                "newsletter": boolean(default=False),
                "referral": pattern("^[A-Z0-9]{6}$"),
                "acceptTerms!": const(True),
            },
            0.7,
        )
    )


@schema("contact", variants=2)
def contact(v):
    if v.index == 0:
        return closed(
            {
                "name!": text("name", 2, 80),
                "email": formatted("email"),
                "phone": phone(),
                "topic!": words("sales", "support", "press", "other"),
                "message!": text("paragraph", 10, 2000),
            },
            anyOf=[{"required": ["email"]}, {"required": ["phone"]}],
        )
    return closed(
        {
            "name!": text("name"),
            "reply!": one_of(
                closed({"by!": const("email"), "address!": formatted("email")}),
                closed(
                    {
                        "by!": const("phone"),
                        "number!": phone(),
                        "between": row(
                            pattern("^[0-2][0-9]:[0-5][0-9]$"), pattern("^[0-2][0-9]:[0-5][0-9]$"), minItems=2
                        ),
                    }
                ),
                closed({"by!": const("none")}),
            ),
            "message!": text("paragraph", 1),
        }
    )


@schema("checkout", variants=2)
def checkout(v):
    payment = tagged(
        "method",
        {
            "card": {
                "number!": pattern("^[0-9]{13,19}$"),
                "expiry!": pattern("^(0[1-9]|1[0-2])/[0-9]{2}$"),
                "cvc!": pattern("^[0-9]{3,4}$"),
            },
            "sepa": {"iban!": pattern("^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$"), "mandate!": const(True)},
            "invoice": {"birthDate!": formatted("date")},
            "gift_card": {"codes!": array(pattern("^[A-Z0-9]{4}(-[A-Z0-9]{4}){3}$"), low=1, high=5)},
        },
        v.pick("oneOf", "anyOf"),
    )
    return obj(
        {
            "shipping!": ref("address"),
            "billingSame": boolean(),
            "billing": ref("address"),
            "payment!": payment,
            "giftMessage": text("sentence", high=250),
        },
        **(
            {
                "if": {"properties": {"billingSame": const(False)}, "required": ["billingSame"]},
                "then": {"required": ["billing"]},
            }
            if v.index
            else {}
        ),
        **{"$defs": {"address": address()}},
    )


@schema("job-application", variants=2)
def job_application(v):
    job = closed(
        {
            "company!": text("company"),
            "title!": text("words"),
            "from!": pattern("^[0-9]{4}-[0-9]{2}$"),
            "to": nullable(pattern("^[0-9]{4}-[0-9]{2}$")),
        }
    )
    return closed(
        v.some(
            {
                "position!": pattern("^[A-Z]{2}-[0-9]{4}$"),
                "name!": text("name", 1),
                "email!": formatted("email"),
                "experience": array(job, high=20),
                "education": array(
                    obj(
                        {
                            "degree!": words("none", "bachelor", "master", "doctorate"),
                            "field": text("words"),
                            "year": integer(1950, 2030),
                        }
                    )
                ),
                "salary": closed(
                    {"min!": integer(0, step=100), "max": integer(0, step=100), "currency": words("EUR", "USD")}
                ),
                "links": array(formatted("uri"), high=5),
                "relocate": boolean(),
                "startDate": formatted("date"),
            },
            0.75,
        )
    )


@schema("survey", variants=4)
def survey(v):
    if v.index == 0:
        return closed(
            {
                f"q{n}"
                + ("!" if n < 4 else ""): v.pick(
                    integer(1, 5),
                    integer(0, 10),
                    words("yes", "no", "unsure"),
                    text("sentence", high=500),
                    array(words("a", "b", "c", "d"), high=4),
                )
                for n in range(1, 13)
            }
        )
    if v.index == 1:
        return mapping(
            any_of(integer(1, 7), text("sentence", high=1000), array(text("word"), low=1)),
            names="^q[0-9]{1,3}$",
            low=1,
            high=60,
        )
    if v.index == 2:
        answer = tagged(
            "type",
            {
                "scale": {"value!": integer(1, 10)},
                "text": {"value!": text("sentence")},
                "choice": {"value!": words("A", "B", "C", "D", "E")},
                "multiple": {"value!": array(words("A", "B", "C", "D", "E"), low=1, unique=True)},
                "skipped": {},
            },
        )
        return closed(
            {"respondent": nullable(formatted("uuid")), "answers!": array(answer, low=1), "seconds": number(0)}
        )
    matrix = closed(
        {row_name + "!": integer(1, 5) for row_name in ("speed", "price", "service", "quality", "delivery")}
    )
    return closed(
        {"ratings!": matrix, "recommend!": integer(0, 10), "why": text("paragraph", high=800)},
        allOf=[{"if": {"properties": {"recommend": {"maximum": 6}}}, "then": {"required": ["why"]}}],
    )


@schema("form-definition", variants=3)
def form_definition(v):
    base = {
        "key!": pattern("^[a-zA-Z][a-zA-Z0-9]*$"),
        "label!": text("words", 1),
        "hint": text("sentence"),
        "required": boolean(),
    }
    kinds = {
        "text": {"maxLength": integer(1, 5000), "pattern": text("word")},
        "number": {"min": number(), "max": number(), "step": number(exclusiveMinimum=0)},
        "select": {
            "options!": array(closed({"value!": any_of(text("word"), integer()), "label!": text("words")}), low=1),
            "multiple": boolean(),
        },
        "date": {"earliest": formatted("date"), "latest": formatted("date")},
        "group": {"fields!": array(ref("field"), low=1)},
        "file": {"accept": array(pattern("^[a-z]+/[a-z*+.-]+$")), "maxBytes": integer(1)},
    }
    if v.index == 2:
        field = all_of(
            obj(base | {"type!": words(*kinds)}),
            {"oneOf": [obj({"type": const(k)} | p) for k, p in kinds.items()]},
            unevaluatedProperties=False,
        )
        return closed({"title!": text("words"), "fields!": array(ref("field"), low=1)}, **{"$defs": {"field": field}})
    field = {v.pick("oneOf", "anyOf"): [closed({"type!": const(k)} | base | p) for k, p in kinds.items()]}
    return closed(
        {
            "title!": text("words"),
            "pages!": array(closed({"title": text("words"), "fields!": array(ref("field"))}), low=1),
            "submit": closed({"url!": formatted("uri"), "method": words("POST", "PUT")}),
        },
        **{"$defs": {"field": field}},
    )


@schema("appointment", variants=2)
def appointment(v):
    return closed(
        {
            "service!": words("cut", "colour", "massage", "check-up"),
            "slot!": v.pick(
                formatted("date-time"),
                closed({"date!": formatted("date"), "time!": pattern("^(0[89]|1[0-7]):(00|15|30|45)$")}),
            ),
            "duration": integer(15, 240, 15),
            "guest!": closed({"name!": text("name"), "phone!": phone()}),
            "notes": nullable(text("sentence")),
        }
    )


@schema("event-registration", variants=2)
def event_registration(v):
    ticket = closed(
        {
            "kind!": words("regular", "student", "vip"),
            "holder!": text("name", 1),
            "diet": enum("none", "vegetarian", "vegan", "halal", "gluten-free"),
            "studentId": pattern("^S[0-9]{7}$"),
        },
        **(when("kind", "student", {"required": ["studentId"]}) if v.index else {}),
    )
    return closed(
        {
            "event!": integer(1),
            "tickets!": array(ticket, low=1, high=10),
            "company": text("company"),
            "vat": pattern("^[A-Z]{2}[A-Z0-9]{8,12}$"),
            "promo": text("slug", 4, 16),
        },
        dependentRequired={"vat": ["company"]} if v.index else {"promo": ["company"]},
    )


@schema("insurance-claim", variants=2)
def insurance_claim(v):
    car = obj(
        {
            "plate!": pattern("^[A-Z0-9]{1,3}[- ]?[A-Z0-9]{1,6}$"),
            "otherParty": closed({"name!": text("name"), "insurer": text("company")}),
            "injuries!": boolean(),
        }
    )
    home = obj(
        {
            "damage!": array(words("fire", "water", "storm", "theft"), low=1),
            "rooms": integer(1, 30),
            "items": array(
                closed({"what!": text("product"), "value!": number(0, 100000), "age": integer(0, 80)}), high=100
            ),
        }
    )
    if v.index == 0:
        return closed(
            {
                "policy!": pattern("^[A-Z]{3}[0-9]{7}$"),
                "date!": formatted("date"),
                "claim!": any_of(car, home),
                "amount": number(0, 10000000, 0.01),
            }
        )
    return obj(
        {
            "policy!": pattern("^[A-Z]{3}[0-9]{7}$"),
            "kind!": words("car", "home"),
            "date!": formatted("date"),
            "details!": {"type": "object"},
        }
    ) | {
        "allOf": [
            when("kind", "car", {"properties": {"details": car}}),
            when("kind", "home", {"properties": {"details": home}}),
        ]
    }


@schema("profile-settings", variants=3)
def profile_settings(v):
    return v.pick(closed, obj)(
        v.some(
            {
                "theme": enum("light", "dark", "system"),
                "language": pattern("^[a-z]{2}(-[A-Z]{2})?$"),
                "timezone": text("slug"),
                "notifications": closed(
                    {
                        c: closed({"enabled!": boolean(), "frequency": words("instant", "daily", "weekly")})
                        for c in ("email", "push", "sms")
                    }
                ),
                "fontSize": integer(8, 32, 2),
                "avatar": nullable(formatted("uri")),
                "shortcuts": mapping(pattern(r"^((Ctrl|Alt|Shift)\+)*[A-Z0-9]$"), names="^[a-z]+(\\.[a-z]+)*$"),
                "blocked": array(formatted("email"), unique=True),
            },
            0.8,
        ),
        minProperties=1,
    )


@schema("loan-application", variants=2)
def loan(v):
    income = closed({"source!": words("salary", "self-employed", "pension", "other"), "monthly!": number(0, 1000000)})
    applicant = obj(
        {
            "name!": text("name"),
            "born!": formatted("date"),
            "incomes!": array(income, low=1, high=5),
            "dependants": integer(0, 15),
        }
    )
    return closed(
        {
            "amount!": integer(1000, 100000, 500),
            "months!": enum(12, 24, 36, 48, 60, 72, 84),
            "purpose!": words("car", "home", "education", "other"),
            "applicants!": array(applicant, low=1, high=2),
            "collateral": v.pick(
                nullable(closed({"kind!": words("vehicle", "property"), "value!": number(exclusiveMinimum=0)})),
                closed({"value!": number(0)}),
            ),
        }
    )


@schema("feedback-widget")
def feedback(v):
    return closed(
        {
            "rating!": integer(1, 5),
            "comment": text("sentence", high=280),
            "screenshot": pattern("^data:image/(png|jpeg);base64,[A-Za-z0-9+/]+={0,2}$"),
            "page!": formatted("uri"),
            "browser": closed({"name": text("word"), "version": pattern(r"^\d+(\.\d+)*$")}),
        }
    )


@schema("address-change")
def address_change(v):
    return closed(
        {
            "customer!": pattern("^[0-9]{8}$"),
            "old": ref("#address"),
            "new!": ref("#address"),
            "from!": formatted("date"),
        },
        **{"$defs": {"address": {"$anchor": "address"} | address()}},
    )


@schema("visa-application")
def visa(v):
    trip = closed({"country!": pattern("^[A-Z]{3}$"), "from!": formatted("date"), "to!": formatted("date")})
    return closed(
        {
            "surname!": pattern("^[A-Z][A-Z' -]{0,39}$"),
            "given!": pattern("^[A-Z][A-Z' -]{0,39}$"),
            "sex!": enum("M", "F", "X"),
            "passport!": closed(
                {"number!": pattern("^[A-Z0-9]{6,9}$"), "issued!": formatted("date"), "expires!": formatted("date")}
            ),
            "purpose!": words("tourism", "business", "study", "family", "transit"),
            "previousTrips": array(trip, high=10),
            "host": nullable(closed({"name!": text("name"), "address!": address()})),
            "funds!": any_of(closed({"own!": number(0)}), closed({"sponsor!": text("name"), "amount!": number(0)})),
        }
    )


@schema("restaurant-order")
def restaurant_order(v):
    item = closed(
        {
            "dish!": integer(1, 250),
            "size": words("S", "M", "L"),
            "extras": array(words("cheese", "olives", "ham", "onion", "egg", "chili"), high=6, unique=True),
            "without": array(text("word"), high=5),
            "count": integer(1, 20),
        }
    )
    return closed(
        {
            "table": integer(1, 80),
            "delivery": address(),
            "items!": array(item, low=1, high=40),
            "tip": number(0, 30, 0.5),
        },
        oneOf=[{"required": ["table"]}, {"required": ["delivery"]}],
    )


@schema("school-enrolment")
def enrolment(v):
    guardian = closed({"name!": text("name"), "relation!": words("mother", "father", "guardian"), "phone!": phone()})
    return closed(
        {
            "child!": closed({"name!": text("name"), "born!": formatted("date"), "allergies": array(text("word"))}),
            "grade!": integer(1, 12),
            "guardians!": array(guardian, low=1, high=4),
            "languages": array(pattern("^[a-z]{2}$"), low=1, high=6),
            "bus": one_of(
                const(False), closed({"stop!": text("street"), "days!": array(integer(1, 5), low=1, high=5)})
            ),
        }
    )


@schema("donation")
def donation(v):
    return closed(
        {
            "amount!": any_of(enum(10, 25, 50, 100), number(1, 1000000, 0.01)),
            "currency!": words("EUR", "USD", "CHF"),
            "monthly": boolean(),
            "anonymous!": boolean(),
            "donor": obj({"name!": text("name"), "email!": formatted("email")}),
        },
        **when("anonymous", False, {"required": ["donor"]}, {"properties": {"donor": False}}),
    )


@schema("quiz", variants=2)
def quiz(v):
    question = tagged(
        "kind",
        {
            "single": {
                "text!": text("sentence"),
                "options!": array(text("words"), low=2, high=6),
                "answer!": integer(0, 5),
            },
            "multiple": {
                "text!": text("sentence"),
                "options!": array(text("words"), low=3, high=8),
                "answers!": array(integer(0, 7), low=1),
            },
            "number": {"text!": text("sentence"), "answer!": number(), "tolerance": number(0)},
            "order": {"items!": array(text("word"), low=2)},
        },
    )
    return closed(
        {
            "title!": text("words", 1),
            "questions!": array(question, low=1, high=50),
            "passMark": integer(0, 100),
            "time": v.pick(formatted("duration"), integer(1, 180)),
        }
    )


@schema("wizard-step")
def wizard(v):
    return {
        "type": "object",
        "properties": {"step": integer(1, 3)},
        "required": ["step"],
        "oneOf": [
            {"properties": {"step": const(1), "email": formatted("email")}, "required": ["email"]},
            {"properties": {"step": const(2), "code": pattern("^[0-9]{6}$")}, "required": ["code"]},
            {
                "properties": {"step": const(3), "password": text("words", 10), "hint": text("words")},
                "required": ["password"],
            },
        ],
    }


@schema("colour-picker")
def colour(v):
    channel = integer(0, 255)
    return one_of(
        pattern("^#[0-9a-f]{6}$"),
        row(channel, channel, channel, minItems=3),
        closed({"h!": number(0, 360), "s!": number(0, 1), "l!": number(0, 1)}),
    )


@schema("date-range")
def date_range(v):
    return closed(
        {"from!": formatted("date"), "to": formatted("date"), "nights": integer(1, 30)},
        oneOf=[{"required": ["to"]}, {"required": ["nights"]}],
    )


@schema("dense-limits")
def dense_limits(v):
    return closed(
        {
            "code!": pattern("^[A-Z]+$", minLength=3, maxLength=8),
            "ratio!": number(exclusiveMinimum=0, exclusiveMaximum=1),
            "level!": integer(-10, 10, 5),
            "tags!": array(text("word", 2, 10), 2, 4, unique=True),
            "note": text("words", 5, 20),
            "pin": pattern("^[0-9]{4}$"),
            "weights": row(number(0, 1), number(0, 1), rest=number(0, 1), minItems=2, maxItems=5),
        }
    )


@schema("tax-return", variants=2)
def tax_return(v):
    """Long and flat, as official forms are."""
    amount = lambda: v.pick(integer(0, 99999999), nullable(integer(0, 99999999)), number(0, 99999999, 0.01))
    sections = {
        "wages": 14,
        "capital": 18,
        "rent": 16,
        "business": 22,
        "pension": 10,
        "insurance": 12,
        "children": 9,
        "travel": 15,
        "special": 20,
    }
    chosen = dict(list(sections.items())[: v.pick(4, 9)])
    return closed(
        {
            "year!": integer(2000, 2035),
            "person!": closed(
                {
                    "id!": pattern("^[0-9]{11}$"),
                    "name!": text("name", 1),
                    "born!": formatted("date"),
                    "faith": words("none", "rk", "ev", "other"),
                }
            ),
            "account": pattern("^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$"),
        }
        | {name: closed({f"line{n}": amount() for n in range(1, count + 1)}) for name, count in chosen.items()}
        | {"signature!": closed({"date!": formatted("date"), "place": text("city")})}
    )
