"""Small texts of many kinds for the instances."""

import re
import re._parser as parser

FIRST = "Ada Amélie Björn Carlos Chloé Dmitri Elif Fatima Grace Hiro Ingrid Jürgen Khadija Liam Mei Noor Olga Pedro Quinn Rosa Søren Thảo Ulrike Víctor Wanjiru Xin Yusuf Zoë".split()
LAST = "Abbott Bergström Castillo Dubois Eriksson Ferrari García Haddad Ivanova Jensen Kowalski Lefèvre Müller Nakamura O'Brien Petrov Quispe Rossi Smith Tanaka Ünal Vogel Weiß Yamamoto Žižek".split()
CITIES = [
    "Amsterdam",
    "Århus",
    "Bruxelles",
    "Chicago",
    "Dublin",
    "Göteborg",
    "Kraków",
    "København",
    "Lisboa",
    "London",
    "Malmö",
    "München",
    "New York",
    "Osaka",
    "São Paulo",
    "Zürich",
    "東京",
    "Québec",
    "Αθήνα",
    "Москва",
]
STREETS = [
    "Hauptstraße",
    "High Street",
    "Rue de la Paix",
    "Via Roma",
    "Baker Street",
    "Calle Mayor",
    "Storgatan",
    "Elm Avenue",
    "Lindenallee",
    "Kerkstraat",
]
COMPANIES = [
    "Acme Corp.",
    "Böhm & Söhne GmbH",
    "Café Zoé",
    "Delta Logistics B.V.",
    "Initech",
    "Lakeside Books",
    "Nordic Timber AB",
    "O'Reilly Hardware",
    'Smith "Smitty" & Co.',
    "Umbrella S.A.",
    "株式会社山田",
    "Ångström AS",
]
WORDS = "alpha audit batch blue build cache cart check cloud core cost daily data delta draft edge event export field fleet gamma green group home index invoice item job lake ledger light local main market meter model night north note order orbit paper parcel pixel plan point press price queue range ready red region retail review river route sample scale scan score search sensor service shop signal silver site source stage station status stock store stream summer sync table tariff team test ticket token total tower track trade trial unit update user value vault vendor view wave web winter wool zone".split()
PRODUCTS = [
    "Espresso 250 g",
    "Oak shelf, 80 cm",
    "USB-C cable",
    "Notebook A5",
    'Garden hose 1/2"',
    "Crème brûlée set",
    "LED bulb E27",
    "Running shoes",
    "Käsemesser",
    "Toner (black)",
    "緑茶 100 g",
    "Screws M4 × 20",
    "Paper, 80 g/m²",
]
SENTENCES = [
    "Please deliver before noon.",
    "Customer asked for a gift receipt.",
    "See attached notes.",
    "Paid in full – thank you!",
    "First line\nsecond line",
    "Path is C:\\temp\\new",
    'Uses "quoted" words',
    "Größe passt nicht, bitte tauschen",
    "Tab\there",
    "emoji 🙂 and 日本語",
    "Nothing to report",
    "Retry after 30 seconds; then give up.",
    "a/b testing </done>",
    "50% off — today only",
]
HOSTS = [
    "example.com",
    "api.example.org",
    "shop.example.net",
    "db-1.internal.example.com",
    "localhost",
    "cdn.example.io",
    "mail.example.co.uk",
]
FILES = [
    "src/index.js",
    "lib/main.rs",
    "README.md",
    "docs/guide.md",
    "dist/bundle.min.js",
    "tests/test_api.py",
    "assets/logo.svg",
    "./build/out.txt",
]
COMMANDS = [
    "npm ci",
    "make test",
    "cargo build --release",
    'echo "done"',
    "python -m pytest -q",
    "docker build -t app .",
    "./run.sh --fast",
    "set -e\nmake\nmake install",
]
LOG = [
    "connection reset by peer",
    'cache miss for key "user:42"',
    "took 153 ms",
    "disk usage at 91%",
    "GET /index.html 200",
    "panic: index out of range",
    "retrying in 5s",
    "user logged in",
    "configuration reloaded",
]


def name(r):
    return f"{r.choice(FIRST)} {r.choice(LAST)}"


def sentence(r):
    return r.choice(SENTENCES)


def words(r, low=1, high=4):
    return " ".join(r.choice(WORDS) for _ in range(r.randint(low, high)))


