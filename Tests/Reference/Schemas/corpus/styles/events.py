"""Self-describing events of an analytics pipeline, and their contexts."""

from corpus.notation import *


def event(vendor, name, version, properties, description=None, **more):
    """An event as such registries keep it: who describes it, then a flat object."""
    head = {
        "description": description or f"Schema for a {name.replace('_', ' ')} event",
        "self": {"vendor": vendor, "name": name, "format": "jsonschema", "version": version},
    }
    return head | closed(properties) | more


def small(high=255, **more):
    return text("words", high=high, **more)


def maybe(schema):
    return nullable(schema)


SHOP, WEB, MOBILE, GAME, MEDIA = (
    "com.example.shop",
    "com.example.web",
    "com.example.mobile",
    "com.example.games",
    "com.example.media",
)


@schema("page-view")
def page_view(v):
    return event(
        WEB,
        "page_view",
        "1-0-0",
        {
            "page_url!": text("url", high=2000),
            "page_title": maybe(small(500)),
            "referrer": maybe(text("url", high=2000)),
            "viewport_width": integer(0, 100000),
            "viewport_height": integer(0, 100000),
        },
    )


@schema("link-click", variants=2)
def link_click(v):
    return event(
        WEB,
        "link_click",
        "1-0-1",
        v.some(
            {
                "elementId": small(128),
                "elementClasses": array(text("word")),
                "elementTarget": enum("_blank", "_self", "_parent", "_top"),
                "targetUrl!": v.pick(text("url", 1), formatted("uri", maxLength=4096)),
                "elementContent": text("sentence", high=1000),
            }
        ),
        minProperties=1,
    )


@schema("form-change", variants=2)
def form_change(v):
    kinds = (
        "button",
        "checkbox",
        "color",
        "date",
        "datetime-local",
        "email",
        "file",
        "hidden",
        "image",
        "month",
        "number",
        "password",
        "radio",
        "range",
        "reset",
        "search",
        "submit",
        "tel",
        "text",
        "time",
        "url",
        "week",
    )
    if v.index == 0:
        return event(
            WEB,
            "change_form",
            "1-0-0",
            {
                "formId!": small(),
                "elementId!": small(),
                "nodeName!": enum("INPUT", "TEXTAREA", "SELECT"),
                "type": enum(*kinds, None),
                "elementClasses": maybe(array(small())),
                "value!": {"type": ["string", "null"]},
            },
        )
    return event(
        WEB,
        "submit_form",
        "2-0-0",
        {
            "formId!": small(),
            "elements": array(
                closed(
                    {
                        "name!": small(),
                        "value!": maybe(text("sentence")),
                        "nodeName!": words("INPUT", "TEXTAREA", "SELECT"),
                        "type": words(*kinds[:8]),
                    }
                ),
                high=200,
            ),
        },
    )


@schema("add-to-cart", variants=3)
def add_to_cart(v):
    price = v.pick(
        number(0, 100000), number(0, step=0.01), {"type": ["number", "null"], "minimum": 0, "maximum": 1000000}
    )
    return event(
        SHOP,
        "add_to_cart",
        v.pick("1-0-0", "2-1-0"),
        v.some(
            {
                "sku!": v.pick(small(64), pattern("^[A-Z0-9-]{4,20}$")),
                "name": maybe(text("product", high=255)),
                "category": maybe(small()),
                "unitPrice": price,
                "quantity!": integer(1, 9999),
                "currency": maybe(pattern("^[A-Z]{3}$", maxLength=3)),
                "coupon": text("slug", high=40),
            },
            0.75,
        ),
    )


@schema("transaction", variants=3)
def transaction(v):
    item = closed({"sku!": small(), "price!": number(0), "quantity!": integer(0, 32767), "category": maybe(small())})
    return event(
        SHOP,
        "transaction",
        "1-0-2",
        {
            "order_id!": small(36),
            "total_value!": number(0, 10000000),
            "currency!": pattern("^[A-Z]{3}$"),
            "tax": maybe(number(0)),
            "shipping": maybe(number(0)),
            "items": v.pick(array(item, high=500), array(item, low=1), maybe(array(item))),
            "payment_method": v.pick(small(32), enum("card", "invoice", "wallet", None)),
            "is_gift": maybe(boolean()),
        },
        **v.pick({}, {"dependentRequired": {"tax": ["currency"]}}),
    )


