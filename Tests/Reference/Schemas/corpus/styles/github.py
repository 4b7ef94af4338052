"""Workflows and settings of a code forge."""

from corpus.notation import *

EXPRESSION = r"^\$\{\{.+\}\}$"
NAME = "^[_a-zA-Z][a-zA-Z0-9_-]*$"
TYPES = {
    "pull_request": (
        "opened",
        "edited",
        "closed",
        "reopened",
        "synchronize",
        "labeled",
        "unlabeled",
        "assigned",
        "ready_for_review",
    ),
    "issues": ("opened", "edited", "closed", "labeled", "transferred"),
    "release": ("published", "created", "edited"),
}


def env(v):
    return v.pick(
        mapping(any_of(text("words"), number(), boolean())),
        one_of(mapping({"type": ["string", "integer", "boolean"]}), pattern(EXPRESSION)),
    )


def filters(v):
    globs = array(text("file"), low=1)
    pairs = ("branches", "tags", "paths")
    properties = {name: globs for pair in pairs for name in (pair, pair + "-ignore")}
    exclusive = [{"not": {"required": [pair, pair + "-ignore"]}} for pair in pairs]
    return closed(v.some(properties, 0.6)) if v.chance() else closed(properties, allOf=exclusive)


def triggers(v):
    detailed = {"push": nullable(filters(v))}
    for event, types in TYPES.items():
        detailed[event] = nullable(
            closed({"types": array(words(*types), low=1, unique=v.index == 3), "branches": array(text("slug"))})
        )
    detailed["schedule"] = array(closed({"cron!": pattern(r"^(\S+ ){4}\S+$")}), low=1)
    detailed["workflow_dispatch"] = nullable(closed({"inputs": mapping(ref("input"), names=NAME)}))
    events = words(
        "push",
        "pull_request",
        "issues",
        "release",
        "schedule",
        "workflow_dispatch",
        "fork",
        "watch",
        "deployment",
        "page_build",
    )
    return v.pick(
        one_of(events, array(events, low=1), closed(v.some(detailed, 0.7), minProperties=1)),
        closed(v.some(detailed, 0.7), minProperties=1),
    )


def workflow_input(v):
    return tagged(
        "type",
        {
            "string": {"description": text("sentence"), "default": text("words"), "required": boolean()},
            "boolean": {"default": boolean()},
            "choice": {"options!": array(text("word"), low=1), "default": text("word")},
            "number": {"default": number()},
        },
        v.pick("oneOf", "anyOf"),
    )


def step(v):
    common = {
        "id": pattern(NAME),
        "name": text("words"),
        "if": any_of(boolean(), text("words")),
        "env": env(v),
        "continue-on-error": any_of(boolean(), pattern(EXPRESSION)),
        "timeout-minutes": number(0, 360),
    }
    uses = {
        "uses!": v.pick(pattern(r"^[\w-]+/[\w./-]+@[\w./-]+$"), text("image")),
        "with": mapping({"type": ["string", "number", "boolean"]}),
    }
    run = {
        "run!": text("command"),
        "shell": any_of(text("word"), words("bash", "pwsh", "python", "sh")),
        "working-directory": text("file"),
    }
    if v.chance():
        return one_of(closed(v.some(common) | uses), closed(v.some(common) | run))
    merged = {k.rstrip("!"): s for k, s in (common | uses | run).items()}
    return closed(
        merged,
        oneOf=[{"required": ["uses"]}, {"required": ["run"]}],
        **v.pick({}, {}, {"dependentRequired": {"with": ["uses"], "shell": ["run"]}})
    )


def runner(v):
    return v.pick(
        text("slug"),
        any_of(words("ubuntu-latest", "windows-latest", "macos-latest", "self-hosted"), pattern(EXPRESSION)),
        one_of(
            text("slug"), array(text("slug"), low=1), closed({"group!": text("slug"), "labels": array(text("word"))})
        ),
    )


def matrix(v):
    return {
        "type": "object",
        "properties": {
            "include": array(mapping({"type": ["string", "number", "boolean"]})),
            "exclude": array(mapping(text("word"))),
        },
        "patternProperties": {
            "^(?!include$|exclude$)[a-z-]+$" if v.index == 2 else "^[a-df-hj-z][a-z-]*$": array(
                {"type": ["string", "number", "boolean"]}, low=1
            )
        },
        "additionalProperties": False,
        "minProperties": 1,
    }


