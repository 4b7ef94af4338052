"""Logs, metrics, traces and messages of machines."""

from corpus.notation import *


@schema("log-line", variants=4)
def log_line(v):
    level = v.pick(
        words("DEBUG", "INFO", "WARN", "ERROR"), enum("trace", "debug", "info", "warn", "error"), integer(0, 7)
    )
    return obj(
        v.some(
            {
                "timestamp!": v.pick(formatted("date-time"), number(0), integer(0)),
                "level!": level,
                "message!": text("log"),
                "logger": pattern(r"^[a-z]+(\.[a-zA-Z]+)*$"),
                "thread": text("word"),
                "fields": mapping({"type": ["string", "number", "boolean", "null"]}),
                "error": closed({"type!": text("identifier"), "message!": text("log"), "stack": array(text("file"))}),
                "trace_id": pattern("^[0-9a-f]{32}$"),
                "span_id": pattern("^[0-9a-f]{16}$"),
            },
            0.75,
        ),
        **v.pick(
            {},
            {"additionalProperties": False},
            {"additionalProperties": {"type": ["string", "number"]}},
            {"dependentRequired": {"span_id": ["trace_id"]}},
        )
    )


@schema("access-log", variants=2)
def access_log(v):
    return closed(
        {
            "remote!": any_of(formatted("ipv4"), formatted("ipv6")),
            "time!": formatted("date-time"),
            "method!": words("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"),
            "path!": pattern("^/"),
            "status!": integer(100, 599),
            "bytes!": any_of(integer(0), const("-")),
            "referrer": nullable(formatted("uri")),
            "agent": text("words", high=512),
            "duration": number(0),
            "tls": v.pick(
                nullable(closed({"version!": words("TLSv1.2", "TLSv1.3"), "cipher": text("word")})), boolean()
            ),
        }
    )


@schema("span", variants=3)
def span(v):
    value = {
        "oneOf": [
            closed({"stringValue!": text("words")}),
            closed({"boolValue!": boolean()}),
            closed({"intValue!": pattern("^-?[0-9]+$")}),
            closed({"doubleValue!": number()}),
            closed({"arrayValue!": closed({"values!": array({"$ref": "#/$defs/value"})})}),
        ]
    }
    attribute = closed({"key!": text("identifier", 1), "value!": ref("value")})
    body = {
        "traceId!": pattern("^[0-9a-f]{32}$"),
        "spanId!": pattern("^[0-9a-f]{16}$"),
        "parentSpanId": pattern("^([0-9a-f]{16})?$"),
        "name!": text("words"),
        "kind": v.pick(integer(0, 5), words("INTERNAL", "SERVER", "CLIENT")),
        "startTimeUnixNano!": pattern("^[0-9]{19}$"),
        "endTimeUnixNano!": pattern("^[0-9]{19}$"),
        "attributes": array(ref("attribute")),
        "events": array(
            closed({"name!": text("word"), "timeUnixNano": pattern("^[0-9]+$"), "attributes": array(ref("attribute"))})
        ),
        "status": closed({"code": enum(0, 1, 2), "message": text("log")}),
    }
    definitions = {"$defs": {"value": value, "attribute": attribute}}
    if v.index == 0:
        return closed(body, **definitions)
    if v.index == 1:
        return closed(
            {
                "resourceSpans!": array(
                    closed(
                        {
                            "resource": closed({"attributes": array(ref("attribute"))}),
                            "scopeSpans!": array(
                                closed(
                                    {
                                        "scope": closed({"name": text("word"), "version": text("version")}),
                                        "spans!": array(closed(body)),
                                    }
                                )
                            ),
                        }
                    )
                )
            },
            **definitions
        )
    return array(closed(v.some(body)), low=1, high=100, **definitions)


@schema("metric", variants=3)
def metric(v):
    labels = mapping(text("word"), names="^[a-zA-Z_][a-zA-Z0-9_]*$", high=20)
    kinds = {
        "counter": {"value!": number(0)},
        "gauge": {"value!": any_of(number(), words("NaN", "+Inf", "-Inf"))},
        "histogram": {
            "buckets!": array(row(any_of(number(), const("+Inf")), integer(0), minItems=2), low=1),
            "sum!": number(),
            "count!": integer(0),
        },
        "summary": {"quantiles!": mapping(number(), names=r"^0\.[0-9]{1,3}$", low=1)},
    }
    metric = {
        v.pick("oneOf", "anyOf"): [
            closed({"name!": pattern("^[a-zA-Z_:][a-zA-Z0-9_:]*$"), "type!": const(k), "labels": labels} | p)
            for k, p in kinds.items()
        ]
    }
    return (
        metric
        if v.index == 0
        else (
            closed({"at!": v.pick(integer(0), formatted("date-time")), "metrics!": array(metric, low=1)})
            if v.index == 1
            else mapping(metric, low=1)
        )
    )