@schema("screen-view", variants=2)
def screen_view(v):
    return event(
        MOBILE,
        "screen_view",
        "1-0-0",
        v.some(
            {
                "name!": small(),
                "type": small(),
                "id!": formatted("uuid"),
                "previousName": maybe(small()),
                "previousId": maybe(formatted("uuid")),
                "transitionType": words("push", "pop", "modal", "tab"),
            }
        ),
    )


@schema("geolocation-context", variants=2)
def geolocation(v):
    return event(
        MOBILE,
        "geolocation_context",
        "1-1-0",
        {
            "latitude!": number(-90, 90),
            "longitude!": number(-180, 180),
            "latitudeLongitudeAccuracy": v.pick(number(), maybe(number(0))),
            "altitude": maybe(number(-20000, 100000)),
            "bearing": maybe(number(0, 360)),
            "speed": maybe(number(0)),
            "timestamp": maybe(integer(0)),
        },
    )


@schema("mobile-context", variants=2)
def mobile_context(v):
    return event(
        MOBILE,
        "mobile_context",
        "1-0-3",
        {
            "osType!": small(32),
            "osVersion!": pattern(r"^\d+(\.\d+){0,3}$"),
            "deviceManufacturer!": small(),
            "deviceModel!": small(),
            "carrier": maybe(small()),
            "networkType": enum("mobile", "wifi", "offline", None) if v.index else words("mobile", "wifi", "offline"),
            "batteryLevel": maybe(integer(0, 100)),
            "batteryState": enum("unplugged", "charging", "full"),
            "lowPowerMode": maybe(boolean()),
            "appleIdfa": maybe(formatted("uuid")),
            "physicalMemory": maybe(integer(0, 9007199254)),
            "isPortrait": maybe(boolean()),
            "scale": maybe(number(0, 1000)),
        },
    )


@schema("client-session")
def client_session(v):
    return event(
        WEB,
        "client_session",
        "1-0-2",
        {
            "userId!": formatted("uuid"),
            "sessionId!": formatted("uuid"),
            "sessionIndex!": integer(0, 2147483647),
            "previousSessionId!": any_of(null(), formatted("uuid")),
            "storageMechanism!": enum("SQLITE", "COOKIE_1", "COOKIE_3", "LOCAL_STORAGE", "FLASH_LSO"),
            "firstEventId": maybe(formatted("uuid")),
            "firstEventTimestamp": formatted("date-time"),
        },
    )


@schema("self-describing-envelope", variants=2)
def envelope(v):
    uri = pattern(r"^iglu:[a-zA-Z0-9-_.]+/[a-zA-Z0-9-_]+/[a-zA-Z0-9-_]+/[0-9]+-[0-9]+-[0-9]+$")
    if v.index == 0:
        return event(
            WEB,
            "payload_data",
            "1-0-4",
            {
                "schema!": uri,
                "data!": array(
                    obj(
                        {
                            "e!": words("pv", "pp", "se", "ue", "tr", "ti"),
                            "aid!": small(),
                            "p!": words("web", "mob", "srv", "app"),
                            "tv": small(),
                            "dtm": pattern("^[0-9]{13}$"),
                            "eid": formatted("uuid"),
                        },
                        additionalProperties={"type": "string"},
                    ),
                    low=1,
                ),
            },
        )
    return closed({"schema!": uri, "data!": {"type": ["object", "array", "string", "number", "boolean", "null"]}})