def job(v):
    permission = mapping(words("read", "write", "none"), names="^[a-z-]+$")
    properties = {
        "name": text("words"),
        "runs-on!": runner(v),
        "needs": one_of(pattern(NAME), array(pattern(NAME), low=1)),
        "permissions": v.pick(permission, one_of(words("read-all", "write-all"), permission)),
        "if": any_of(boolean(), text("words")),
        "strategy": closed(
            {"matrix!": any_of(matrix(v), pattern(EXPRESSION)), "fail-fast": boolean(), "max-parallel": integer(1)}
        ),
        "env": env(v),
        "outputs": mapping(text("words"), low=1),
        "steps!": array(ref("step"), low=1, high=50),
        "timeout-minutes": integer(1, 360),
        "container": one_of(
            text("image"),
            closed(
                {
                    "image!": text("image"),
                    "ports": array(any_of(integer(1, 65535), text("word"))),
                    "options": text("words"),
                }
            ),
        ),
        "services": mapping(closed({"image!": text("image"), "env": env(v)}), names=NAME),
    }
    return closed(v.some(properties, 0.55))


@schema("workflow", variants=4)
def workflow(v):
    concurrency = one_of(text("slug"), closed({"group!": text("slug"), "cancel-in-progress": boolean()}))
    return closed(
        v.some(
            {
                "name": text("words"),
                "on!": triggers(v),
                "env": env(v),
                "concurrency": concurrency,
                "defaults": closed({"run!": closed({"shell": text("word"), "working-directory": text("file")})}),
                "jobs!": mapping(ref("job"), names=NAME, low=1),
            },
            0.7,
        ),
        **{"$defs": {"input": workflow_input(v), "step": step(v), "job": job(v)}}
    )


@schema("reusable-workflow")
def reusable_workflow(v):
    call = closed(
        {
            "uses!": pattern(r"^\.?[\w./-]+\.ya?ml(@[\w./-]+)?$"),
            "with": mapping({"type": ["string", "number", "boolean"]}),
            "secrets": one_of(const("inherit"), mapping(pattern(EXPRESSION))),
        }
    )
    return closed(
        {
            "on!": closed(
                {
                    "workflow_call!": closed(
                        {
                            "inputs": mapping(ref("input"), names=NAME),
                            "secrets": mapping(closed({"required": boolean(), "description": text("sentence")})),
                        }
                    )
                }
            ),
            "jobs!": mapping(any_of(call, ref("job")), low=1),
        },
        **{"$defs": {"input": workflow_input(v), "step": step(v), "job": job(v)}}
    )


@schema("action-metadata", variants=2)
def action(v):
    inputs = mapping(
        obj(
            {
                "description!": text("sentence"),
                "required": boolean(),
                "default": text("words"),
                "deprecationMessage": text("sentence"),
            },
            additionalProperties=False,
        ),
        names=NAME,
    )
    runs = one_of(
        closed({"using!": words("node16", "node20"), "main!": text("file"), "post": text("file")}),
        closed({"using!": const("docker"), "image!": text("image"), "args": array(text("words"))}),
        closed({"using!": const("composite"), "steps!": array(ref("step"), low=1)}),
    )
    return closed(
        {
            "name!": text("words"),
            "author": text("name"),
            "description!": text("sentence"),
            "inputs": inputs,
            "outputs": mapping(closed({"description": text("sentence"), "value": text("words")})),
            "runs!": runs,
            "branding": closed(
                {
                    "icon": words(
                        "activity",
                        "airplay",
                        "archive",
                        "award",
                        "bell",
                        "book",
                        "box",
                        "camera",
                        "check",
                        "cloud",
                        "code",
                        "cpu",
                        "database",
                        "disc",
                        "edit",
                        "eye",
                        "feather",
                    ),
                    "color": words("white", "yellow", "blue", "green", "orange", "red", "purple", "gray-dark"),
                }
            ),
        },
        **{"$defs": {"step": step(v)}}
    )


