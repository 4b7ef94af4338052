"""Configuration files of tools and services."""

from corpus.notation import *


@schema("linter", variants=3)
def linter(v):
    severity = enum(0, 1, 2, "off", "warn", "error")
    rule = any_of(severity, row(severity, rest=True, minItems=1))
    override = closed(
        {
            "files!": array(text("file"), low=1),
            "excludedFiles": array(text("file")),
            "rules": ref("rules"),
            "env": mapping(boolean()),
        }
    )
    return obj(
        v.some(
            {
                "root": boolean(),
                "extends": v.pick(any_of(text("slug"), array(text("slug"))), array(text("slug"))),
                "env": mapping(boolean()),
                "parserOptions": obj(
                    {
                        "ecmaVersion": enum(3, *range(5, 16), *range(2015, 2025), "latest"),
                        "sourceType": words("script", "module", "commonjs"),
                        "ecmaFeatures": obj({"jsx": boolean(), "globalReturn": boolean()}),
                    }
                ),
                "globals": mapping(enum("readonly", "writable", "off", True, False)),
                "plugins": array(text("slug"), unique=v.index == 0),
                "rules!": ref("rules"),
                "overrides": array(override),
                "ignorePatterns": any_of(text("file"), array(text("file"))),
                "reportUnusedDisableDirectives": boolean(),
            },
            0.75,
        ),
        **v.pick({}, {"additionalProperties": False}),
        **{"$defs": {"rules": mapping(rule)}}
    )


@schema("rule-settings")
def rule_settings(v):
    severity = words("off", "warn", "error")

    def rule(options):
        return one_of(severity, row(severity, options, minItems=1))

    return closed(
        {
            "max-len": rule(closed({"code!": integer(40, 400), "ignoreUrls": boolean()})),
            "quotes": rule(words("single", "double", "backtick")),
            "indent": rule(any_of(integer(0, 8), const("tab"))),
            "eqeqeq": severity,
            "no-unused-vars": rule(
                closed({"args": words("none", "all", "after-used"), "varsIgnorePattern": text("word")})
            ),
            "complexity": rule(integer(1, 50)),
        },
        minProperties=1,
    )


@schema("compiler-options", variants=3)
def compiler_options(v):
    flags = "strict noImplicitAny strictNullChecks noUnusedLocals noUnusedParameters esModuleInterop skipLibCheck declaration sourceMap incremental composite isolatedModules resolveJsonModule allowJs checkJs removeComments noEmit preserveConstEnums forceConsistentCasingInFileNames".split()
    chosen = {f: boolean() for f in v.sample(flags, k=v.pick(8, 12, 19))}
    target = v.pick(
        words("es5", "es6", "es2020", "es2022", "esnext"),
        any_of(words("es5", "es2020"), pattern("^([eE][sS]([356]|(20(1[5-9]|2[0-2]))|[nN][eE][xX][tT]))$")),
    )
    options = closed(
        {
            "target": target,
            "module": words("commonjs", "amd", "esnext", "nodenext"),
            "lib": array(words("dom", "es2015", "es2020", "esnext", "webworker")),
            "outDir": text("file"),
            "rootDir": text("file"),
            "jsx": words("preserve", "react", "react-jsx"),
            "paths": mapping(array(text("file"), low=1)),
            "types": array(text("word")),
            "maxNodeModuleJsDepth": integer(0),
            "plugins": array(obj({"name!": text("slug")})),
        }
        | chosen
    )
    return {
        "type": "object",
        "allOf": [ref("base"), {"anyOf": [ref("files"), ref("include")]}] if v.index else [ref("base")],
        "$defs": {
            "base": obj(
                {
                    "extends": one_of(text("file"), array(text("file"))),
                    "compilerOptions": options,
                    "references": array(closed({"path!": text("file"), "prepend": boolean()})),
                }
            ),
            "files": obj({"files!": array(text("file"), low=1)}),
            "include": obj({"include!": array(text("file")), "exclude": array(text("file"))}),
        },
    }


