"""Geography: features, routes, sensors, timetables."""

from corpus.notation import *


def position(v):
    return v.pick(
        array(number(), 2, 3),
        row(number(-180, 180), number(-90, 90), rest=number(), minItems=2, maxItems=3),
        row(number(-180, 180), number(-90, 90), minItems=2),
    )


def geometries(v):
    point = ref("position")
    line, ring = array(point, low=2), array(point, low=4)
    return {
        "Point": point,
        "MultiPoint": array(point),
        "LineString": line,
        "MultiLineString": array(line),
        "Polygon": array(ring),
        "MultiPolygon": array(array(ring)),
    }


def geometry(v, names=None, keyword="oneOf"):
    return {
        keyword: [
            obj({"type!": v.pick(const(n), words(n)), "coordinates!": s})
            for n, s in geometries(v).items()
            if names is None or n in names
        ]
    }


@schema("feature-collection", variants=3)
def feature_collection(v):
    feature = obj(
        {
            "type!": const("Feature"),
            "id": any_of(number(), text("word")),
            "geometry!": one_of(null(), ref("geometry")),
            "properties!": nullable({"type": "object"}),
        }
    )
    box = any_of(array(number(), 4, 4), array(number(), 6, 6))
    return obj(
        {
            "type!": const("FeatureCollection"),
            "bbox": v.pick(box, array(number(), 4, 6)),
            "features!": array(ref("feature")),
        },
        **{"$defs": {"position": position(v), "geometry": geometry(v), "feature": feature}}
    )


@schema("geometry", variants=2)
def any_geometry(v):
    kinds = geometry(v, keyword=v.pick("oneOf", "anyOf"))
    keyword = next(iter(kinds))
    kinds[keyword].append(obj({"type!": const("GeometryCollection"), "geometries!": array({"$ref": "#"})}))
    return kinds | {"$defs": {"position": position(v)}}


@schema("typed-feature", variants=2)
def typed_feature(v):
    kinds = {
        "shop": (
            "Point",
            {
                "brand": text("company"),
                "opening_hours": pattern(
                    "^(Mo|Tu|We|Th|Fr|Sa|Su)(-(Mo|Tu|We|Th|Fr|Sa|Su))? [0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]$"
                ),
            },
        ),
        "road": (
            "LineString",
            {
                "lanes": integer(1, 12),
                "surface": words("asphalt", "gravel", "paved"),
                "maxspeed": any_of(integer(5, 130, 5), const("none")),
            },
        ),
        "park": ("Polygon", {"area": number(0), "access": words("public", "private")}),
    }
    return {
        "oneOf": [
            closed(
                {
                    "type!": const("Feature"),
                    "geometry!": geometry(v, [g])["oneOf"][0],
                    "properties!": closed({"kind!": const(k), "name": text("city")} | p),
                }
            )
            for k, (g, p) in kinds.items()
        ],
        "$defs": {"position": position(v)},
    }


@schema("route")
def route(v):
    leg = closed(
        {
            "mode!": words("walk", "bus", "train", "tram", "ferry"),
            "from!": text("street"),
            "to!": text("street"),
            "departs": formatted("date-time"),
            "line": pattern("^[A-Z]{0,2}[0-9]{1,3}[A-Z]?$"),
            "metres": integer(0),
            "shape": text("word"),
        },
        **{"if": {"properties": {"mode": {"not": const("walk")}}}, "then": {"required": ["line", "departs"]}}
    )
    return closed(
        {
            "legs!": array(leg, low=1, high=12),
            "duration!": formatted("duration"),
            "fare": nullable(
                closed({"amount!": number(0, 500, 0.05), "zones": array(integer(1, 9), low=1, unique=True)})
            ),
        }
    )


@schema("weather-observation", variants=2)
def weather(v):
    return closed(
        v.some(
            {
                "station!": pattern("^[A-Z]{4}$"),
                "observed!": formatted("date-time"),
                "temperature!": number(-90, 60, 0.1),
                "humidity": integer(0, 100),
                "wind": closed(
                    {
                        "direction": any_of(integer(0, 360), const("variable")),
                        "speed!": number(0, 150),
                        "gust": number(0, 200),
                    }
                ),
                "pressure": number(850, 1100),
                "clouds": array(
                    closed({"cover!": words("FEW", "SCT", "BKN", "OVC"), "base!": integer(0, 60000, 100)}), high=4
                ),
                "remarks": text("sentence"),
            },
            0.9,
        ),
        **v.pick({}, {"minProperties": 3})
    )