def slug(r):
    return "-".join(r.choice(WORDS) for _ in range(r.randint(1, 3)))


def identifier(r):
    return "_".join(r.choice(WORDS) for _ in range(r.randint(1, 3)))


def email(r):
    return f"{r.choice(WORDS)}.{r.choice(WORDS)}{r.choice(['', '+inbox', str(r.randint(1, 99))])}@{r.choice(['example.com', 'mail.example.org', 'firm.example.co.uk'])}"


def url(r):
    return f"https://{r.choice(HOSTS)}/{slug(r)}{r.choice(['', '/' + slug(r), '?page=' + str(r.randint(1, 9)), '#top', '/a%20b'])}"


def version(r):
    return f"{r.randint(0, 9)}.{r.randint(0, 20)}.{r.randint(0, 30)}"


def image(r):
    return f"registry.example.com/{r.choice(WORDS)}/{slug(r)}:{r.choice([version(r), 'latest', 'v2'])}"


def street(r):
    return f"{r.choice(STREETS)} {r.randint(1, 240)}{r.choice(['', '', 'a', 'B'])}"


def phone(r):
    return f"+{r.randint(1, 99)} {r.randint(100, 999)} {r.randint(1000000, 9999999)}"


def date(r):
    return (
        f"{r.randint(1970, 2035):04}-{r.randint(1, 12):02}-{r.randint(1, 28):02}" if r.random() < 0.9 else "2024-02-29"
    )


def clock(r):
    fraction = r.choice(["", "", ".5", ".123456"])
    return f"{r.randint(0, 23):02}:{r.randint(0, 59):02}:{r.randint(0, 59):02}{fraction}{r.choice(['Z', 'Z', '+02:00', '-08:00', '+05:30'])}"


def date_time(r):
    return f"{date(r)}T{clock(r)}"


def uuid(r):
    digits = f"{r.getrandbits(128):032x}"
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"


def ipv4(r):
    return ".".join(str(r.randint(0, 255)) for _ in range(4))


def ipv6(r):
    return r.choice(
        [
            "::1",
            "2001:db8::8a2e:370:7334",
            "fe80::1",
            f"2001:db8:{r.randint(0, 0xffff):x}::{r.randint(0, 0xffff):x}",
            "1:2:3:4:5:6:7:8",
        ]
    )


def duration(r):
    return r.choice(
        [
            "P1D",
            "PT15M",
            "P3Y6M4DT12H30M5S",
            "PT0S",
            f"P{r.randint(1, 12)}W",
            f"PT{r.randint(1, 23)}H{r.randint(1, 59)}M",
        ]
    )


KINDS = {
    "name": name,
    "first": lambda r: r.choice(FIRST),
    "last": lambda r: r.choice(LAST),
    "city": lambda r: r.choice(CITIES),
    "street": street,
    "company": lambda r: r.choice(COMPANIES),
    "words": words,
    "word": lambda r: r.choice(WORDS),
    "sentence": sentence,
    "slug": slug,
    "identifier": identifier,
    "email": email,
    "url": url,
    "version": version,
    "image": image,
    "phone": phone,
    "product": lambda r: r.choice(PRODUCTS),
    "host": lambda r: r.choice(HOSTS),
    "file": lambda r: r.choice(FILES),
    "command": lambda r: r.choice(COMMANDS),
    "log": lambda r: r.choice(LOG),
    "paragraph": lambda r: " ".join(sentence(r) for _ in range(r.randint(1, 4))),
}

FORMATS = {
    "date": date,
    "time": clock,
    "date-time": date_time,
    "duration": duration,
    "email": email,
    "hostname": lambda r: r.choice(HOSTS),
    "ipv4": ipv4,
    "ipv6": ipv6,
    "uri": url,
    "uuid": uuid,
    "uri-reference": lambda r: r.choice([url(r), "/" + slug(r), "../" + slug(r), "#" + slug(r)]),
    "json-pointer": lambda r: r.choice(["", "/" + identifier(r), f"/items/{r.randint(0, 9)}/name", "/a~1b"]),
    "iri": lambda r: r.choice([url(r), "https://example.com/größe", "https://例え.example/道"]),
    "uri-template": lambda r: r.choice(["https://example.com/{id}", "/users{/name}", "/search{?q,page}"]),
}

