"""Parameters of functions that a language model calls."""

from corpus.notation import *


def strict(properties):
    """All properties required, none beside them: the form that strict tool calls ask for."""
    return closed({k.rstrip("!") + "!": s for k, s in properties.items()})


@schema("get-weather", variants=2)
def get_weather(v):
    if v.index == 0:
        return strict(
            {
                "location": text("city", description="City and country"),
                "units": nullable(words("celsius", "fahrenheit")),
            }
        )
    return obj(
        {
            "location!": any_of(text("city", 1), closed({"lat!": number(-90, 90), "lon!": number(-180, 180)})),
            "days": integer(1, 14),
            "hourly": boolean(),
        }
    )


@schema("send-email", variants=2)
def send_email(v):
    return v.pick(closed, obj)(
        {
            "to!": array(formatted("email"), low=1, high=20),
            "cc": array(formatted("email")),
            "subject!": text("words", 1, 200),
            "body!": text("paragraph"),
            "attachments": array(closed({"filename!": text("file"), "content!": pattern("^[A-Za-z0-9+/=]*$")})),
            "sendAt": nullable(formatted("date-time")),
        }
    )


@schema("search-documents", variants=3)
def search_documents(v):
    condition = {
        "type": "object",
        "properties": {
            "field": text("identifier"),
            "op": words("eq", "ne", "lt", "gt", "in"),
            "value": {"type": ["string", "number", "boolean", "array"], "items": {"type": ["string", "number"]}},
        },
        "required": ["field", "op", "value"],
        "additionalProperties": False,
    }
    if v.index == 1:
        condition |= when(
            "op",
            "in",
            {"properties": {"value": {"type": "array"}}},
            {"properties": {"value": {"type": ["string", "number", "boolean"]}}},
        )
    node = any_of(
        condition,
        closed({"and!": array(ref("filter"), low=1)}),
        closed({"or!": array(ref("filter"), low=1)}),
        closed({"not!": ref("filter")}),
    )
    return closed(
        {
            "query!": text("words", 1, 500),
            "filter": ref("filter"),
            "limit": integer(1, 100, default=10),
            "offset": integer(0),
            "sort": array(closed({"by!": text("identifier"), "direction": words("asc", "desc")}), high=3),
        },
        **{"$defs": {"filter": node}},
    )


@schema("create-event", variants=2)
def create_event(v):
    recurrence = one_of(
        closed({"freq!": const("daily"), "interval!": integer(1, 365)}),
        closed(
            {"freq!": const("weekly"), "days!": array(words("mo", "tu", "we", "th", "fr", "sa", "su"), low=1, high=7)}
        ),
        closed({"freq!": const("monthly"), "day!": integer(1, 31)}),
    )
    return closed(
        {
            "title!": text("words", 1),
            "start!": formatted("date-time"),
            "end": formatted("date-time"),
            "allDay": boolean(),
            "attendees": array(closed({"email!": formatted("email"), "optional": boolean()}), high=50),
            "recurrence": v.pick(recurrence, nullable(recurrence)),
            "reminders": array(integer(0, 40320), high=5),
        },
        **v.pick({"dependentRequired": {"recurrence": ["end"]}}, {}),
    )


@schema("tool-union", variants=3)
def tool_union(v):
    calls = {
        "get_time": closed({"timezone": text("slug")}),
        "add": closed({"a!": number(), "b!": number()}),
        "translate": closed({"text!": text("sentence"), "target!": pattern("^[a-z]{2}(-[A-Z]{2})?$")}),
        "lookup_user": closed({"id!": any_of(integer(1), formatted("email"))}),
        "set_light": closed(
            {"room!": words("kitchen", "bedroom", "bath", "hall"), "on!": boolean(), "brightness": integer(0, 100, 5)}
        ),
        "finish": closed({"answer!": text("paragraph")}),
        "run_query": closed(
            {"sql!": text("words"), "parameters": array({"type": ["string", "number", "boolean", "null"]})}
        ),
    }
    chosen = dict(list(calls.items())[: v.pick(4, 5, 7)])
    branches = [closed({"name!": const(name), "arguments!": schema}) for name, schema in chosen.items()]
    if v.index == 0:
        return array({"anyOf": branches}, low=1, high=8)
    if v.index == 1:
        return closed({"thought": text("sentence"), "call!": {"oneOf": branches}})
    return obj({"name!": words(*chosen), "arguments!": {"type": "object"}}) | {
        "allOf": [when("name", name, {"properties": {"arguments": schema}}) for name, schema in chosen.items()]
    }