@schema("compose", variants=4)
def compose(v):
    strings = array(text("words"))
    list_or_map = one_of(
        mapping({"type": ["string", "number", "boolean", "null"]}), array(text("word"), unique=v.index == 3)
    )
    port = any_of(
        integer(1, 65535),
        pattern(r"^([0-9]{1,5}:)?[0-9]{1,5}(/(tcp|udp))?$"),
        closed(
            {
                "target!": integer(1, 65535),
                "published": any_of(integer(1, 65535), text("word")),
                "protocol": words("tcp", "udp"),
                "mode": words("host", "ingress"),
            }
        ),
    )
    health = closed(
        {
            "test": any_of(text("command"), strings),
            "interval": pattern("^([0-9]+(ms|s|m|h))+$"),
            "retries": integer(1),
            "disable": boolean(),
        }
    )
    depends = one_of(
        array(text("slug")),
        mapping(
            closed(
                {
                    "condition!": words("service_started", "service_healthy", "service_completed_successfully"),
                    "required": boolean(),
                }
            ),
            names="^[a-zA-Z0-9._-]+$",
        ),
    )
    service = closed(
        v.some(
            {
                "image": text("image"),
                "build": one_of(
                    text("file"),
                    closed(
                        {
                            "context": text("file"),
                            "dockerfile": text("file"),
                            "args": list_or_map,
                            "target": text("word"),
                        }
                    ),
                ),
                "command": nullable(text("command")) if v.index == 1 else one_of(null(), text("command"), strings),
                "environment": list_or_map,
                "ports": array(port),
                "volumes": array(
                    any_of(
                        text("file"),
                        tagged(
                            "type",
                            {
                                "bind": {"source!": text("file"), "target!": text("file")},
                                "volume": {"source": text("slug"), "target!": text("file"), "read_only": boolean()},
                                "tmpfs": {"target!": text("file"), "size": integer(0)},
                            },
                        ),
                    )
                ),
                "depends_on": depends,
                "restart": pattern("^(no|always|unless-stopped|on-failure(:[0-9]+)?)$"),
                "healthcheck": health,
                "networks": one_of(
                    array(text("slug")),
                    mapping(nullable(closed({"aliases": strings, "ipv4_address": formatted("ipv4")}))),
                ),
                "labels": list_or_map,
                "deploy": closed(
                    {
                        "replicas": integer(0),
                        "resources": closed(
                            {
                                "limits": closed(
                                    {
                                        "cpus": any_of(number(0), pattern(r"^[0-9]+(\.[0-9]+)?$")),
                                        "memory": pattern("^[0-9]+[bkmg]$"),
                                    }
                                )
                            }
                        ),
                    }
                ),
                "ulimits": mapping(
                    any_of(integer(), closed({"hard!": integer(), "soft!": integer()})), names="^[a-z]+$"
                ),
                "logging": closed({"driver": text("word"), "options": mapping({"type": ["string", "number", "null"]})}),
            },
            0.6,
        )
    )
    return {
        "type": "object",
        "properties": {
            "version": text("version"),
            "name": pattern("^[a-z0-9][a-z0-9_-]*$"),
            "services": {
                "type": "object",
                "patternProperties": {"^[a-zA-Z0-9._-]+$": ref("service")},
                "additionalProperties": False,
            },
            "networks": mapping(
                nullable(
                    closed(
                        {
                            "driver": text("word"),
                            "external": boolean(),
                            "ipam": closed(
                                {
                                    "config": array(
                                        closed({"subnet": pattern(r"^([0-9]{1,3}\.){3}[0-9]{1,3}/[0-9]{1,2}$")})
                                    )
                                }
                            ),
                        }
                    )
                ),
                names="^[a-zA-Z0-9._-]+$",
            ),
            "volumes": mapping(
                nullable(
                    closed({"driver": text("word"), "external": any_of(boolean(), closed({"name!": text("slug")}))})
                )
            ),
        },
        "required": ["services"],
        "patternProperties": {"^x-": True},
        "additionalProperties": False,
        "$defs": {"service": service},
    }


