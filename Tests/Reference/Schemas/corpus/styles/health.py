"""Records of health care, in the style of exchange formats for them."""

from corpus.notation import *


def defs(v):
    code = pattern(r"^[^\s]+(\s[^\s]+)*$")
    coding = obj(
        {
            "system": formatted("uri"),
            "version": text("version"),
            "code": code,
            "display": text("words"),
            "userSelected": boolean(),
        }
    )
    concept = obj({"coding": array(ref("coding")), "text": text("words", 1)})
    identifier = closed(
        {
            "use": words("usual", "official", "temp", "secondary", "old"),
            "system": formatted("uri"),
            "value": text("slug", 1),
            "period": ref("period"),
        }
    )
    period = closed({"start": ref("dateTime"), "end": ref("dateTime")})
    quantity = closed(
        {"value": number(), "comparator": words("<", "<=", ">=", ">"), "unit": text("word"), "code": code}
    )
    human = closed(
        {
            "use": words("usual", "official", "maiden", "nickname"),
            "family": text("last"),
            "given": array(text("first"), low=1),
            "prefix": array(text("word")),
        }
    )
    contact = closed(
        {"system": words("phone", "fax", "email", "url", "sms"), "value": text("phone"), "rank": integer(1)}
    )
    reference = obj(
        {"reference": pattern(r"^[A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64}$"), "display": text("name")},
        additionalProperties=False,
        minProperties=1,
    )
    date_time = pattern(
        r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01])(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9]))?)?)?$"
    )
    extension = {
        "type": "object",
        "properties": {
            "url": formatted("uri"),
            "valueString": text("words"),
            "valueBoolean": boolean(),
            "valueInteger": integer(),
            "extension": array({"$ref": "#/$defs/extension"}, low=1),
        },
        "required": ["url"],
        "minProperties": 2,
        "maxProperties": 2,
        "additionalProperties": False,
    }
    return {
        "coding": coding,
        "concept": concept,
        "identifier": identifier,
        "period": period,
        "quantity": quantity,
        "human": human,
        "contact": contact,
        "reference": reference,
        "dateTime": date_time,
        "extension": extension,
    }


def used(schema, definitions):
    """The definitions that are reached."""
    found, open_names = {}, [schema]
    while open_names:
        text_of = str(open_names.pop())
        for name, body in definitions.items():
            if f"#/$defs/{name}'" in text_of and name not in found:
                found[name] = body
                open_names.append(body)
    return schema | {"$defs": {n: definitions[n] for n in definitions if n in found}}


def resource(v, kind, properties):
    head = {"resourceType!": const(kind), "id": pattern("^[A-Za-z0-9.-]{1,64}$")}
    if v.chance(0.5):
        head["extension"] = array(ref("extension"))
    return used(closed(head | v.some(properties, 0.75)), defs(v))


@schema("patient", variants=2)
def patient(v):
    return resource(
        v,
        "Patient",
        {
            "identifier": array(ref("identifier")),
            "active": boolean(),
            "name!": array(ref("human"), low=1),
            "telecom": array(ref("contact")),
            "gender": words("male", "female", "other", "unknown"),
            "birthDate": formatted("date"),
            "deceased": any_of(boolean(), ref("dateTime")),
            "address": array(
                closed(
                    {
                        "line": array(text("street")),
                        "city": text("city"),
                        "postalCode": text("word"),
                        "country": text("word", 2, 3),
                    }
                )
            ),
            "communication": array(closed({"language!": ref("concept"), "preferred": boolean()})),
        },
    )


@schema("observation", variants=3)
def observation(v):
    values = {
        "valueQuantity": ref("quantity"),
        "valueString": text("words"),
        "valueBoolean": boolean(),
        "valueInteger": integer(),
    }
    chosen = dict(list(values.items())[: v.pick(2, 3, 4)])
    result = resource(
        v,
        "Observation",
        {
            "status!": words("registered", "preliminary", "final", "amended", "cancelled"),
            "code!": ref("concept"),
            "subject!": ref("reference"),
            "effectiveDateTime": ref("dateTime"),
            "component": array(closed({"code!": ref("concept"), "valueQuantity!": ref("quantity")})),
            "referenceRange": array(
                closed({"low": ref("quantity"), "high": ref("quantity"), "text": text("words")}, minProperties=1)
            ),
        }
        | chosen,
    )
    present = [k for k in chosen if k in result["properties"]]
    if v.index == 1 and len(present) > 1:
        result["oneOf"] = [{"required": [k]} for k in present]
    return result


