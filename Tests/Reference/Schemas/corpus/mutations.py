"""Small damages to a valid instance, aimed by what the schema said of each value."""

import copy
import re

from . import texts
from .sampler import same

OTHERS = [None, True, 7, 1.5, "text", [], {}]


def place(instance, path):
    for step in path:
        instance = instance[step]
    return instance


def changed(instance, path, value):
    """A copy with another value at the path."""
    if not path:
        return value
    result = copy.deepcopy(instance)
    place(result, path[:-1])[path[-1]] = value
    return result


def mutations(instance, flats, random):
    """Yields (kind, mutant): kind says what was done, so that a choice can be varied."""
    for path, flat in flats.items():
        try:
            value = place(instance, path)
        except (KeyError, IndexError, TypeError):
            continue
        for kind, new in _of_value(value, flat, random):
            yield kind, changed(instance, path, tidy(new))


def tidy(value):
    """Floats as people write them: few digits, and whole numbers without a point."""
    if isinstance(value, float):
        value = round(value, 8)
        return int(value) if value == int(value) else value
    return value


def _of_value(value, flat, random):
    yield "type", random.choice([o for o in OTHERS if type(o) is not type(value)])
    if value is not None:
        yield "null", None
    if isinstance(value, bool):
        yield "type", str(value).lower()
    elif isinstance(value, str):
        yield from _of_string(value, flat, random)
    elif isinstance(value, (int, float)):
        yield from _of_number(value, flat, random)
    elif isinstance(value, list):
        yield from _of_array(value, flat, random)
    elif isinstance(value, dict):
        yield from _of_object(value, flat, random)


def _of_string(value, flat, random):
    if "enum" in flat or "const" in flat:
        for new in (value + "x", value[:-1], value.upper(), value.capitalize(), ""):
            if new != value:
                yield "enum", new
        if value:
            yield "enum", [value]
        return
    low, high = flat.get("minLength", 0), flat.get("maxLength")
    if "format" in flat:
        for new in random.sample(
            texts.NOT_OF_FORMAT.get(flat["format"], []), k=min(2, len(texts.NOT_OF_FORMAT.get(flat["format"], [])))
        ):
            yield "format", new
        return
    if "pattern" in flat or "patterns" in flat:
        yield "pattern", value + " "
        yield "pattern", " " + value
        yield "pattern", value[:-1]
        yield "pattern", value + value
        yield "pattern", value.swapcase()
        if value:
            at = random.randrange(len(value))
            yield "pattern", value[:at] + random.choice("!_ .-0aZ") + value[at + 1 :]
        yield "pattern", ""
    if high is not None and high <= 300:
        yield "long", value + "x" * (high - len(value) + 1)
        if "pattern" not in flat:
            yield "edge", (value + "é" * high)[:high]
    if low > 0:
        yield "short", value[: low - 1]
        if "pattern" not in flat:
            yield "edge", value[:low]
    if low > 0:
        yield "short", ""