@schema("api-description", variants=3)
def api_description(v):
    """A part of the description of an HTTP interface: operations, parameters and a recursive schema object."""
    shape = {
        "type": "object",
        "properties": {
            "type": words("string", "number", "integer", "boolean", "array", "object"),
            "format": text("word"),
            "description": text("sentence"),
            "enum": array({"type": ["string", "number"]}, low=1),
            "items": one_of(ref("reference"), ref("shape")),
            "properties": mapping(one_of(ref("reference"), ref("shape"))),
            "required": array(text("word"), low=1),
            "nullable": boolean(),
            "minimum": number(),
            "maxLength": integer(0),
        },
        "patternProperties": {"^x-": True},
        "additionalProperties": False,
    }
    if v.index == 1:
        shape["properties"] |= {"allOf": array(ref("shape"), low=1), "oneOf": array(ref("shape"), low=1)}
    shape["not"] = {"required": ["$ref"]}
    parameter = closed(
        {
            "name!": text("word", 1),
            "in!": words("path", "query", "header", "cookie"),
            "required": boolean(),
            "schema!": one_of(ref("reference"), ref("shape")),
            "example": True,
        },
        **(
            when("in", "path", {"required": ["required"], "properties": {"required": const(True)}})
            if v.index == 2
            else {}
        )
    )
    content = mapping(
        closed({"schema": one_of(ref("reference"), ref("shape")), "example": True}), names="^[a-z]+/[a-z0-9.+*-]+$"
    )
    response = closed(
        {"description!": text("sentence"), "content": content, "headers": mapping(closed({"schema!": ref("shape")}))}
    )
    operation = closed(
        v.some(
            {
                "summary": text("words"),
                "operationId": pattern("^[a-z][A-Za-z0-9]*$"),
                "tags": array(text("word")),
                "parameters": array(one_of(ref("parameter"), ref("reference"))),
                "requestBody": closed({"required": boolean(), "content!": content}),
                "responses!": {
                    "type": "object",
                    "properties": {"default": ref("response")},
                    "patternProperties": {"^[1-5]([0-9]{2}|XX)$": ref("response")},
                    "minProperties": 1,
                    "additionalProperties": False,
                },
                "deprecated": boolean(),
                "security": array(mapping(array(text("word")))),
            },
            0.8,
        )
    )
    path = closed(
        {m: ref("operation") for m in v.sample(["get", "put", "post", "delete", "patch", "head"], k=v.pick(3, 4, 6))}
        | {"parameters": array(ref("parameter"))}
    )
    return closed(
        {
            "openapi!": pattern(r"^3\.[01]\.[0-9]+$"),
            "info!": obj(
                {
                    "title!": text("words"),
                    "version!": text("version"),
                    "contact": closed({"name": text("name"), "url": formatted("uri"), "email": formatted("email")}),
                }
            ),
            "servers": array(
                closed(
                    {
                        "url!": text("url"),
                        "variables": mapping(closed({"default!": text("word"), "enum": array(text("word"), low=1)})),
                    }
                )
            ),
            "paths!": mapping(ref("path"), names="^/"),
            "components": closed(
                {"schemas": mapping(one_of(ref("reference"), ref("shape")), names=r"^[a-zA-Z0-9._-]+$")}
            ),
        },
        **{
            "$defs": {
                "reference": closed({"$ref!": pattern("^#/components/")}),
                "shape": shape,
                "parameter": parameter,
                "response": response,
                "operation": operation,
                "path": path,
            }
        }
    )


@schema("formatter", variants=2)
def formatter(v):
    options = {
        "printWidth": integer(1, 400, default=80),
        "tabWidth": integer(0, 16),
        "useTabs": boolean(),
        "semi": boolean(),
        "singleQuote": boolean(),
        "trailingComma": words("none", "es5", "all"),
        "endOfLine": enum("lf", "crlf", "cr", "auto"),
        "proseWrap": one_of(const("always"), const("never"), const("preserve")),
        "parser": any_of(words("babel", "flow", "typescript", "css", "json", "markdown", "yaml"), text("slug")),
    }
    return closed(
        v.some(options)
        | {
            "overrides": array(
                closed({"files!": any_of(text("file"), array(text("file"))), "options": closed(options)})
            )
        }
    )