@schema("dependabot", variants=2)
def dependabot(v):
    daily = closed({"interval!": words("daily", "monthly"), "time": pattern("^([01][0-9]|2[0-3]):[0-5][0-9]$")})
    weekly = closed(
        {
            "interval!": const("weekly"),
            "day": words("monday", "tuesday", "wednesday", "thursday", "friday"),
            "timezone": text("slug"),
        }
    )
    schedule = (
        one_of(daily, weekly)
        if v.index == 0
        else obj({"interval!": words("daily", "weekly", "monthly"), "day": text("word")})
        | {"dependentSchemas": {"day": {"properties": {"interval": const("weekly")}}}}
    )
    update = closed(
        {
            "package-ecosystem!": words(
                "npm", "pip", "cargo", "docker", "github-actions", "gomod", "maven", "nuget", "composer", "bundler"
            ),
            "directory!": pattern("^/"),
            "schedule!": schedule,
            "open-pull-requests-limit": integer(0, 50),
            "labels": array(text("word")),
            "ignore": array(obj({"dependency-name!": text("slug"), "versions": array(text("version"))})),
            "reviewers": array(text("word"), high=10),
        }
    )
    return closed(
        {
            "version!": const(2),
            "registries": mapping(
                closed(
                    {"type!": words("npm-registry", "docker-registry"), "url!": formatted("uri"), "token": text("word")}
                )
            ),
            "updates!": array(update, low=1),
        }
    )


@schema("issue-form", variants=2)
def issue_form(v):
    attributes = {"label!": text("words", 1), "description": text("sentence"), "placeholder": text("words")}
    required = closed({"required": boolean()})
    fields = {
        "markdown": {"attributes!": closed({"value!": text("paragraph")})},
        "input": {"id": pattern(NAME), "attributes!": closed(attributes), "validations": required},
        "textarea": {
            "id": pattern(NAME),
            "attributes!": closed(attributes | {"render": text("word")}),
            "validations": required,
        },
        "dropdown": {
            "id": pattern(NAME),
            "attributes!": closed(
                {"label!": text("words"), "multiple": boolean(), "options!": array(text("word"), low=1)}
            ),
        },
        "checkboxes": {
            "attributes!": closed(
                {
                    "label!": text("words"),
                    "options!": array(closed({"label!": text("sentence"), "required": boolean()}), low=1),
                }
            )
        },
    }
    return closed(
        {
            "name!": text("words", 3),
            "description!": text("sentence", 3),
            "title": text("words"),
            "labels": v.pick(array(text("word")), one_of(text("word"), array(text("word"), unique=True))),
            "assignees": array(text("word"), high=10),
            "body!": array(tagged("type", fields, v.pick("oneOf", "anyOf")), low=1),
        }
    )


@schema("code-owners-map")
def code_owners(v):
    return mapping(
        array(any_of(pattern("^@[a-z0-9-]+(/[a-z0-9-]+)?$"), formatted("email")), low=1),
        names=r"^/?[\w*][\w*./-]*$",
        low=1,
    )


@schema("branch-protection")
def branch_protection(v):
    return closed(
        {
            "required_status_checks!": nullable(
                closed({"strict!": boolean(), "contexts!": array(text("slug"), high=100)})
            ),
            "enforce_admins!": nullable(boolean()),
            "required_pull_request_reviews!": nullable(
                closed(
                    {
                        "dismiss_stale_reviews": boolean(),
                        "required_approving_review_count": integer(0, 6),
                        "bypass": mapping(array(text("word")), names="^(users|teams|apps)$"),
                    }
                )
            ),
            "restrictions": nullable(closed({"users!": array(text("word")), "teams!": array(text("word"))})),
            "allow_force_pushes": nullable(boolean()),
        }
    )


@schema("webhook-event", variants=2)
def webhook(v):
    user = obj(
        {
            "login!": pattern("^[a-zA-Z0-9-]{1,39}$"),
            "id!": integer(1),
            "type": words("User", "Bot", "Organization"),
            "site_admin": boolean(),
        }
    )
    label = obj(
        {
            "id!": integer(0),
            "name!": text("word"),
            "color!": pattern("^[0-9a-f]{6}$"),
            "description": nullable(text("sentence")),
        }
    )
    issue = obj(
        {
            "number!": integer(1),
            "title!": text("words", 1),
            "body": nullable(text("paragraph")),
            "user!": ref("user"),
            "labels": array(label),
            "state!": words("open", "closed"),
            "milestone": nullable(obj({"title!": text("words"), "due_on": nullable(formatted("date-time"))})),
        }
    )
    payload = {
        "issue!": issue,
        "repository!": obj(
            {"full_name!": pattern(r"^[\w.-]+/[\w.-]+$"), "private!": boolean(), "html_url": formatted("uri")}
        ),
        "sender!": ref("user"),
    }
    if v.index == 0:
        body = tagged(
            "action",
            {
                "opened": payload,
                "closed": payload,
                "labeled": payload | {"label!": label},
                "edited": payload | {"changes!": mapping(obj({"from!": text("words")}))},
            },
            close=False,
        )
    else:
        body = obj({"action!": words("opened", "closed", "labeled", "edited")} | payload | {"label": label}) | when(
            "action", "labeled", {"required": ["label"]}, {"properties": {"label": False}}
        )
    return body | {"$defs": {"user": user}}


