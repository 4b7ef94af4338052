"""Products, media, games and odds and ends, some with one keyword put to much use."""

from corpus.notation import *


@schema("product", variants=3)
def product(v):
    attributes = v.pick(
        mapping(any_of(text("word"), number(), boolean())),
        array(closed({"name!": text("word"), "value!": {"type": ["string", "number", "boolean"]}})),
        closed(
            {
                "colour": words("red", "green", "blue", "black", "white"),
                "size": any_of(integer(30, 60), words("XS", "S", "M", "L", "XL")),
                "material": text("word"),
            }
        ),
    )
    return obj(
        v.some(
            {
                "sku!": pattern("^[A-Z]{3}-[0-9]{4,8}$"),
                "title!": text("product", 1, 150),
                "price!": closed(
                    {"amount!": number(0, step=0.01), "currency!": pattern("^[A-Z]{3}$"), "was": number(0)}
                ),
                "gtin": pattern("^[0-9]{8}([0-9]{4,6})?$"),
                "stock": integer(0),
                "attributes": attributes,
                "images": array(formatted("uri"), high=12),
                "categories": array(array(text("word"), low=1, high=5), low=1),
                "rating": closed({"average!": number(0, 5), "count!": integer(0)}),
                "variants": array(obj({"sku!": text("slug"), "price": number(exclusiveMinimum=0)}), high=50),
            },
            0.8,
        ),
        **v.closing(),
    )


@schema("book", variants=2)
def book(v):
    isbn = v.pick(
        pattern("^(97[89])?[0-9]{9}[0-9X]$"), any_of(pattern("^97[89][0-9]{10}$"), pattern("^[0-9]{9}[0-9X]$"))
    )
    return closed(
        {
            "isbn!": isbn,
            "title!": text("words", 1),
            "subtitle": nullable(text("words")),
            "authors!": array(
                any_of(
                    text("name"),
                    closed({"name!": text("name"), "role!": words("author", "editor", "translator", "illustrator")}),
                ),
                low=1,
            ),
            "pages": integer(1, 20000),
            "published": any_of(integer(1450, 2035), formatted("date")),
            "series": closed({"name!": text("words"), "number!": number(0)}),
            "language": pattern("^[a-z]{2,3}$"),
        }
    )


@schema("movie-list", variants=2)
def movies(v):
    movie = closed(
        {
            "title!": text("words"),
            "year!": integer(1888, 2035),
            "genres": array(
                words("drama", "comedy", "action", "horror", "sci-fi", "documentary", "animation"),
                1,
                4,
                unique=v.index == 1,
            ),
            "runtime": integer(1, 900),
            "cast": array(row(text("name"), text("words"), minItems=2)),
            "rating": nullable(number(0, 10, 0.1)),
        }
    )
    return array(movie, 1, 50) if v.index == 0 else mapping(movie, names="^tt[0-9]{7,8}$", low=1)


@schema("playlist")
def playlist(v):
    item = one_of(
        closed({"track!": closed({"title!": text("words"), "artist!": text("name"), "seconds!": integer(1, 7200)})}),
        closed({"episode!": closed({"show!": text("words"), "number": integer(1)})}),
        closed({"pause!": integer(1, 60)}),
    )
    return closed(
        {
            "name!": text("words", 1, 100),
            "items!": array(item, high=500),
            "collaborative": boolean(),
            "cover": nullable(formatted("uri")),
        }
    )


@schema("chess-game")
def chess(v):
    return closed(
        {
            "players!": row(text("name"), text("name"), minItems=2),
            "result!": words("1-0", "0-1", "1/2-1/2", "*"),
            "moves!": array(pattern(r"^([KQRBN]?[a-h]?[1-8]?x?[a-h][1-8](=[QRBN])?|O-O(-O)?)[+#]?$"), high=400),
            "clock": row(integer(0, 10800), integer(0, 60), minItems=2),
            "fen": pattern("^([1-8pnbrqkPNBRQK]+/){7}[1-8pnbrqkPNBRQK]+ [wb]$"),
        }
    )


@schema("sudoku")
def sudoku(v):
    return array(array(integer(0, 9), 9, 9), 9, 9)


@schema("crossword")
def crossword(v):
    clue = row(integer(1, 99), text("sentence"), pattern("^[A-Z]{2,21}$"), minItems=3)
    return closed(
        {
            "size!": enum(9, 11, 13, 15, 21),
            "across!": array(clue, low=1),
            "down!": array(clue, low=1),
            "author": text("name"),
        }
    )