# Texts that no reading of the format's definition admits.
NOT_OF_FORMAT = {
    "date": [
        "2024-13-01",
        "2023-02-29",
        "01/02/2024",
        "2024-1-5",
        "2024-04-31",
        "yesterday",
        "2024-06-15T00:00:00Z",
        "",
    ],
    "time": ["25:00:00Z", "12:60:00Z", "noon", "12:30", "12:30:00", ""],
    "date-time": [
        "2024-02-30T10:00:00Z",
        "2024-01-01",
        "2024-01-01 10:00:00",
        "2024-01-01T24:00:00Z",
        "soon",
        "2024-01-01T10:00:00",
        "",
    ],
    "duration": ["1 day", "PT", "P", "P1", "1D", ""],
    "email": ["nobody", "example.com", "", "first.last"],
    "hostname": ["-bad.example.com", "under_score.example.com", "two words", "a..b", "x" * 64 + ".com"],
    "ipv4": ["256.1.1.1", "1.2.3", "1.2.3.4.5", "localhost", "01.2.3.4", ""],
    "ipv6": ["::g", "1:2:3:4:5:6:7", "12345::", "127.0.0.1", "1::2::3", ""],
    "uri": ["not a uri", "//no-scheme.example.com", "/relative/path", "http://exa mple.com/", ""],
    "uri-reference": ["bad reference", "\\\\host\\share", "#a#b"],
    "uuid": [
        "123",
        "2eb8aa08-aa98-11ea-b4aa-73b441d1638",
        "2eb8aa08aa9811eab4aa73b441d16380",
        "zeb8aa08-aa98-11ea-b4aa-73b441d16380",
        "",
    ],
    "json-pointer": ["a/b", "/a~2", "#/x"],
    "iri": ["not an iri", "größe", ""],
    "uri-template": ["https://example.com/{id", "/{a}/{"],
}

CATEGORIES = {
    "CATEGORY_DIGIT": "0123456789",
    "CATEGORY_WORD": "abcXYZ019_",
    "CATEGORY_SPACE": " ",
    "CATEGORY_NOT_SPACE": "abcXYZ019_-",
    "CATEGORY_NOT_DIGIT": "abc-",
    "CATEGORY_NOT_WORD": "-. ",
}
PRINTABLE = [chr(c) for c in range(32, 127)]


def matching(expression, r, longest=12):
    """A text in which `expression` is found: built from its parse; look-arounds are left to the caller's check."""
    parts = list(parser.parse(expression))
    body = _sequence(parts, r, longest)
    anchors = [str(value) for kind, value in parts if str(kind) == "AT"]
    before = "" if "AT_BEGINNING" in anchors or r.random() < 0.6 else r.choice(WORDS)
    after = "" if "AT_END" in anchors or r.random() < 0.6 else r.choice(WORDS)
    return before + body + after


def _sequence(parts, r, longest):
    return "".join(_part(str(kind), value, r, longest) for kind, value in parts)


def _part(kind, value, r, longest):
    if kind == "LITERAL":
        return chr(value)
    if kind == "NOT_LITERAL":
        return r.choice([c for c in PRINTABLE if c != chr(value)])
    if kind == "ANY":
        return r.choice("abcdefghij 0123456789-")
    if kind == "IN":
        return r.choice(_members(value))
    if kind in ("MAX_REPEAT", "MIN_REPEAT"):
        low, high, inner = value
        high = min(int(high), max(int(low), min(int(low) + 6, longest)))
        return "".join(_sequence(inner, r, longest) for _ in range(r.randint(int(low), high)))
    if kind == "SUBPATTERN":
        return _sequence(value[3], r, longest)
    if kind == "BRANCH":
        return _sequence(r.choice(value[1]), r, longest)
    if kind in ("AT", "ASSERT", "ASSERT_NOT"):
        return ""
    raise ValueError(f"no text for {kind}")


def _members(items):
    negated = str(items[0][0]) == "NEGATE"
    members = []
    for kind, value in items[1:] if negated else items:
        kind = str(kind)
        if kind == "LITERAL":
            members.append(chr(value))
        elif kind == "RANGE":
            members += [chr(c) for c in range(value[0], min(value[1], value[0] + 200) + 1)]
        elif kind == "CATEGORY":
            members += CATEGORIES[str(value)]
    return [c for c in PRINTABLE if c not in members] if negated else members


def finds(expression, string):
    return re.search(expression, string) is not None