@schema("medication-request", variants=2)
def medication_request(v):
    timing = closed(
        {
            "frequency!": integer(1, 24),
            "period!": number(exclusiveMinimum=0),
            "periodUnit!": words("h", "d", "wk", "mo"),
            "when": array(words("morning", "noon", "evening", "night"), high=4),
        }
    )
    dosage = closed(
        {
            "text": text("sentence"),
            "timing": timing,
            "asNeeded": one_of(boolean(), ref("concept")),
            "route": ref("concept"),
            "dose": one_of(
                closed({"quantity!": ref("quantity")}), closed({"low!": ref("quantity"), "high!": ref("quantity")})
            ),
        }
    )
    return resource(
        v,
        "MedicationRequest",
        {
            "status!": words("active", "on-hold", "cancelled", "completed", "stopped"),
            "intent!": words("proposal", "plan", "order"),
            "medication!": any_of(ref("concept"), ref("reference")),
            "subject!": ref("reference"),
            "authoredOn": ref("dateTime"),
            "dosageInstruction": array(dosage, high=10),
            "dispense": closed({"repeats": integer(0, 12), "quantity": ref("quantity"), "validity": ref("period")}),
        },
    )


@schema("appointment")
def appointment(v):
    return resource(
        v,
        "Appointment",
        {
            "status!": words("proposed", "booked", "arrived", "fulfilled", "noshow"),
            "start": formatted("date-time"),
            "end": formatted("date-time"),
            "minutesDuration": integer(1, 600),
            "participant!": array(
                closed(
                    {
                        "actor": ref("reference"),
                        "required": words("required", "optional"),
                        "status!": words("accepted", "declined", "tentative"),
                    }
                ),
                low=1,
            ),
            "reason": array(ref("concept")),
        },
    ) | {"dependentRequired": {"end": ["start"]}}


@schema("bundle", variants=2)
def bundle(v):
    entry = one_of(
        obj({"resourceType!": const("Patient"), "id!": text("slug"), "gender": words("male", "female")}),
        obj({"resourceType!": const("Practitioner"), "id!": text("slug"), "qualification": array(text("words"))}),
        obj({"resourceType!": const("Bundle"), "entry": array({"$ref": "#/$defs/entry"})}),
    )
    return closed(
        {
            "resourceType!": const("Bundle"),
            "type!": words("document", "message", "transaction", "searchset", "collection"),
            "total": integer(0),
            "entry": array(
                closed(
                    {
                        "fullUrl": formatted("uri"),
                        "resource!": ref("entry"),
                        **(
                            {
                                "request": closed(
                                    {
                                        "method!": words("GET", "POST", "PUT", "DELETE"),
                                        "url!": formatted("uri-reference"),
                                    }
                                )
                            }
                            if v.index
                            else {}
                        ),
                    }
                )
            ),
        },
        **{"$defs": {"entry": entry}},
    )


@schema("questionnaire-response")
def questionnaire(v):
    answer = closed(
        {
            "valueBoolean": boolean(),
            "valueDecimal": number(),
            "valueDate": formatted("date"),
            "valueString": text("sentence", 1),
            "item": array(ref("item")),
        },
        minProperties=1,
    )
    return closed(
        {
            "resourceType!": const("QuestionnaireResponse"),
            "questionnaire": formatted("uri"),
            "status!": words("in-progress", "completed"),
            "item": array(ref("item"), low=1),
        },
        **{
            "$defs": {
                "item": closed(
                    {
                        "linkId!": text("slug", 1),
                        "text": text("words"),
                        "answer": array(answer, low=1),
                        "item": array({"$ref": "#/$defs/item"}),
                    }
                )
            }
        },
    )


@schema("vital-signs", variants=2)
def vital_signs(v):
    return closed(
        v.some(
            {
                "patient!": pattern("^[0-9]{10}$"),
                "at!": formatted("date-time"),
                "pulse": integer(20, 300),
                "bloodPressure": closed({"systolic!": integer(40, 300), "diastolic!": integer(20, 200)}),
                "temperature": number(30, 45, 0.1),
                "spo2": integer(50, 100),
                "weight": any_of(number(0.2, 500), closed({"value!": number(0.2, 500), "unit!": words("kg", "lb")})),
                "pain": integer(0, 10),
                "note": text("sentence", high=500),
            },
            0.9,
        ),
        minProperties=3,
    )


