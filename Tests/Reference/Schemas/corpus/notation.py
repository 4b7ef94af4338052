"""A short notation for JSON Schemas, written in draft 2020-12 form and lowered to older drafts at the end.

`x-sample` in a string schema names the kind of text the sampler writes there; it is no part of the published schema.
"""

import copy
import random

REGISTRY = []


class Variety(random.Random):
    """Seeded choices, so that variants of one schema differ in structure and come back the same on every run."""

    def __init__(self, seed, index):
        super().__init__(f"{seed}/{index}")
        self.index = index

    def pick(self, *options):
        return self.choice(options)

    def chance(self, probability=0.5):
        return self.random() < probability

    def some(self, properties, share=0.6):
        """A part of the optional properties; those marked with `!` stay."""
        return {k: s for k, s in properties.items() if k.endswith("!") or self.random() < share}

    def closing(self):
        """Keywords that say whether undeclared properties may come."""
        return self.pick(
            {},
            {"additionalProperties": False},
            {"additionalProperties": False},
            {"additionalProperties": True},
            {"additionalProperties": {"type": "string"}},
        )


def schema(name, variants=1, draft=None):
    """Registers a function that writes a schema; variants are written with different `Variety`."""

    def register(function):
        REGISTRY.append((function.__module__.rsplit(".", 1)[-1], name, variants, draft, function))
        return function

    return register


def text(sample=None, low=None, high=None, pattern=None, format=None, **more):
    result = {"type": "string"}
    for key, value in (
        ("minLength", low),
        ("maxLength", high),
        ("pattern", pattern),
        ("format", format),
        ("x-sample", sample),
    ):
        if value is not None:
            result[key] = value
    return result | more


def pattern(expression, **more):
    return text(pattern=expression, **more)


def formatted(name, **more):
    return text(format=name, **more)


def _ranged(kind, low, high, step, more):
    result = {"type": kind}
    for key, value in (("minimum", low), ("maximum", high), ("multipleOf", step)):
        if value is not None:
            result[key] = value
    return result | more


def integer(low=None, high=None, step=None, **more):
    return _ranged("integer", low, high, step, more)


def number(low=None, high=None, step=None, **more):
    return _ranged("number", low, high, step, more)


def boolean(**more):
    return {"type": "boolean"} | more


def null():
    return {"type": "null"}


def enum(*values, **more):
    return {"enum": list(values)} | more


def words(*values, **more):
    return {"type": "string", "enum": list(values)} | more


def const(value):
    return {"const": value}


def array(items, low=None, high=None, unique=False, **more):
    result = {"type": "array", "items": items}
    for key, value in (("minItems", low), ("maxItems", high)):
        if value is not None:
            result[key] = value
    if unique:
        result["uniqueItems"] = True
    return result | more


def row(*items, rest=False, **more):
    """An array with a schema for each place."""
    return {"type": "array", "prefixItems": list(items), "items": rest} | more


def obj(properties, **more):
    """An object; names that end in `!` are required."""
    result = {"type": "object", "properties": {k.removesuffix("!"): s for k, s in properties.items()}}
    required = [k[:-1] for k in properties if k.endswith("!")]
    if required:
        result["required"] = required
    return result | more


def closed(properties, **more):
    return obj(properties, additionalProperties=False, **more)


def mapping(value, names=None, low=None, high=None, **more):
    """An object with free names: all of them, or those that a pattern says."""
    result = {"type": "object"}
    result |= (
        {"patternProperties": {names: value}, "additionalProperties": False}
        if names
        else {"additionalProperties": value}
    )
    for key, bound in (("minProperties", low), ("maxProperties", high)):
        if bound is not None:
            result[key] = bound
    return result | more


def ref(name):
    return {"$ref": name if "#" in name else f"#/$defs/{name}"}


def nullable(schema):
    """Null as well: through the list of types where there is one, else through `anyOf`."""
    if "enum" in schema:
        return (
            schema
            | {"enum": schema["enum"] + [None]}
            | ({"type": [schema["type"], "null"]} if "type" in schema else {})
        )
    if isinstance(schema.get("type"), str):
        return schema | {"type": [schema["type"], "null"]}
    return {"anyOf": [schema, null()]}


def any_of(*schemas, **more):
    return more | {"anyOf": list(schemas)}


def one_of(*schemas, **more):
    return more | {"oneOf": list(schemas)}


def all_of(*schemas, **more):
    return more | {"allOf": list(schemas)}


def tagged(field, branches, keyword="oneOf", close=True):
    """One object of several, told apart by a constant: `branches` maps the constant to further properties."""
    make = closed if close else obj
    return {keyword: [make({field + "!": const(tag)} | properties) for tag, properties in branches.items()]}


def when(field, value, then, otherwise=None):
    """`if` the field has the value (or one of a list of values) `then` the schema holds."""
    test = {"enum": value} if isinstance(value, list) else {"const": value}
    result = {"if": {"properties": {field: test}, "required": [field]}, "then": then}
    return result | ({"else": otherwise} if otherwise is not None else {})