@schema("media-player", variants=3)
def media_player(v):
    common = {
        "currentTime!": number(0),
        "duration": maybe(number(0)),
        "ended!": boolean(),
        "muted": boolean(),
        "paused!": boolean(),
        "playbackRate": number(0, 16),
        "volume": integer(0, 100),
    }
    if v.index == 0:
        return event(
            MEDIA, "media_player", "2-0-0", common | {"quality": maybe(text("word")), "captions": maybe(text("words"))}
        )
    if v.index == 1:
        return event(
            MEDIA,
            "media_player_event",
            "1-0-0",
            {
                "type!": words("play", "pause", "seek", "ended", "buffer", "volumechange", "ratechange", "fullscreen"),
                "label": maybe(small()),
            },
        )
    return {"self": {"vendor": MEDIA, "name": "session", "format": "jsonschema", "version": "1-0-0"}} | tagged(
        "type",
        {
            "seek": {"from!": number(0), "to!": number(0)},
            "quality_change": {"old!": text("word"), "new!": text("word"), "automatic": boolean()},
            "ad_break": {
                "breakId!": small(),
                "kind": enum("linear", "nonlinear", "companion"),
                "ads!": array(closed({"adId!": small(), "position": integer(1)})),
            },
            "error": {"code!": any_of(integer(), small(16)), "message": text("log")},
        },
    )


@schema("purchase-game")
def purchase_game(v):
    return event(
        GAME,
        "in_app_purchase",
        "1-0-0",
        {
            "productId!": pattern(r"^[a-z]+(\.[a-z0-9_]+)+$"),
            "amountCents!": integer(0, 1000000),
            "store!": enum("apple", "google", "steam", "web"),
            "virtual": closed({"currency!": words("gems", "coins"), "amount!": integer(1)}),
            "receipt": maybe(pattern("^[A-Za-z0-9+/=]+$")),
        },
    )


@schema("level-completed", variants=2)
def level_completed(v):
    return event(
        GAME,
        "level_completed",
        "1-1-0",
        v.some(
            {
                "level!": integer(1, 999),
                "score!": integer(0),
                "stars": integer(0, 3),
                "durationMs!": integer(0, 86400000),
                "boosters": array(words("hammer", "bomb", "shuffle", "rainbow"), high=10),
                "character": closed(
                    {
                        "class!": words("mage", "rogue", "knight"),
                        "xp!": integer(0),
                        "stats": mapping(integer(0, 100), names="^(str|dex|int|luck)$", low=1),
                    }
                ),
                "friends": array(formatted("uuid"), high=50),
            }
        ),
    )


@schema("experiment-exposure")
def experiment(v):
    return event(
        WEB,
        "experiment_exposure",
        "1-0-0",
        {
            "experiment!": pattern("^[a-z0-9_]{3,64}$"),
            "variant!": any_of(integer(0, 20), words("control", "treatment")),
            "bucket": number(0, 1, 0.0001),
            "attributes": mapping({"type": ["string", "number", "boolean", "null"]}, high=20),
        },
    )


@schema("consent-given", variants=2)
def consent(v):
    document = closed(
        {"id!": small(36), "version!": pattern(r"^\d+\.\d+$"), "name": small(60), "description": text("sentence")}
    )
    body = {
        "basis!": words("consent", "contract", "legal_obligation", "legitimate_interests"),
        "gdprApplies!": boolean(),
        "documents": array(document, low=1, high=10),
        "expiry": maybe(formatted("date-time")),
    }
    if v.index == 0:
        return event(WEB, "consent_given", "1-0-0", body)
    return event(
        WEB,
        "consent_preferences",
        "1-0-0",
        {"eventType!": enum("accept_all", "accept_selected", "deny_all", "withdrawn", "expired")}
        | body
        | {"scopes": array(text("word"))},
        **when("eventType", "accept_selected", {"required": ["scopes"]}),
    )


@schema("search-performed", variants=2)
def search_performed(v):
    return event(
        SHOP,
        "site_search",
        "1-0-0",
        v.some(
            {
                "terms!": array(small(), low=1),
                "filters": v.pick(
                    mapping({"type": ["string", "boolean"]}),
                    maybe(mapping({"type": ["string", "boolean", "array"], "items": {"type": "string"}})),
                ),
                "totalResults": integer(0),
                "pageResults": integer(0),
                "sort": words("relevance", "price_asc", "price_desc", "newest"),
                "clickedPosition": maybe(integer(1, 1000)),
            }
        ),
    )