@schema("lab-report")
def lab_report(v):
    result = {
        "type": "object",
        "properties": {
            "analyte": text("word", 1),
            "value": any_of(number(), pattern(r"^[<>]\s?[0-9]+(\.[0-9]+)?$"), words("positive", "negative", "trace")),
            "unit": text("word"),
            "flag": enum("L", "H", "LL", "HH", "N", None),
            "reference": row(nullable(number()), nullable(number()), minItems=2),
        },
        "required": ["analyte", "value"],
        "additionalProperties": False,
    }
    return closed(
        {
            "sample!": pattern("^[A-Z][0-9]{2}-[0-9]{6}$"),
            "collected!": formatted("date-time"),
            "panels!": array(closed({"name!": text("words"), "results!": array(result, low=1)}), low=1),
            "verifiedBy": text("name"),
        }
    )


@schema("immunisation")
def immunisation(v):
    return closed(
        {
            "person!": closed(
                {"fn!": text("last"), "gn": text("first"), "dob!": pattern("^((19|20)[0-9]{2}(-[0-9]{2}){0,2})?$")}
            ),
            "v": array(
                closed(
                    {
                        "tg!": words("840539006", "6142004"),
                        "dn!": integer(1, 9),
                        "sd!": integer(1, 9),
                        "dt!": formatted("date"),
                        "co!": pattern("^[A-Z]{2}$"),
                        "ci!": pattern("^URN:UVCI:[0-9]{2}:[A-Z0-9:/#]+$", maxLength=80),
                    }
                ),
                1,
                1,
            ),
            "t": array(
                obj({"tt!": text("word"), "sc!": formatted("date-time"), "tr!": words("260415000", "260373001")}), 1, 1
            ),
        },
        oneOf=[{"required": ["v"]}, {"required": ["t"]}],
    )


@schema("triage")
def triage(v):
    return closed(
        {
            "arrival!": formatted("date-time"),
            "complaint!": text("sentence", 3, 200),
            "level!": integer(1, 5),
            "vitals": {
                "type": "object",
                "minProperties": 1,
                "additionalProperties": {"type": "number"},
                "propertyNames": {"enum": ["pulse", "systolic", "diastolic", "spo2", "temp", "rr"]},
            },
            "allergies": any_of(const("none"), const("unknown"), array(text("word"), low=1)),
            "arrivedBy": words("walk-in", "ambulance", "helicopter"),
        }
    )


@schema("care-plan")
def care_plan(v):
    return closed(
        {
            "title!": text("words"),
            "goals!": array(ref("goal"), low=1),
            "team": array(closed({"role!": text("word"), "member!": text("name")})),
        },
        **{
            "$defs": {
                "goal": closed(
                    {
                        "text!": text("sentence"),
                        "due": formatted("date"),
                        "state": words("planned", "active", "done", "dropped"),
                        "measures": array(
                            closed(
                                {
                                    "what!": text("word"),
                                    "target!": any_of(number(), row(number(), number(), minItems=2)),
                                }
                            )
                        ),
                        "subgoals": array({"$ref": "#/$defs/goal"}, high=5),
                    }
                )
            }
        },
    )


@schema("device-reading", variants=2)
def device_reading(v):
    sample = closed(
        {
            "origin!": number(),
            "period!": number(exclusiveMinimum=0),
            "factor": number(),
            "data!": pattern(r"^(-?[0-9]+|E|U|L)( (-?[0-9]+|E|U|L))*$"),
        }
    )
    return closed(
        {
            "device!": closed({"udi!": pattern(r"^\([0-9]{2}\)[0-9]{14}$"), "model": text("word")}),
            "channels!": v.pick(
                array(sample, low=1, high=12), mapping(sample, names="^(I|II|III|aV[RLF]|V[1-6])$", low=1)
            ),
            "annotations": array(closed({"at!": number(0), "label!": words("N", "V", "S", "F", "Q")})),
        }
    )


@schema("patient-inlined")
def patient_inlined(v):
    return inlined(patient(v))


@schema("record-inlined", variants=2)
def record_inlined(v):
    """Several kinds of resource in one schema, all definitions written out."""
    entries = [patient(v), observation(v), medication_request(v)]
    definitions = {}
    for entry in entries:
        definitions |= entry.pop("$defs")
    whole = closed(
        {"subject!": formatted("uuid"), "entries!": array({v.pick("oneOf", "anyOf"): entries}, 1)},
        **{"$defs": definitions},
    )
    return inlined(whole) if v.index == 0 else whole