def _of_number(value, flat, random):
    if "enum" in flat or "const" in flat:
        yield "enum", value + 1
        yield "enum", -value - 5
        return
    yield "quoted", str(value)
    whole = flat.get("type") == "integer" or flat.get("type") == ["integer", "null"]
    if whole:
        yield "fraction", value + 0.5
    low, high, step = flat.get("minimum"), flat.get("maximum"), flat.get("multipleOf")
    if low is not None:
        yield "low", low - (step or 1)
        yield "edge", low
        if not whole:
            yield "low", round(low - 0.01, 2)
    if high is not None:
        yield "high", high + (step or 1)
        yield "edge", high
        yield "high", high * 10 + 1
    for key in ("exclusiveMinimum", "exclusiveMaximum"):
        if key in flat:
            yield "exclusive", flat[key]
    if step is not None:
        yield "multiple", round(value + step / 2, 8) if not whole else value + max(1, step // 2)
        if step < 1:
            yield "multiple", round(value + step / 10, 8)
    if low == 0 and not whole:
        yield "low", -0.5


def _of_array(value, flat, random):
    if "const" in flat or "enum" in flat:
        yield "enum", value + [1]
        return
    low, high = flat.get("minItems", 0), flat.get("maxItems")
    if low > 0:
        yield "few", value[: low - 1]
    if value and high is not None and high <= 40:
        many = [copy.deepcopy(value[i % len(value)]) for i in range(high + 1)]
        if flat.get("uniqueItems"):
            many = value + [f"{v}{n}" if isinstance(v, str) else n for n, v in enumerate(many)]
        yield "many", many[: high + 1]
    if value:
        yield "type", value + [random.choice(OTHERS)]
        yield ("duplicate" if flat.get("uniqueItems") else "repeat"), value + [copy.deepcopy(value[0])]
        yield "unwrapped", value[0]
    if "contains" in flat and len(value) > low:
        yield "contains", value[:-1]
    if ("prefixItems" in flat or isinstance(flat.get("items"), list)) and len(value) > 1:
        yield "places", value[::-1]
        yield "places", value[:-1]
    if not value:
        yield "type", [random.choice(OTHERS)]


def _of_object(value, flat, random):
    if "const" in flat or "enum" in flat:
        return
    declared = flat.get("properties", {})
    for name in flat.get("required", []):
        yield "required", {k: v for k, v in value.items() if k != name}
    others = [n for n in value if n not in flat.get("required", [])]
    if others:
        name = random.choice(others)
        yield "without", {k: v for k, v in value.items() if k != name}
    for name in random.sample(list(value), k=min(1, len(value))):
        rest = {k: v for k, v in value.items() if k != name}
        yield "renamed", rest | {name + "_": value[name]}
        if name.upper() != name:
            yield "renamed", rest | {name.upper(): value[name]}
    if "unexpected" not in declared:
        yield "extra", value | {"unexpected": random.choice(["value", 1, None, {"a": 1}])}
    for names in flat.get("patternProperties") or {}:
        yield "name", value | {"!": random.choice(list(value.values()) or [1])}
    if "propertyNames" in flat and value:
        first = next(iter(value))
        yield "name", value | {first + " !": value[first]}
        yield "name", value | {"": value[first]}
    for name, needs in (flat.get("dependentRequired") or {}).items():
        for need in needs:
            if name in value and need in value:
                yield "dependent", {k: v for k, v in value.items() if k != need}
    if flat.get("minProperties", 0) > 0:
        keep = list(value)[: flat["minProperties"] - 1]
        yield "few", {k: value[k] for k in keep}
    if flat.get("maxProperties", 99) < 20 and value:
        first = next(iter(value.values()))
        yield "many", value | {f"key{n}": copy.deepcopy(first) for n in range(flat["maxProperties"] - len(value) + 1)}
    for name, schema in declared.items():
        tag = schema.get("const") if isinstance(schema, dict) else None
        if isinstance(tag, str) and name in value:
            yield "tag", value | {name: tag + "2"}


def tags(schema):
    """The constants that stand for a property anywhere: a discriminator takes others of them."""
    found = {}

    def look(node):
        if isinstance(node, dict):
            for name, part in (
                (node.get("properties") or {}).items() if isinstance(node.get("properties"), dict) else ()
            ):
                if isinstance(part, dict):
                    for value in [part["const"]] if "const" in part else part.get("enum", []):
                        known = found.setdefault(name, [])
                        if isinstance(value, str) and value not in known:
                            known.append(value)
            for part in node.values():
                look(part)
        elif isinstance(node, list):
            for part in node:
                look(part)

    look(schema)
    return {name: values for name, values in found.items() if len(values) > 1}


def swapped(instance, flats, known, random):
    """Mutants with a discriminator of another branch."""
    for path in flats:
        if path and path[-1] in known:
            try:
                value = place(instance, path)
            except (KeyError, IndexError, TypeError):
                continue
            for other in random.sample(known[path[-1]], k=min(2, len(known[path[-1]]))):
                if not same(value, other):
                    yield "swapped", changed(instance, path, other)


def plain_ascii(value):
    """Whether strings hold nothing on which regular expression dialects differ: a final newline, digits beyond ASCII."""
    if isinstance(value, str):
        return not value.endswith("\n") and not re.search(r"[^\x00-\x7f]\d|\d[^\x00-\x7f]", value)
    if isinstance(value, list):
        return all(map(plain_ascii, value))
    if isinstance(value, dict):
        return all(plain_ascii(k) and plain_ascii(v) for k, v in value.items())
    return True