@schema("test-runner", variants=2)
def test_runner(v):
    threshold = closed({k: number(0, 100) for k in ("branches", "functions", "lines", "statements")})
    return closed(
        v.some(
            {
                "testEnvironment": text("word"),
                "testMatch": array(text("file")),
                "transform": mapping(any_of(text("file"), row(text("file"), {"type": "object"}, minItems=2))),
                "coverageThreshold": obj({"global!": threshold}, additionalProperties=threshold),
                "coverageReporters": array(words("clover", "cobertura", "html", "json", "lcov", "text")),
                "testTimeout": integer(0, 600000),
                "maxWorkers": any_of(integer(1), pattern("^([1-9][0-9]?|100)%$")),
                "moduleNameMapper": mapping(any_of(text("file"), array(text("file")))),
                "bail": any_of(boolean(), integer(0)),
                "projects": array(any_of(text("file"), {"$ref": "#"})),
            },
            0.8,
        ),
        minProperties=1,
    )


@schema("web-server", variants=2)
def web_server(v):
    location = closed(
        {
            "path!": pattern("^/"),
            "handler!": tagged(
                "kind",
                {
                    "static": {"root!": text("file"), "index": array(text("file"))},
                    "proxy": {
                        "upstream!": formatted("uri"),
                        "timeout": pattern("^[0-9]+(ms|s)$"),
                        "headers": mapping(text("words"), names="^[A-Za-z][A-Za-z0-9-]*$"),
                    },
                    "redirect": {"to!": formatted("uri-reference"), "status": enum(301, 302, 307, 308)},
                    "respond": {"status!": integer(100, 599), "body": text("log")},
                },
                v.pick("oneOf", "anyOf"),
            ),
        }
    )
    return closed(
        {
            "listen!": array(any_of(integer(1, 65535), pattern(r"^(\[[0-9a-f:]+\]|[0-9.]+|\*):[0-9]{1,5}$")), low=1),
            "names": array(formatted("hostname")),
            "tls": closed(
                {
                    "certificate!": text("file"),
                    "key!": text("file"),
                    "protocols": array(words("TLSv1.2", "TLSv1.3"), low=1, high=2),
                }
            ),
            "locations!": array(location, low=1),
            "limits": closed(
                {"body": any_of(integer(0), pattern("^[0-9]+[kmg]$")), "rate": number(exclusiveMinimum=0)}
            ),
        }
    )


@schema("database-connection", variants=2)
def database(v):
    kinds = {
        "postgres": {
            "host!": formatted("hostname"),
            "port": integer(1, 65535, default=5432),
            "database!": text("identifier"),
            "ssl": words("disable", "require", "verify-full"),
        },
        "sqlite": {"path!": text("file"), "readonly": boolean()},
        "redis": {
            "nodes!": array(
                closed({"host!": any_of(formatted("ipv4"), formatted("hostname")), "port!": integer(1, 65535)}), low=1
            ),
            "db": integer(0, 15),
        },
    }
    if v.index == 0:
        return mapping(tagged("driver", kinds), names="^[a-z_]+$", low=1)
    return obj(
        {
            "driver!": words(*kinds),
            "pool": closed(
                {"min": integer(0, 100), "max": integer(1, 500), "idle": formatted("duration")},
                dependentRequired={"min": ["max"]},
            ),
        }
    ) | {"oneOf": [obj({"driver!": const(k)} | p) for k, p in kinds.items()]}