@schema("alert", variants=2)
def alert(v):
    return closed(
        {
            "status!": words("firing", "resolved"),
            "labels!": {
                "type": "object",
                "properties": {"alertname": text("identifier", 1), "severity": words("info", "warning", "critical")},
                "required": ["alertname"],
                "additionalProperties": {"type": "string"},
            },
            "annotations": mapping(text("sentence")),
            "startsAt!": formatted("date-time"),
            "endsAt": nullable(formatted("date-time")),
            "fingerprint!": pattern("^[0-9a-f]{16}$"),
            "generatorURL": formatted("uri"),
        },
        **(when("status", "resolved", {"required": ["endsAt"]}) if v.index else {})
    )


@schema("alert-rules")
def alert_rules(v):
    rule = one_of(
        closed(
            {
                "alert!": pattern("^[A-Z][A-Za-z]+$"),
                "expr!": text("words", 1),
                "for": pattern("^[0-9]+(s|m|h|d)$"),
                "labels": mapping(text("word")),
                "annotations": mapping(text("sentence")),
            }
        ),
        closed({"record!": pattern("^[a-z_]+(:[a-z_0-9]+){1,2}$"), "expr!": text("words", 1)}),
    )
    return closed(
        {
            "groups!": array(
                closed({"name!": text("slug", 1), "interval": pattern("^[0-9]+(s|m)$"), "rules!": array(rule, low=1)})
            )
        }
    )


@schema("sensor-reading", variants=3)
def sensor(v):
    if v.index == 0:
        return closed(
            {
                "device!": pattern("^[0-9A-F]{2}(:[0-9A-F]{2}){5}$"),
                "readings!": tagged(
                    "kind",
                    {
                        "temperature": {"celsius!": number(-60, 125, 0.01)},
                        "humidity": {"percent!": number(0, 100)},
                        "door": {"open!": boolean()},
                        "power": {"watts!": number(), "kwh": number(0)},
                    },
                ),
                "battery": integer(0, 100),
            }
        )
    if v.index == 1:
        record = closed(
            {
                "n": pattern("^[A-Za-z0-9][A-Za-z0-9:./_-]*$"),
                "bn": text("slug"),
                "bt": number(),
                "u": words("Cel", "%RH", "W", "V", "A", "Pa", "lx"),
                "t": number(),
                "v": number(),
                "vb": boolean(),
                "vs": text("words"),
                "s": number(),
            },
            minProperties=1,
            **{"not": {"required": ["v", "vb"]}}
        )
        return array(record, low=1)
    return row(
        pattern("^[a-z0-9]{8}$"),
        integer(0),
        array(number(-1000, 1000), 1, 32),
        words("ok", "degraded", "failed"),
        minItems=4,
    )


@schema("queue-message", variants=2)
def queue_message(v):
    return obj(
        {
            "id!": formatted("uuid"),
            "type!": pattern(r"^[a-z]+(\.[a-z]+)+$"),
            "source!": formatted("uri-reference"),
            "specversion!": const("1.0"),
            "time": formatted("date-time"),
            "datacontenttype": pattern("^[a-z]+/[a-z0-9.+-]+$"),
            "subject": text("slug", 1),
            "data": {},
            "data_base64": pattern("^[A-Za-z0-9+/]*={0,2}$"),
        },
        **v.pick({"not": {"required": ["data", "data_base64"]}}, {})
    )


@schema("crash-report", variants=2)
def crash_report(v):
    frame = closed(
        {
            "function": text("identifier"),
            "module": text("file"),
            "line": integer(1),
            "column": integer(0),
            "inApp": boolean(),
            "address": pattern("^0x[0-9a-f]{1,16}$"),
        }
    )
    return closed(
        v.some(
            {
                "eventId!": pattern("^[0-9a-f]{32}$"),
                "platform!": words("javascript", "python", "native", "cocoa", "java"),
                "level": words("fatal", "error", "warning"),
                "exception!": array(
                    closed({"type!": text("identifier"), "value": text("log"), "frames": array(frame, high=250)}), low=1
                ),
                "breadcrumbs": array(
                    closed(
                        {"at": number(0), "category": text("word"), "message": text("log"), "data": {"type": "object"}}
                    ),
                    high=100,
                ),
                "user": closed(
                    {
                        "id": any_of(text("slug"), integer()),
                        "ip": any_of(formatted("ipv4"), formatted("ipv6"), const("{{auto}}")),
                    },
                    minProperties=1,
                ),
                "tags": mapping(text("word", high=200), high=50),
                "contexts": closed(
                    {
                        "os": obj({"name!": text("word"), "version": text("version")}),
                        "device": obj({"arch": words("arm64", "x86_64"), "memory": integer(0)}),
                    }
                ),
            },
            0.8,
        )
    )


