"""The verdict on an instance: that of the Python package `jsonschema`, with formats asserted and exact decimals."""

import json
from decimal import Decimal

import jsonschema
from jsonschema import validators

CLASSES = {
    "2020": jsonschema.Draft202012Validator,
    "2019": jsonschema.Draft201909Validator,
    "7": jsonschema.Draft7Validator,
}


def _is_integer(checker, instance):
    if isinstance(instance, bool):
        return False
    return isinstance(instance, int) or (isinstance(instance, Decimal) and instance == instance.to_integral_value())


def exact(value):
    """The value as its JSON text says it: floats would make `multipleOf` 0.01 a matter of rounding."""
    return json.loads(json.dumps(value), parse_float=Decimal)


class Judge:
    def __init__(self, schema, draft):
        base = CLASSES[draft]
        base.check_schema(schema)
        checker = base.TYPE_CHECKER.redefine("integer", _is_integer)
        judge = validators.extend(base, type_checker=checker)
        self.known = {}
        self.validator = judge(exact(schema), format_checker=base.FORMAT_CHECKER)

    def accepts(self, instance):
        return self.validator.is_valid(exact(instance))

    def accepts_part(self, schema, instance):
        _, part = self.known.setdefault(id(schema), (schema, None))
        if part is None:
            part = self.validator.evolve(schema=exact(schema))
            self.known[id(schema)] = (schema, part)
        return part.is_valid(exact(instance))