@schema("strict-extraction", variants=3)
def strict_extraction(v):
    person = strict(
        {
            "name": text("name"),
            "age": nullable(integer()),
            "role": nullable(words("author", "editor", "reviewer", "other")),
        }
    )
    place = strict(
        {
            "name": text("city"),
            "kind": words("city", "country", "river", "mountain", "building"),
            "coordinates": nullable(strict({"lat": number(), "lon": number()})),
        }
    )
    organisation = strict(
        {"name": text("company"), "industry": nullable(text("word")), "employees": nullable(integer(0))}
    )
    parts = {
        "people": array(ref("person")),
        "places": array(ref("place")),
        "organisations": array(ref("organisation")),
        "summary": text("paragraph"),
        "confidence": number(0, 1),
        "language": words("en", "de", "fr", "es", "ja"),
        "topics": array(text("word"), high=10),
    }
    chosen = dict(v.sample(list(parts.items()), k=v.pick(4, 5, 7)))
    return strict(chosen) | {"$defs": {"person": person, "place": place, "organisation": organisation}}


@schema("step-by-step")
def step_by_step(v):
    return strict(
        {
            "steps": array(strict({"explanation": text("sentence"), "output": text("words")})),
            "final_answer": any_of(number(), text("words")),
        }
    )


@schema("ui-tree")
def ui_tree(v):
    node = strict(
        {
            "type": words("div", "button", "header", "section", "field", "form"),
            "label": text("words"),
            "children": array(ref("#")),
            "attributes": array(strict({"name": text("word"), "value": text("words")})),
        }
    )
    return node


@schema("linked-list")
def linked_list(v):
    return closed(
        {"head!": ref("node")},
        **{"$defs": {"node": nullable(closed({"value!": integer(), "next!": {"$ref": "#/$defs/node"}}))}},
    )


@schema("math-expression", variants=2)
def math_expression(v):
    operand = ref("expression")
    return (
        one_of(
            number(),
            pattern("^[a-z]$"),
            closed({"op!": words("neg", "sqrt", "sin"), "of!": operand}),
            closed({"op!": words("+", "-", "*", "/", "^"), "left!": operand, "right!": operand}),
            **{"$defs": {"expression": {"$ref": "#"}}},
        )
        if v.index == 0
        else closed(
            {"expression!": operand, "variables": mapping(number(), names="^[a-z]$")},
            **{
                "$defs": {
                    "expression": any_of(
                        number(),
                        pattern("^[a-z]$"),
                        row(words("+", "*", "max"), operand, operand, rest=operand, minItems=3),
                    )
                }
            },
        )
    )


@schema("book-flight", variants=2)
def book_flight(v):
    airport = pattern("^[A-Z]{3}$")
    passenger = (
        closed(
            {
                "type!": words("adult", "child", "infant"),
                "name!": text("name", 2),
                "born": formatted("date"),
                "passport": pattern("^[A-Z0-9]{6,9}$"),
            },
            **when("type", ["child", "infant"], {"required": ["born"]}),
        )
        if v.index
        else closed({"type!": words("adult", "child"), "name!": text("name", 2)})
    )
    return closed(
        {
            "from!": airport,
            "to!": airport,
            "depart!": formatted("date"),
            "return": formatted("date"),
            "cabin": words("economy", "premium", "business", "first"),
            "passengers!": array(passenger, low=1, high=9),
            "bags": integer(0, 18),
            "maxPrice": number(exclusiveMinimum=0),
        }
    )


@schema("set-thermostat")
def set_thermostat(v):
    return closed(
        {
            "zone!": enum("upstairs", "downstairs", "garage"),
            "target!": number(5, 30, 0.5),
            "mode": words("heat", "cool", "auto", "off"),
            "until": any_of(formatted("date-time"), formatted("duration"), const("forever")),
        }
    )


@schema("transfer-money")
def transfer_money(v):
    return closed(
        {
            "from_account!": pattern("^[0-9]{10}$"),
            "to!": one_of(
                closed({"iban!": pattern("^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$")}),
                closed({"account!": pattern("^[0-9]{10}$"), "bank_code!": pattern("^[0-9]{8}$")}),
                closed({"phone!": pattern("^\\+[0-9]{6,15}$")}),
            ),
            "amount!": number(0.01, 50000, 0.01),
            "currency!": words("EUR", "USD"),
            "memo": text("sentence", high=140),
        }
    )