@schema("audit-record", variants=2)
def audit(v):
    change = closed(
        {"path!": formatted("json-pointer") if v.index else pattern("^(/[a-z]+)+$"), "old": {}, "new": {}},
        anyOf=[{"required": ["old"]}, {"required": ["new"]}],
    )
    return closed(
        {
            "sequence!": integer(1),
            "actor!": one_of(
                closed({"user!": formatted("email")}), closed({"service!": pattern("^svc-[a-z]+$")}), const("system")
            ),
            "action!": words("create", "update", "delete", "login", "export"),
            "at!": formatted("date-time"),
            "changes": array(change, high=50),
            "hash!": pattern("^[0-9a-f]{64}$"),
            "previous": nullable(pattern("^[0-9a-f]{64}$")),
        }
    )


@schema("json-rpc", variants=2)
def json_rpc(v):
    identifier = any_of(integer(), text("slug"), null()) if v.index else any_of(integer(), text("slug"))
    request = closed(
        {
            "jsonrpc!": const("2.0"),
            "method!": pattern("^[a-z]+(/[a-zA-Z]+)*$"),
            "params": any_of({"type": "object"}, {"type": "array"}),
            "id": identifier,
        }
    )
    response = closed({"jsonrpc!": const("2.0"), "result!": {}, "id!": identifier})
    error = closed(
        {
            "jsonrpc!": const("2.0"),
            "error!": closed({"code!": integer(-32768, 32767), "message!": text("log"), "data": {}}),
            "id!": identifier,
        }
    )
    return {"anyOf": [request, response, error]} if v.index else one_of(request, response, error, array(request, low=1))


@schema("health-check")
def health_check(v):
    status = words("pass", "warn", "fail")
    return closed(
        {
            "status!": status,
            "version": text("version"),
            "checks": mapping(
                array(
                    closed(
                        {
                            "status!": status,
                            "observedValue": {"type": ["number", "string", "boolean"]},
                            "observedUnit": text("word"),
                            "time": formatted("date-time"),
                            "output": text("log"),
                        }
                    ),
                    low=1,
                ),
                names="^[a-z]+(:[a-zA-Z]+)?$",
            ),
        }
    )


@schema("benchmark-result")
def benchmark(v):
    return closed(
        {
            "commit!": pattern("^[0-9a-f]{7,40}$"),
            "host!": closed(
                {"cpu!": text("words"), "cores!": integer(1, 512), "os": words("linux", "darwin", "windows")}
            ),
            "runs!": array(
                closed(
                    {
                        "name!": text("slug"),
                        "samples!": array(number(0), 3, 30),
                        "unit!": words("ns", "us", "ms", "s", "B"),
                        "parameters": mapping({"type": ["number", "string"]}),
                    }
                ),
                low=1,
            ),
        }
    )


@schema("test-report", variants=2)
def test_report(v):
    case = closed(
        {
            "name!": text("words"),
            "seconds": number(0),
            "status!": words("passed", "failed", "skipped", "errored"),
            "failure": closed({"message!": text("log"), "trace": text("paragraph")}),
        },
        **(
            when("status", ["failed", "errored"], {"required": ["failure"]}, {"properties": {"failure": False}})
            if v.index
            else {}
        )
    )
    suite = closed(
        {
            "name!": text("words"),
            "cases!": array(ref("case")),
            "suites": array({"$ref": "#/$defs/suite"}),
            "properties": mapping(text("words")),
        }
    )
    return closed(
        {"suites!": array(ref("suite")), "started": formatted("date-time"), "duration": formatted("duration")},
        **{"$defs": {"case": case, "suite": suite}}
    )


@schema("static-analysis")
def static_analysis(v):
    region = closed(
        {"startLine!": integer(1), "startColumn": integer(1), "endLine": integer(1), "endColumn": integer(1)}
    )
    location = closed({"uri!": formatted("uri-reference"), "region": region})
    return closed(
        {
            "version!": const("2.1.0"),
            "runs!": array(
                closed(
                    {
                        "tool!": closed(
                            {
                                "name!": text("word"),
                                "rules": array(
                                    obj(
                                        {
                                            "id!": pattern("^[A-Z]{2,4}[0-9]{3,5}$"),
                                            "level": words("none", "note", "warning", "error"),
                                        }
                                    )
                                ),
                            }
                        ),
                        "results": array(
                            closed(
                                {
                                    "ruleId!": pattern("^[A-Z]{2,4}[0-9]{3,5}$"),
                                    "message!": closed({"text!": text("sentence", 1)}),
                                    "locations": array(location),
                                    "rank": number(-1, 100),
                                }
                            )
                        ),
                    }
                )
            ),
        }
    )