@schema("logging", variants=2)
def logging(v):
    level = enum("trace", "debug", "info", "warn", "error", "fatal")
    appender = tagged(
        "type",
        {
            "console": {"colour": boolean()},
            "file": {
                "path!": text("file"),
                "rotate": closed({"size": pattern("^[0-9]+(KB|MB|GB)$"), "keep": integer(1, 100)}, minProperties=1),
            },
            "syslog": {
                "host!": any_of(formatted("ipv4"), formatted("ipv6"), formatted("hostname")),
                "facility": integer(0, 23),
            },
        },
    )
    return closed(
        {
            "level!": level,
            "format": words("text", "json"),
            "loggers": mapping(
                any_of(level, closed({"level!": level, "appenders": array(text("word")), "additive": boolean()})),
                names="^[a-z]+(\\.[a-z]+)*$",
            ),
            "appenders!": mapping(appender, low=1),
        }
    )


@schema("infrastructure", variants=2)
def infrastructure(v):
    tags = mapping(text("words", high=256), high=50)
    resource = tagged(
        "type",
        {
            "bucket": {
                "name!": pattern("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$"),
                "versioning": boolean(),
                "lifecycle": array(
                    closed({"prefix": text("file"), "days!": integer(1), "action!": words("delete", "archive")})
                ),
            },
            "queue": {
                "name!": pattern("^[A-Za-z0-9_-]{1,80}(\\.fifo)?$"),
                "visibility": integer(0, 43200),
                "deadLetter": closed({"target!": ref("pointer"), "maxReceives!": integer(1, 1000)}),
            },
            "function": {
                "runtime!": words("python3.12", "nodejs20", "go1"),
                "memory": integer(128, 10240, 64),
                "timeout": integer(1, 900),
                "environment": mapping(one_of(text("words"), ref("pointer"))),
                "triggers": array(ref("pointer")),
            },
        },
    )
    for branch in resource["oneOf"]:
        branch["properties"]["tags"] = tags
    return closed(
        {
            "resources!": mapping(ref("resource"), names="^[A-Z][A-Za-z0-9]*$", low=1),
            "outputs": mapping(ref("pointer")),
            "parameters": mapping(
                obj(
                    {
                        "type!": words("String", "Number", "List"),
                        "default": {"type": ["string", "number", "array"]},
                        "allowed": array({"type": ["string", "number"]}),
                    }
                )
            ),
        },
        **{"$defs": {"resource": resource, "pointer": closed({"Ref!": pattern("^[A-Z][A-Za-z0-9]*$")})}}
    )


@schema("state-machine")
def state_machine(v):
    state = one_of(
        closed(
            {
                "Type!": const("Task"),
                "Resource!": text("url"),
                "Next": text("word"),
                "End": const(True),
                "Retry": array(
                    closed(
                        {
                            "ErrorEquals!": array(text("word"), low=1),
                            "MaxAttempts": integer(0, 99),
                            "BackoffRate": number(1),
                        }
                    )
                ),
            }
        ),
        closed(
            {
                "Type!": const("Choice"),
                "Choices!": array(
                    any_of(
                        closed({"Variable!": pattern("^\\$"), "StringEquals!": text("word"), "Next!": text("word")}),
                        closed({"Variable!": pattern("^\\$"), "NumericGreaterThan!": number(), "Next!": text("word")}),
                    ),
                    low=1,
                ),
                "Default": text("word"),
            }
        ),
        closed({"Type!": const("Wait"), "Seconds!": integer(0), "Next!": text("word")}),
        closed({"Type!": const("Parallel"), "Branches!": array({"$ref": "#"}, low=1), "End": const(True)}),
        closed({"Type!": words("Succeed", "Fail"), "Cause": text("log")}),
    )
    return closed(
        {"Comment": text("sentence"), "StartAt!": text("word"), "States!": mapping(ref("state"), low=1)},
        **{"$defs": {"state": state}}
    )