@schema("classify", variants=3)
def classify(v):
    sizes = [
        ("positive", "neutral", "negative"),
        tuple(f"category_{n:03}" for n in range(120)),
        tuple(
            f"{a} {b}"
            for a in ("new", "used", "refurbished", "broken")
            for b in (
                "laptop",
                "phone",
                "tablet",
                "camera",
                "monitor",
                "printer",
                "router",
                "console",
                "drone",
                "watch",
            )
        ),
    ]
    label = words(*sizes[v.index])
    return strict(
        {"label": label, "score": number(0, 1), "alternatives": array(label, high=5, unique=v.index == 2)}
        if v.index
        else {"sentiment": label, "score": integer(-5, 5)}
    )


@schema("code-edit", variants=2)
def code_edit(v):
    edit = tagged(
        "kind",
        {
            "replace": {"start!": integer(1), "end!": integer(1), "text!": text("command")},
            "insert": {"after!": integer(0), "text!": text("command")},
            "delete": {"start!": integer(1), "end!": integer(1)},
            "rename": {"from!": text("file"), "to!": text("file")},
        },
        v.pick("oneOf", "anyOf"),
    )
    return closed(
        {
            "file!": pattern(r"^[\w./-]+\.[a-z]{1,5}$"),
            "edits!": array(edit, low=1),
            "message": text("sentence", high=72),
        }
    )


@schema("chart")
def chart(v):
    point = any_of(number(), null(), row(number(), number(), minItems=2))
    return closed(
        {
            "type!": words("bar", "line", "pie", "scatter"),
            "title": text("words"),
            "labels": array(text("word")),
            "series!": array(
                closed(
                    {
                        "name!": text("word"),
                        "data!": array(point, low=1),
                        "color": pattern("^#([0-9a-f]{3}|[0-9a-f]{6})$"),
                    }
                ),
                low=1,
                high=12,
            ),
            "axes": closed({"x": ref("axis"), "y": ref("axis")}),
        },
        **{
            "$defs": {
                "axis": closed(
                    {"min": number(), "max": number(), "scale": words("linear", "log"), "label": text("words")}
                )
            }
        },
    )


@schema("ask-user")
def ask_user(v):
    return one_of(
        closed({"question!": text("sentence"), "kind!": const("open")}),
        closed(
            {"question!": text("sentence"), "kind!": const("choice"), "options!": array(text("words"), low=2, high=6)}
        ),
        closed({"question!": text("sentence"), "kind!": const("number"), "min": number(), "max": number()}),
    )


@schema("recipe")
def recipe(v):
    return strict(
        {
            "title": text("words"),
            "servings": integer(1, 24),
            "ingredients": array(
                strict(
                    {
                        "name": text("word"),
                        "amount": number(exclusiveMinimum=0),
                        "unit": nullable(words("g", "ml", "piece", "tbsp", "tsp")),
                    }
                ),
                low=1,
            ),
            "steps": array(text("sentence", 1), low=1),
            "difficulty": integer(1, 5),
            "vegan": boolean(),
        }
    )


@schema("one-flag")
def one_flag(v):
    return closed({"confirm": boolean(), "reason": text("words")}, maxProperties=1)


@schema("any-json-argument")
def any_json(v):
    return obj({"path!": formatted("json-pointer"), "value!": {}, "op": words("add", "replace", "test")})


@schema("assistant-tools", variants=2)
def assistant_tools(v):
    """All the tools of an assistant as one union."""
    makers = [
        get_weather,
        send_email,
        create_event,
        set_thermostat,
        transfer_money,
        book_flight,
        code_edit,
        recipe,
        chart,
        step_by_step,
        classify,
        one_flag,
    ]
    branches = []
    for maker in makers[: v.pick(8, 12)]:
        schema = inlined(maker(Variety(maker.__name__, 0)))
        if "$defs" not in schema:
            branches.append(closed({"tool!": const(maker.__name__), "arguments!": schema}))
    return closed({"calls!": array({"anyOf": branches}, 1, 5)}) if v.index else {"anyOf": branches}