@schema("release-notes-config")
def release_notes(v):
    category = closed(
        {
            "title!": text("words", 1),
            "labels!": array(text("word"), low=1),
            "exclude": closed({"labels": array(text("word")), "authors": array(text("word"))}, minProperties=1),
        }
    )
    return closed(
        {
            "changelog!": closed(
                {"exclude": closed({"labels": array(text("word"))}), "categories!": array(category, low=1)}
            )
        }
    )


@schema("pipeline-other-forge", variants=3)
def pipeline(v):
    """Another forge's style: jobs at the top level beside a few keywords."""
    rule = closed(
        {
            "if": text("words"),
            "changes": array(text("file")),
            "when": words("always", "never", "on_success", "manual", "delayed"),
            "allow_failure": boolean(),
        },
        minProperties=1,
    )
    script = one_of(text("command"), array(any_of(text("command"), array(text("command"))), low=1))
    job = closed(
        v.some(
            {
                "stage": text("word"),
                "image": one_of(text("image"), closed({"name!": text("image"), "entrypoint": array(text("word"))})),
                "script!": script,
                "before_script": array(text("command")),
                "rules": array(rule),
                "needs": array(one_of(text("slug"), closed({"job!": text("slug"), "artifacts": boolean()}))),
                "artifacts": closed(
                    {
                        "paths": array(text("file"), low=1),
                        "expire_in": pattern("^[0-9]+ (hour|day|week|month)s?$"),
                        "reports": mapping(text("file")),
                    }
                ),
                "cache": closed(
                    {"key": text("slug"), "paths!": array(text("file")), "policy": words("pull", "push", "pull-push")}
                ),
                "retry": any_of(
                    integer(0, 2),
                    closed(
                        {
                            "max!": integer(0, 2),
                            "when": array(words("always", "script_failure", "runner_system_failure")),
                        }
                    ),
                ),
                "parallel": integer(2, 200),
                "variables": mapping({"type": ["string", "integer"]}),
                "only": array(text("word")),
            },
            0.6,
        )
    )
    return {
        "type": "object",
        "properties": {
            "stages": array(text("word"), low=1, unique=v.index == 1),
            "variables": mapping({"type": ["string", "integer"]}),
            "include": array(
                one_of(
                    closed({"local!": text("file")}),
                    closed({"remote!": formatted("uri")}),
                    closed({"project!": text("slug"), "file!": text("file"), "ref": text("version")}),
                )
            ),
        },
        "patternProperties": {
            v.pick("^job-[a-z0-9-]+$", "^\\.?[a-z]+:[a-z]+$", "^(build|test|deploy)(-[a-z]+)?$"): job
        },
        "additionalProperties": False,
        "minProperties": 1,
    }


@schema("labels-file")
def labels_file(v):
    return array(
        closed(
            {
                "name!": text("words", 1, 50),
                "color!": pattern("^#?[0-9a-fA-F]{6}$"),
                "description": text("sentence", high=100),
                "aliases": array(text("word"), unique=True),
            }
        ),
        low=1,
        high=100,
    )


@schema("funding")
def funding(v):
    sponsor = pattern("^[a-zA-Z0-9](-?[a-zA-Z0-9])*$", maxLength=39)
    return closed(
        {
            "github": nullable(one_of(sponsor, array(sponsor, high=4))),
            "patreon": nullable(text("slug", 1, 100)),
            "custom": nullable(one_of(formatted("uri"), array(formatted("uri"), high=4))),
        },
        minProperties=1,
    )