@schema("character-sheet", variants=2)
def character(v):
    item = tagged(
        "kind",
        {
            "weapon": {"damage!": pattern("^[1-9][0-9]?d(4|6|8|10|12|20)(\\+[0-9]+)?$")},
            "armour": {"defence!": integer(1, 20)},
            "potion": {"doses!": integer(1, 9)},
        },
    )
    stats = ("strength", "dexterity", "constitution", "intelligence", "wisdom", "charisma")
    return closed(
        {
            "name!": text("first"),
            "level!": integer(1, 20),
            "class!": words("fighter", "wizard", "cleric", "rogue"),
            "stats!": (
                closed({s + "!": integer(3, 20) for s in stats})
                if v.index == 0
                else mapping(integer(3, 20), names="^(" + "|".join(s[:3] for s in stats) + ")$", low=6)
            ),
            "inventory": array(item, high=30),
            "spells": array(array(text("words"), high=12), high=10),
        },
        **(when("class", "wizard", {"required": ["spells"]}) if v.index else {}),
    )


@schema("file-tree", variants=2)
def file_tree(v):
    if v.index == 0:
        return ref("entry") | {
            "$defs": {
                "entry": one_of(
                    closed({"name!": text("slug", 1), "size!": integer(0), "mode": pattern("^0[0-7]{3}$")}),
                    closed({"name!": text("slug", 1), "children!": array({"$ref": "#/$defs/entry"})}),
                )
            }
        }
    return {"type": "object", "additionalProperties": any_of(integer(0), {"$ref": "#"})}


@schema("boolean-tree")
def boolean_tree(v):
    return ref("node") | {
        "$defs": {
            "node": any_of(
                boolean(),
                row(const("not"), {"$ref": "#/$defs/node"}, minItems=2),
                row(words("and", "or"), {"$ref": "#/$defs/node"}, {"$ref": "#/$defs/node"}, minItems=3),
            )
        }
    }


@schema("document-outline", variants=2)
def outline(v):
    inline = any_of(
        text("words"),
        closed({"bold!": {"$ref": "#/$defs/inline"}}),
        closed({"link!": formatted("uri"), "text!": {"$ref": "#/$defs/inline"}}),
    )
    block = tagged(
        "type",
        {
            "heading": {"level!": integer(1, 6), "text!": ref("inline")},
            "paragraph": {"content!": array(ref("inline"))},
            "list": {"ordered": boolean(), "items!": array(array({"$ref": "#/$defs/block"}), low=1)},
            "code": {"language": text("word"), "lines!": array(text("command"))},
            "table": {"header": array(text("word")), "rows!": array(array(ref("inline")))},
            "rule": {},
        },
    )
    return v.pick(array(ref("block"), low=1), closed({"title": text("words"), "body!": array(ref("block"))})) | {
        "$defs": {"inline": inline, "block": block}
    }


@schema("receipt-of-bits")
def bits(v):
    return mapping(boolean(), names="^b[0-7]$", low=1, high=8)


@schema("big-enumeration", variants=2)
def big_enumeration(v):
    codes = [a + b + str(n) for a in "ABCDEFGHKM" for b in "XYZW" for n in range(5)]
    zones = [
        f"{c}/{p}"
        for c in ("Africa", "America", "Asia", "Europe", "Pacific")
        for p in (
            "Abel",
            "Bergen",
            "Cairo Hill",
            "Dorado",
            "Eastport",
            "Fort-Grey",
            "Galway",
            "Harare",
            "Ítaca",
            "Juba",
            "Kilo",
            "Lima",
            "Mérida",
            "Nome",
        )
    ]
    return closed(
        {
            "code!": words(*codes[: v.pick(150, 200)]),
            "zone": words(*zones),
            "kind": enum(0, 1, 2, "three", None, True),
            "tuple": enum([1, 2], [2, 1], {"a": 1}, {"a": [None, False]}),
        }
    )


@schema("long-strings", variants=2)
def long_strings(v):
    return closed(
        {
            "abstract!": text("paragraph", 20, v.pick(4000, 20000)),
            "body": text("paragraph", high=100000),
            "tagline!": text("words", 3, 60),
            "hash": pattern("^[0-9a-f]{128}$"),
        }
    )


@schema("numeric-limits", variants=3)
def numeric_limits(v):
    return (
        closed(
            {
                "percent!": number(0, 100, 0.1),
                "offset": integer(-180, 180, 15),
                "temperature": number(-273.15, 1000),
                "odd": integer(multipleOf=7),
                "tiny": number(0.001, 0.999),
                "open": number(exclusiveMinimum=-1, exclusiveMaximum=1),
                "port": integer(1024, 49151),
                "year": integer(1900, 2100),
                "cents!": integer(0, 999999999),
                "half": number(step=0.5),
                "big": integer(-999999999999, 999999999999),
                "above": integer(exclusiveMinimum=10),
                "fixed": enum(0.25, 0.5, 0.75),
            }
        )
        if v.index == 0
        else (
            array(number(0, 1), 3, 3)
            if v.index == 1
            else closed(
                {
                    f"v{n}": number(n, n * 10 + 5, s) if s else integer(n)
                    for n, s in enumerate((0.25, 0.1, None, 2.5, 0.05, None, 5, 0.01))
                },
                minProperties=2,
            )
        )
    )