@schema("router-config")
def router(v):
    v4 = pattern(r"^((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$")
    return closed(
        {
            "hostname!": formatted("hostname"),
            "interfaces!": mapping(
                closed(
                    {
                        "address!": one_of(const("dhcp"), closed({"ip!": v4, "prefix!": integer(0, 32)})),
                        "mtu": integer(68, 9216),
                        "vlan": integer(1, 4094),
                        "mac": pattern("^([0-9a-f]{2}:){5}[0-9a-f]{2}$"),
                    }
                ),
                names="^(eth|wlan|lo)[0-9]$",
            ),
            "dns": array(any_of(formatted("ipv4"), formatted("ipv6")), low=1, high=3),
            "firewall": array(
                closed(
                    {
                        "action!": words("accept", "drop", "reject"),
                        "proto": words("tcp", "udp", "icmp"),
                        "ports": array(
                            any_of(integer(1, 65535), row(integer(1, 65535), integer(1, 65535), minItems=2))
                        ),
                    }
                )
            ),
        }
    )


@schema("feature-flags", variants=2)
def feature_flags(v):
    condition = any_of(
        closed({"attribute!": text("word"), "in!": array(text("word"), low=1)}),
        closed({"percentage!": number(0, 100)}),
        closed({"all!": array({"$ref": "#/$defs/condition"}, low=1)}),
        closed({"not!": {"$ref": "#/$defs/condition"}}),
    )
    flag = closed(
        {
            "default!": v.pick(boolean(), {"type": ["boolean", "string", "number"]}),
            "rules": array(closed({"when!": ref("condition"), "value!": {"type": ["boolean", "string", "number"]}})),
            "owner": formatted("email"),
            "expires": formatted("date"),
        }
    )
    return mapping(flag, names="^[a-z][a-z0-9-]*$", high=200, **{"$defs": {"condition": condition}})


@schema("editor-settings")
def editor_settings(v):
    return {
        "type": "object",
        "properties": {
            "editor.tabSize": integer(1, 16),
            "editor.rulers": array(
                any_of(integer(0), closed({"column!": integer(0), "color": pattern("^#[0-9a-fA-F]{6}$")}))
            ),
            "files.exclude": mapping(any_of(boolean(), closed({"when!": text("words")}))),
            "editor.fontFamily": text("words"),
            "editor.lineHeight": number(0, 150),
            "window.zoomLevel": number(-5, 5),
            "terminal.env": mapping({"type": ["string", "null"]}),
        },
        "patternProperties": {r"^\[[a-z]+\]$": {"$ref": "#"}},
        "additionalProperties": False,
    }


@schema("cache-policy")
def cache_policy(v):
    return closed(
        {
            "ttl!": one_of(integer(0), formatted("duration"), const("forever")),
            "maxEntries": integer(1, 1000000),
            "eviction": words("lru", "lfu", "fifo", "random"),
            "tiers": row(
                closed({"memory!": pattern("^[0-9]+[KMG]B$")}),
                closed({"disk!": text("file"), "size": pattern("^[0-9]+[GT]B$")}),
                minItems=1,
            ),
        }
    )


@schema("dashboard", variants=2)
def dashboard(v):
    target = closed({"expr!": text("words"), "legend": text("word"), "refId!": pattern("^[A-Z]$")})
    panels = {
        "graph": {
            "targets!": array(target, low=1),
            "stack": boolean(),
            "yaxis": closed({"min": nullable(number()), "max": nullable(number()), "unit": text("word")}),
        },
        "stat": {
            "targets!": array(target, low=1, high=1),
            "thresholds": array(closed({"value!": nullable(number()), "color!": words("green", "yellow", "red")})),
        },
        "text": {"content!": text("paragraph"), "mode": words("markdown", "html")},
        "row": {"panels": array(ref("panel")), "collapsed": boolean()},
    }
    panel = {
        "oneOf": [
            closed(
                {
                    "type!": const(k),
                    "id!": integer(1),
                    "title": text("words"),
                    "gridPos": closed({"x!": integer(0, 23), "y!": integer(0), "w!": integer(1, 24), "h!": integer(1)}),
                }
                | p
            )
            for k, p in panels.items()
        ]
    }
    return obj(
        {
            "title!": text("words", 1),
            "panels!": array(ref("panel")),
            "refresh": any_of(const(False), pattern("^[0-9]+[smhd]$")),
            "time": closed({"from!": pattern("^now(-[0-9]+[smhdwMy])?$"), "to!": pattern("^now(-[0-9]+[smhdwMy])?$")}),
            "tags": array(text("word")),
        },
        **v.closing(),
        **{"$defs": {"panel": panel}}
    )