@schema("timetable")
def timetable(v):
    stop = row(
        pattern("^[0-9]{7}$"),
        nullable(pattern("^([01][0-9]|2[0-9]):[0-5][0-9]$")),
        nullable(pattern("^([01][0-9]|2[0-9]):[0-5][0-9]$")),
        minItems=3,
    )
    return closed(
        {
            "valid!": row(formatted("date"), formatted("date"), minItems=2),
            "trips!": array(
                closed({"id!": text("slug", 1), "days!": pattern("^[01]{7}$"), "stops!": array(stop, low=2)}), low=1
            ),
        }
    )


@schema("address-lookup")
def address_lookup(v):
    parts = {
        "name": text("company"),
        "street": text("street"),
        "city": text("city"),
        "postcode": text("word", 3, 10),
        "state": text("city"),
        "country": text("word"),
    }
    return closed(
        {
            "results!": array(
                closed(
                    {
                        "score!": number(0, 1),
                        "point!": row(number(-180, 180), number(-90, 90), minItems=2),
                        "address!": closed(parts, minProperties=2),
                        "kind": words("house", "street", "city", "country"),
                    }
                ),
                high=10,
            ),
            "attribution": text("words"),
        }
    )


@schema("tile-source")
def tile_source(v):
    return closed(
        {
            "tiles!": array(pattern(r"\{z\}/\{x\}/\{y\}"), low=1),
            "minzoom": integer(0, 24),
            "maxzoom": integer(0, 24),
            "bounds": row(*[number(-180, 180)] * 4, minItems=4),
            "center": row(number(-180, 180), number(-90, 90), rest=integer(0, 24), minItems=2, maxItems=3),
            "scheme": words("xyz", "tms"),
        }
    )


@schema("map-style")
def map_style(v):
    expression = any_of(
        number(), text("word"), boolean(), {"type": "array", "items": {"$ref": "#/$defs/expression"}, "minItems": 1}
    )
    layer = tagged(
        "type",
        {
            "fill": {"paint": closed({"fill-color": ref("expression"), "fill-opacity": ref("expression")})},
            "line": {"paint": closed({"line-width": ref("expression"), "line-dasharray": array(number(0), low=2)})},
            "symbol": {
                "layout": closed(
                    {
                        "text-field": ref("expression"),
                        "text-size": ref("expression"),
                        "visibility": words("visible", "none"),
                    }
                )
            },
        },
    )
    for branch in layer["oneOf"]:
        branch["properties"] |= {"id": text("slug"), "source": text("word"), "filter": array(ref("expression"))}
        branch["required"].append("id")
    return closed(
        {
            "version!": const(8),
            "name": text("words"),
            "sources!": mapping(obj({"type!": words("vector", "raster", "geojson"), "url": text("url")})),
            "layers!": array(layer),
        },
        **{"$defs": {"expression": expression}}
    )


@schema("land-parcel")
def land_parcel(v):
    owner = one_of(
        closed({"person!": text("name"), "share!": row(integer(1, 100), integer(1, 100), minItems=2)}),
        closed({"company!": text("company"), "register!": pattern("^HR[AB] [0-9]{1,6}$")}),
    )
    return closed(
        {
            "parcel!": pattern("^[0-9]{1,5}(/[0-9]{1,4})?$"),
            "district!": text("city"),
            "area!": number(exclusiveMinimum=0),
            "use!": array(words("residential", "agricultural", "forest", "water", "traffic"), low=1, high=3),
            "owners!": array(owner, low=1),
            "encumbrances": array(closed({"rank!": integer(1), "amount": number(0), "text!": text("sentence")})),
        }
    )


@schema("fleet-position", variants=2)
def fleet(v):
    ping = closed(
        {
            "t!": v.pick(integer(0), formatted("date-time")),
            "lat!": number(-90, 90, 0.0001),
            "lon!": number(-180, 180, 0.0001),
            "v": number(0, 300),
            "ign": boolean(),
            "io": mapping({"type": ["integer", "string"]}, names="^[0-9]{1,4}$", high=20),
        }
    )
    return closed({"device!": pattern("^[0-9]{15}$"), "pings!": array(ping, low=1, high=100)})


@schema("elevation-grid")
def grid(v):
    return closed(
        {
            "origin!": row(number(), number(), minItems=2),
            "step!": number(exclusiveMinimum=0),
            "rows!": array(array(nullable(integer(-500, 9000)), 1, 16), 1, 16),
        }
    )