@schema("pattern-collection", variants=2)
def patterns(v):
    many = {
        "isoWeek": r"^\d{4}-W\d{2}$",
        "hexColour": "^#([A-Fa-f0-9]{6}|[A-Fa-f0-9]{3})$",
        "semver": r"^v?\d+\.\d+\.\d+$",
        "phone": r"^\(\d{3}\) \d{3}-\d{4}$",
        "plate": "^[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} [1-9][0-9]{0,3}[EH]?$",
        "roman": "^M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})$",
        "time": r"^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?$",
        "base64": "^[A-Za-z0-9+/]{4,}={0,2}$",
        "bytes": r"^\d+(\.\d+)? ?(B|KB|MB|GB)$",
        "slug": "^[a-z0-9]+(-[a-z0-9]+)*$",
        "noSpace": r"^\S+$",
        "unanchored": "[0-9]{3}",
        "start": "^urn:",
        "end": "\\.pdf$",
        "either": "^(a|b)+c?|x{2,4}y$",
        "quoted": '^"[^"]*"$',
        "path": r"^[A-Z]:\\([^\\]+\\)*[^\\]*$",
        "coordinates": r"^-?\d{1,2}\.\d{4}, ?-?\d{1,3}\.\d{4}$",
    }
    chosen = v.sample(list(many.items()), k=v.pick(9, 12))
    return closed(
        {k: pattern(p, **v.pick({}, {}, {"maxLength": 40}, {"minLength": 4})) for k, p in chosen}, minProperties=3
    )


@schema("format-collection", variants=2)
def formats(v):
    kinds = (
        "date",
        "time",
        "date-time",
        "duration",
        "email",
        "hostname",
        "ipv4",
        "ipv6",
        "uri",
        "uri-reference",
        "uuid",
        "json-pointer",
    )
    if v.index == 0:
        return closed({k.replace("-", "_"): formatted(k) for k in kinds}, minProperties=4)
    return array(
        any_of(formatted("date"), formatted("ipv4"), formatted("uuid"), pattern("^[a-z]{1,5}$")), low=2, high=10
    )


@schema("vehicle", variants=3)
def vehicle(v):
    base = obj({"id!": formatted("uuid"), "wheels!": integer(0, 18), "owner": text("name")})
    car = {"doors!": integer(1, 6), "fuel!": words("petrol", "diesel", "electric")}
    boat = {"length!": number(exclusiveMinimum=0), "sail": boolean()}
    if v.index == 0:
        return {
            "$defs": {"vehicle": base},
            "oneOf": [
                all_of(ref("vehicle"), obj({"type!": const("car")} | car)),
                all_of(ref("vehicle"), obj({"type!": const("boat")} | boat)),
            ],
        }
    if v.index == 1:
        return {
            "$defs": {"vehicle": base},
            "allOf": [
                ref("vehicle"),
                {"oneOf": [obj({"type!": const("car")} | car), obj({"type!": const("boat")} | boat)]},
            ],
            "unevaluatedProperties": False,
        }
    return {
        "$defs": {
            "vehicle": base,
            "car": all_of(ref("vehicle"), obj({"doors!": integer(1, 6), "trailer": {"$ref": "#/$defs/vehicle"}})),
        },
        "type": "object",
        "properties": {"fleet": array(ref("car"), low=1), "leader": ref("car")},
        "required": ["fleet"],
        "additionalProperties": False,
    }


@schema("lottery", variants=2)
def lottery(v):
    return (
        closed({"draw!": integer(1), "numbers!": array(integer(1, 49), 6, 6, unique=True), "bonus": integer(0, 9)})
        if v.index == 0
        else closed({"tickets!": array(array(integer(1, 35), 5, 7, unique=True), 1, 12), "date!": formatted("date")})
    )


@schema("needs-one", variants=2)
def needs_one(v):
    entry = closed({"name!": text("name"), "admin": boolean()})
    admin = {"type": "object", "properties": {"admin": const(True)}, "required": ["admin"]}
    return closed(
        {
            "members!": array(
                entry, 1, 20, contains=admin, **({"minContains": 1, "maxContains": 2} if v.index else {})
            ),
            "name!": text("words"),
        }
    )


@schema("three-nodes", variants=3)
def three_nodes(v):
    return (
        v.pick(array(nullable(integer())), mapping(array(boolean())), obj({"a!": integer(), "b": text("word")}))
        if v.index == 0
        else array(text("word"), 1) if v.index == 1 else any_of(integer(), text("words"))
    )