@schema("localisation")
def localisation(v):
    return closed(
        {
            "locale!": pattern("^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"),
            "messages!": ref("messages"),
            "plural": mapping(
                closed(
                    {
                        "one": text("sentence"),
                        "few": text("sentence"),
                        "many": text("sentence"),
                        "other!": text("sentence"),
                    }
                )
            ),
        },
        **{
            "$defs": {
                "messages": {
                    "type": "object",
                    "propertyNames": {"pattern": "^[a-z][A-Za-z0-9]*$"},
                    "additionalProperties": any_of(text("sentence"), {"$ref": "#/$defs/messages"}),
                }
            }
        }
    )


@schema("build-targets", variants=2)
def build_targets(v):
    base = obj({"name!": pattern("^[a-z_][a-z0-9_]*$"), "deps": array(pattern("^(//[a-z/]*)?:[a-z0-9_]+$"))})
    library = all_of(
        ref("target"),
        obj({"kind!": const("library"), "srcs!": array(text("file"), low=1)}),
        **({"unevaluatedProperties": False} if v.index else {})
    )
    binary = all_of(
        ref("target"),
        obj({"kind!": const("binary"), "main!": text("file"), "args": array(text("words"))}),
        **({"unevaluatedProperties": False} if v.index else {})
    )
    return closed({"targets!": array(one_of(library, binary), low=1)}, **{"$defs": {"target": base}})


@schema("compose-inlined", variants=2)
def compose_inlined(v):
    return inlined(compose(v))


@schema("service-definition", variants=2)
def service_definition(v):
    """Inheritance by `allOf`, three levels of it."""
    named = obj({"name!": pattern("^[a-z][a-z0-9-]{0,30}$"), "labels": mapping(text("word"))})
    process = all_of(
        ref("named"),
        obj({"command!": array(text("command"), 1), "environment": mapping(text("words")), "user": text("word")}),
    )
    service = all_of(
        ref("process"),
        obj(
            {
                "restart": words("no", "always", "on-failure"),
                "after": array(text("slug")),
                "limits": closed({"cpu": number(exclusiveMinimum=0, maximum=64), "memory": pattern("^[0-9]+[KMG]$")}),
            }
        ),
    )
    timer = all_of(
        ref("process"), obj({"schedule!": pattern(r"^(\*|[0-9]+) (\*|[0-9]+) (\*|[0-9]+)$"), "persistent": boolean()})
    )
    definitions = {"named": named, "process": process, "service": service, "timer": timer}
    result = closed(
        {"services": array(ref("service")), "timers": array(ref("timer"))}, minProperties=1, **{"$defs": definitions}
    )
    return inlined(result) if v.index else result


@schema("monolith-settings", variants=2)
def monolith_settings(v):
    """One long file with a section for each part of a large program."""
    kinds = [
        boolean,
        lambda: integer(0, 65535),
        lambda: text("words", high=200),
        lambda: number(0, 1),
        lambda: pattern("^[0-9]+(ms|s|m|h)$"),
        lambda: words("off", "on", "auto"),
        lambda: nullable(integer(1)),
        lambda: array(text("slug"), high=10),
        lambda: mapping(text("words")),
        lambda: formatted("uri"),
        lambda: any_of(integer(0), const("unlimited")),
        lambda: formatted("email"),
    ]
    sections = "http tls sessions cache storage search mail queue metrics tracing auth ldap rate_limits uploads backup retention localisation themes".split()
    options = "enabled timeout size mode path level interval limit endpoint owner tags retries threshold".split()
    properties = {}
    for section in sections[: v.pick(10, 18)]:
        properties[section] = closed({name: v.choice(kinds)() for name in v.sample(options, k=v.randrange(5, 12))})
    return closed(properties, minProperties=1)