@schema("web-vitals")
def web_vitals(v):
    return event(
        WEB,
        "web_vitals",
        "1-0-0",
        {k: maybe(number(0)) for k in ("lcp", "fid", "cls", "inp", "fcp", "ttfb")}
        | {
            "navigationType": maybe(words("navigate", "reload", "back-forward", "prerender")),
            "rating": words("good", "needs-improvement", "poor"),
        },
    )


@schema("performance-timing")
def performance_timing(v):
    names = "navigationStart redirectStart redirectEnd fetchStart domainLookupStart domainLookupEnd connectStart secureConnectionStart connectEnd requestStart responseStart responseEnd unloadEventStart unloadEventEnd domLoading domInteractive domContentLoadedEventStart domContentLoadedEventEnd domComplete loadEventStart loadEventEnd".split()
    return event(WEB, "performance_timing", "1-0-0", {n: integer(0, 999999999999) for n in names})


@schema("error-event", variants=2)
def error_event(v):
    return event(
        WEB,
        "application_error",
        "1-1-1",
        {
            "programmingLanguage!": enum(
                "JAVA", "SCALA", "SWIFT", "JAVASCRIPT", "GO", "RUBY", "PHP", "PYTHON", "RUST", "CPP", "C#"
            ),
            "message!": text("log", 1, 2048),
            "className": maybe(small(1024)),
            "lineNumber": maybe(integer(0)),
            "stackTrace": maybe(text("paragraph", high=8096)),
            "isFatal": maybe(boolean()),
            **({"cause": {"$ref": "#/$defs/cause"}} if v.index else {}),
        },
        **(
            {"$defs": {"cause": maybe(closed({"message!": text("log"), "cause": {"$ref": "#/$defs/cause"}}))}}
            if v.index
            else {}
        ),
    )


@schema("subscription-changed", variants=2)
def subscription(v):
    states = ("trial", "active", "past_due", "paused", "cancelled")
    return event(
        SHOP,
        "subscription_changed",
        "1-0-0",
        {
            "from!": enum(*states, None),
            "to!": words(*states),
            "plan!": pattern("^(free|basic|pro|team)-(month|year)$"),
            "seats": integer(1, 10000),
            "mrr": number(0, 1000000, 0.01),
            "reason": maybe(text("sentence", high=500)),
            "effective!": v.pick(formatted("date"), formatted("date-time")),
        },
        **(
            {"not": {"properties": {"from": const("cancelled"), "to": const("trial")}, "required": ["from", "to"]}}
            if v.index
            else {}
        ),
    )


@schema("user-context", variants=2)
def user_context(v):
    return event(
        "com.example",
        "user",
        "1-0-0",
        v.some(
            {
                "id!": any_of(integer(1), formatted("uuid")),
                "email_sha256": pattern("^[0-9a-f]{64}$"),
                "type": words("guest", "member", "staff"),
                "created": formatted("date-time"),
                "country": pattern("^[A-Z]{2}$"),
                "age_band": enum("0-17", "18-24", "25-34", "35-49", "50-64", "65+"),
                "lists": array(text("slug"), high=20),
                "loyalty": maybe(closed({"tier!": integer(0, 4), "points!": integer(0)})),
            },
            0.7,
        ),
    )


@schema("privacy-request")
def privacy(v):
    return event(
        "com.example",
        "privacy_request",
        "1-0-0",
        {
            "kind!": words("access", "erasure", "rectification"),
            "subject!": closed(
                {"email": formatted("email"), "phone": pattern("^\\+[0-9]{6,15}$"), "customerId": integer(1)},
                minProperties=1,
            ),
            "receivedAt!": formatted("date-time"),
            "dueBy": formatted("date"),
        },
    )


@schema("delivery-status")
def delivery_status(v):
    return event(
        SHOP,
        "parcel_scanned",
        "1-0-0",
        {
            "parcel!": pattern("^[0-9]{18}$"),
            "status!": integer(0, 99),
            "hub": maybe(pattern("^[A-Z]{3}[0-9]{2}$")),
            "weightGrams": maybe(integer(1, 50000)),
            "temperature": maybe(number(-40, 60, 0.1)),
            "photos": array(formatted("uri"), high=5),
        },
    )
