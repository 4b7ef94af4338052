"""Random instances of a schema: alternatives are chosen and merged, values drawn, and the whole is checked afterwards."""

import re
from decimal import Decimal

from . import texts

TYPES = {"null", "boolean", "integer", "number", "string", "array", "object"}
IN_PLACE = ("$ref", "allOf", "anyOf", "oneOf", "if", "then", "else", "dependentSchemas", "dependencies")


class Impossible(Exception):
    pass


class Exhausted(Exception):
    """Too much was tried for one instance; another start has better luck."""


class Trace:
    """What the schema said of the values drawn, by path; mutations aim with it."""

    def __init__(self):
        self.flat = {}


class Sampler:
    """Draws instances; `fullness` is the share of optional properties that come."""

    def __init__(self, schema, judge, random):
        self.root = schema
        self.judge = judge
        self.random = random
        self.anchors = {}
        self._find_anchors(schema)

    def instance(self, fullness):
        for attempt in range(40):
            self.fullness = fullness * (0.9**attempt)
            self.trace = Trace()
            self.work = 4000
            try:
                value = self.draw(self.root, (), 0)
            except (Impossible, Exhausted, RecursionError):
                continue
            if self.judge.accepts(value):
                return value, self.trace
        return None, None

    def _find_anchors(self, node):
        if isinstance(node, dict):
            if isinstance(node.get("$anchor"), str):
                self.anchors["#" + node["$anchor"]] = node
            if isinstance(node.get("$id"), str):
                self.anchors[node["$id"]] = node
            for value in node.values():
                self._find_anchors(value)
        elif isinstance(node, list):
            for value in node:
                self._find_anchors(value)

    def target(self, reference):
        if reference == "#":
            return self.root
        if reference in self.anchors:
            return self.anchors[reference]
        node = self.root
        for token in reference.removeprefix("#/").split("/"):
            token = token.replace("~1", "/").replace("~0", "~")
            node = node[int(token) if isinstance(node, list) else token]
        return node

    # One schema out of those that hold at once

    def flatten(self, schema, depth, loops=0):
        """The keywords of a schema with all that holds in place; one alternative of each choice."""
        if schema is True:
            return {}
        if schema is False or loops > 40:
            raise Impossible
        flat = {k: v for k, v in schema.items() if k not in IN_PLACE}
        others = []
        if "$ref" in schema:
            others.append(self.target(schema["$ref"]))
        others += schema.get("allOf", [])
        for key in ("anyOf", "oneOf"):
            if key in schema:
                options = list(schema[key])
                if depth > 3 and self.random.random() < 0.8:
                    options = self.flattest(options)
                others.append(self.random.choice(options))
        if "if" in schema:
            taken = self.random.random() < 0.6
            if taken:
                others += [schema["if"], schema.get("then", True)]
            else:
                others.append(schema.get("else", True))
        for name, extra in (schema.get("dependentSchemas") or schema.get("dependencies") or {}).items():
            if isinstance(extra, dict) and self.random.random() < self.fullness:
                others += [{"required": [name]}, extra]
        for other in others:
            flat = self.merge(flat, self.flatten(other, depth, loops + 1))
        if isinstance(schema.get("dependencies"), dict):
            lists = {k: v for k, v in schema["dependencies"].items() if isinstance(v, list)}
            flat["dependentRequired"] = flat.get("dependentRequired", {}) | lists
        return flat

    def flattest(self, options):
        """Those that lead no deeper, where there are any."""
        plain = [o for o in options if "$ref" not in str(o)]
        return plain or options

    def merge(self, a, b):
        result = dict(a)
        for key, value in b.items():
            if key not in result:
                result[key] = value
                continue
            old = result[key]
            if key == "type":
                old_types, new_types = self.types(old), self.types(value)
                both = [t for t in old_types if t in new_types or (t == "integer" and "number" in new_types)]
                both += [t for t in new_types if t == "integer" and "number" in old_types and t not in both]
                if not both:
                    raise Impossible
                result[key] = both
            elif key in ("properties", "patternProperties"):
                result[key] = {n: {"allOf": [s, value[n]]} if n in value else s for n, s in old.items()} | {
                    n: s for n, s in value.items() if n not in old
                }
            elif key == "required":
                result[key] = old + [n for n in value if n not in old]
            elif key in ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"):
                result[key] = max(old, value)
            elif key in ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"):
                result[key] = min(old, value)
            elif key == "enum":
                result[key] = [v for v in old if v in value]
                if not result[key]:
                    raise Impossible
            elif key == "const" and old != value:
                raise Impossible
            elif key == "pattern" and old != value:
                result["patterns"] = result.get("patterns", []) + [old, value]
            elif key in ("items", "additionalProperties", "contains", "propertyNames"):
                result[key] = {"allOf": [old, value]}
            elif key == "dependentRequired":
                result[key] = old | value
            elif key == "patterns":
                result[key] = old + value
        return result

    @staticmethod
    def types(value):
        return [value] if isinstance(value, str) else list(value)

    # Values

    def draw(self, schema, path, depth):
        """A value, checked against its schema where it stands, so that bad luck stays local."""
        if depth > 16:
            raise Impossible
        attempts = 25 if depth < 2 else 6
        for attempt in range(attempts):
            self.work -= 1
            if self.work < 0:
                raise Exhausted
            known = dict(self.trace.flat)
            try:
                flat = self.flatten(schema, depth)
                value = self.value(flat, path, depth)
            except Impossible:
                self.trace.flat = known
                continue
            if attempt == attempts - 1 or not isinstance(schema, dict) or self.judge.accepts_part(schema, value):
                self.trace.flat[path] = flat
                return value
            self.trace.flat = known
        raise Impossible

    def value(self, flat, path, depth):
        if "const" in flat:
            return flat["const"]
        if "enum" in flat:
            allowed = flat["enum"]
            plain = [v for v in allowed if v is not None]
            return self.random.choice(plain if plain and self.random.random() < 0.9 else allowed)
        kinds = self.types(flat["type"]) if "type" in flat else self.guess(flat)
        if "null" in kinds and depth > self.random.randint(3, 6):
            return None
        if len(kinds) > 1 and "null" in kinds and self.random.random() < self.fullness:
            kinds = [k for k in kinds if k != "null"]
        kind = self.random.choice(kinds)
        return getattr(self, "draw_" + kind)(flat, path, depth)

    def guess(self, flat):
        if "properties" in flat or "required" in flat or "patternProperties" in flat or "additionalProperties" in flat:
            return ["object"]
        if "items" in flat or "prefixItems" in flat or "minItems" in flat:
            return ["array"]
        if "minimum" in flat or "maximum" in flat:
            return ["number"]
        if "pattern" in flat or "minLength" in flat or "format" in flat or "maxLength" in flat:
            return ["string"]
        return ["string", "integer", "boolean"]

    def draw_null(self, flat, path, depth):
        return None

    def draw_boolean(self, flat, path, depth):
        return self.random.random() < 0.5

    def draw_integer(self, flat, path, depth):
        low, high = self.bounds(flat, 1)
        step = Decimal(str(flat.get("multipleOf", 1)))
        while step != step.to_integral_value():
            step *= 10
        first, last = -(-Decimal(str(low)) // step), Decimal(str(high)) // step
        if first * step < low:
            first += 1
        if first > last:
            raise Impossible
        return int(self.random.randint(int(first), int(last)) * step)

    def draw_number(self, flat, path, depth):
        digits = self.random.choice([0, 1, 2, 2, 3])
        step = Decimal(str(flat["multipleOf"])) if "multipleOf" in flat else Decimal(1).scaleb(-digits)
        low, high = self.bounds(flat, Decimal("0.001"))
        low, high = Decimal(str(low)), Decimal(str(high))
        first, last = -(-low // step), high // step
        if first * step < low:
            first += 1
        if first > last:
            step = Decimal("0.001") if "multipleOf" not in flat else step
            first, last = low // step + 1, high // step
            if first > last:
                raise Impossible
        value = self.random.randint(int(first), int(last)) * step
        return int(value) if value == value.to_integral_value() else float(value)

    def bounds(self, flat, gap):
        low = flat.get("minimum")
        if "exclusiveMinimum" in flat:
            low = max(
                low if low is not None else flat["exclusiveMinimum"], Decimal(str(flat["exclusiveMinimum"])) + gap
            )
        high = flat.get("maximum")
        if "exclusiveMaximum" in flat:
            high = min(
                high if high is not None else flat["exclusiveMaximum"], Decimal(str(flat["exclusiveMaximum"])) - gap
            )
        spread = self.random.choice([10, 100, 1000, 100000])
        if low is None and high is None:
            return -spread // 10, spread
        if low is None:
            return high - spread, high
        if high is None:
            return low, low + spread
        if high - low > 10000 and self.random.random() < 0.7:
            high = low + spread
        return low, high

    def draw_string(self, flat, path, depth):
        low, high = flat.get("minLength", 0), flat.get("maxLength", 10**9)
        patterns = flat.get("patterns", []) + ([flat["pattern"]] if "pattern" in flat else [])
        for _ in range(200):
            text = self.one_text(flat, patterns, low)
            if len(text) > high and not patterns and "format" not in flat:
                text = text[:high]
            while len(text) < low and not patterns and "format" not in flat:
                text += self.random.choice([" ", "-", "x", "é", "0"]) + self.random.choice(texts.WORDS)
                text = text[: max(low, min(high, len(text)))]
            if low <= len(text) <= high and all(texts.finds(p, text) for p in patterns):
                return text
        raise Impossible

    def one_text(self, flat, patterns, low):
        if "format" in flat and flat["format"] in texts.FORMATS:
            return texts.FORMATS[flat["format"]](self.random)
        sample = flat.get("x-sample")
        if sample and (not patterns or self.random.random() < 0.5):
            return texts.KINDS[sample](self.random)
        if patterns:
            return texts.matching(self.random.choice(patterns), self.random, longest=max(12, low))
        return self.random.choice([texts.words, texts.words, texts.sentence, texts.slug])(self.random)

    def draw_array(self, flat, path, depth):
        places = list(flat.get("prefixItems", []))
        items = flat.get("items", True)
        if isinstance(items, list):
            places, items = items, flat.get("additionalItems", True)
        low, high = flat.get("minItems", 0), flat.get("maxItems", 10**6)
        if "contains" in flat:
            low = max(low, flat.get("minContains", 1))
        if items is False:
            high = min(high, len(places))
        usual = 0 if depth > 4 else self.random.choice([1, 1, 2, 2, 3, 4])
        length = min(high, max(low, usual if self.random.random() < self.fullness + 0.2 else 0))
        if places and high >= len(places):
            length = max(length, len(places)) if items is False or length < len(places) else length
        result = []
        wanted = flat.get("minContains", 1) if "contains" in flat else 0
        for index in range(length):
            schema = places[index] if index < len(places) else items
            if wanted > 0 and index >= len(places) and (index >= length - wanted):
                schema = {"allOf": [schema, flat["contains"]]}
            for _ in range(8):
                value = self.draw(schema, path + (index,), depth + 1)
                if not flat.get("uniqueItems") or all(not same(value, other) for other in result):
                    break
            else:
                if len(result) >= low:
                    break
                raise Impossible
            result.append(value)
        return result

    def draw_object(self, flat, path, depth):
        declared = flat.get("properties", {})
        required = list(flat.get("required", []))
        high = flat.get("maxProperties", 10**6)
        chosen = set(required)
        share = self.fullness if depth < 4 else self.fullness * 0.3 if depth < 7 else 0
        optional = [n for n in declared if n not in chosen]
        self.random.shuffle(optional)
        for name in optional:
            if len(chosen) < high and declared[name] is not False and self.random.random() < share:
                chosen.add(name)
        changed = True
        while changed:
            changed = False
            for name, needs in flat.get("dependentRequired", {}).items():
                if name in chosen and not chosen.issuperset(needs):
                    chosen.update(needs)
                    changed = True
        result = {}
        for name in [n for n in declared if n in chosen] + [n for n in required if n not in declared]:
            try:
                result[name] = self.draw(self.property_schema(flat, name), path + (name,), depth + 1)
            except Impossible:
                if name in required:
                    raise
        self.add_free(flat, result, path, depth, high, share)
        return result

    def property_schema(self, flat, name):
        schemas = [flat["properties"][name]] if name in flat.get("properties", {}) else []
        schemas += [s for p, s in flat.get("patternProperties", {}).items() if re.search(p, name)]
        if not schemas:
            schemas = [flat.get("additionalProperties", True)]
        return schemas[0] if len(schemas) == 1 else {"allOf": schemas}

    def add_free(self, flat, result, path, depth, high, share):
        low = flat.get("minProperties", 0)
        free = flat.get("additionalProperties", True)
        usual = 0
        if flat.get("patternProperties") or isinstance(flat.get("additionalProperties"), dict):
            usual = self.random.choice([1, 1, 2, 3]) if self.random.random() < share + 0.1 else 0
        elif free is True and flat.get("unevaluatedProperties") is not False and "properties" in flat:
            usual = self.random.choice([0, 0, 0, 0, 0, 1])
        elif "propertyNames" in flat and free is True and "properties" not in flat:
            usual = self.random.choice([1, 2, 3])
        goal = min(high, max(low, len(result) + usual))
        for _ in range(60):
            if len(result) >= goal:
                return
            name = self.free_name(flat, free)
            if name is None or name in result or name in flat.get("properties", {}):
                continue
            schema = self.property_schema(flat, name)
            if schema is False:
                continue
            value = self.draw(schema, path + (name,), depth + 1)
            result[name] = value
        if len(result) < low:
            raise Impossible

    def free_name(self, flat, free):
        names = list(flat.get("patternProperties", {}))
        if names and (free is False or self.random.random() < 0.8):
            name = texts.matching(self.random.choice(names), self.random)
        elif "propertyNames" in flat:
            name = self.draw(flat["propertyNames"], ("~name",), 9)
            self.trace.flat.pop(("~name",), None)
        elif free is False:
            return None
        else:
            name = texts.identifier(self.random)
        if not isinstance(name, str):
            return None
        return name


def same(a, b):
    """Equality of JSON values: `True` is not 1."""
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    return a == b