SINGLE = (
    "items",
    "additionalItems",
    "additionalProperties",
    "propertyNames",
    "contains",
    "not",
    "if",
    "then",
    "else",
    "unevaluatedProperties",
    "unevaluatedItems",
)
LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
MAPS = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")


def map_schema(schema, change):
    """The schema with `change` applied to every subschema, innermost first."""
    if not isinstance(schema, dict):
        return schema
    result = {}
    for key, value in schema.items():
        if key in SINGLE and isinstance(value, (dict, bool)):
            value = map_schema(value, change)
        elif key in LISTS or (key == "items" and isinstance(value, list)):
            value = [map_schema(item, change) for item in value]
        elif key in MAPS:
            value = {name: map_schema(item, change) for name, item in value.items()}
        result[key] = value
    return change(result)


def inlined(schema):
    """The schema with its definitions in the place of references, as bundlers write it; recursive ones stay."""
    definitions = schema.get("$defs", {})

    def leads_to_itself(name, seen=()):
        text = str(definitions[name])
        found = [n for n in definitions if f"'#/$defs/{n}'" in text]
        return any(n == name or n not in seen and leads_to_itself(n, (*seen, n)) for n in found) or any(
            n in seen for n in found
        )

    flat = {name for name in definitions if not leads_to_itself(name)}

    def change(node):
        name = str(node.get("$ref", "")).removeprefix("#/$defs/")
        return map_schema(copy.deepcopy(definitions[name]), change) if name in flat and len(node) == 1 else node

    result = map_schema(copy.deepcopy({k: v for k, v in schema.items() if k != "$defs"}), change)
    kept = {n: map_schema(copy.deepcopy(d), change) for n, d in definitions.items() if n not in flat}
    return result | ({"$defs": kept} if kept else {})


def annotated(schema, label, variety):
    """The schema with titles, descriptions and the like in the numbers that people write."""
    share = variety.pick(0, 0, 0.1, 0.4, 0.8)
    phrases = (
        "Set by the sender.",
        "As printed on the document.",
        "Optional; see the manual.",
        "Name in the user's language.",
        "Do not rely on the order.",
        "Deprecated spelling: use lower case.",
        "ISO code.",
        "Counted from 1.",
        '"quoted" – kept as is',
    )

    def change(node):
        if node and "$ref" not in node and "const" not in node and variety.random() < share:
            node = {"description": variety.choice(phrases)} | node
            if variety.random() < 0.1:
                node["$comment"] = variety.choice(phrases)
            if node.get("type") == "boolean" and variety.random() < 0.5:
                node["default"] = variety.random() < 0.5
            if node.get("type") == "string" and variety.random() < 0.1:
                node["examples"] = ["example"]
        return node

    result = map_schema(schema, change)
    if share and variety.chance(0.5):
        result = {"$id": f"https://schemas.example.com/{label}.json"} | result
    if share > 0.1:
        result = {"title": label.split("/")[1].replace("-", " ").capitalize()} | result
    return result


def count_nodes(schema):
    total = 0

    def count(node):
        nonlocal total
        total += 1
        return node

    map_schema(schema, count)
    return total


URIS = {
    "2020": "https://json-schema.org/draft/2020-12/schema",
    "2019": "https://json-schema.org/draft/2019-09/schema",
    "7": "http://json-schema.org/draft-07/schema#",
}
ONLY_LATER = {"unevaluatedProperties", "unevaluatedItems", "minContains", "maxContains", "$dynamicRef"}
FORMATS_LATER = {"uuid", "duration"}


def needs_later_draft(schema):
    found = False

    def look(node):
        nonlocal found
        found = found or bool(ONLY_LATER & node.keys()) or node.get("format") in FORMATS_LATER
        return node

    map_schema(schema, look)
    return found


def lowered(schema, draft, named=True):
    """The schema in the words of an older draft; `named` says whether `$schema` does."""

    def change(node):
        node = dict(node)
        if "prefixItems" in node and draft != "2020":
            rest = node.pop("items", True)
            places = node.pop("prefixItems")
            node["items"] = places
            if rest is not True:
                node["additionalItems"] = rest
        if draft == "7":
            dependencies = node.pop("dependentRequired", {}) | node.pop("dependentSchemas", {})
            if dependencies:
                node["dependencies"] = dependencies
            if "$defs" in node:
                node["definitions"] = node.pop("$defs")
            if "$anchor" in node:
                node = {"$id": "#" + node.pop("$anchor")} | node
            if "$ref" in node:
                node["$ref"] = node["$ref"].replace("#/$defs/", "#/definitions/")
                siblings = {k for k in node if k not in ("$ref", "description", "title", "$id")}
                if siblings and not ("$defs" in siblings or "definitions" in siblings):
                    reference = node.pop("$ref")
                    node["allOf"] = [{"$ref": reference}] + node.get("allOf", [])
        return node

    result = map_schema(copy.deepcopy(schema), change)
    return ({"$schema": URIS[draft]} if named else {}) | result


def published(schema):
    """The schema without the hints for the sampler."""
    return map_schema(schema, lambda node: {k: v for k, v in node.items() if k != "x-sample"})
