"""Package manifests of several ecosystems."""

from corpus.notation import *

SEMVER = (
    r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$"
)
RANGE = r"^([~^]|[<>]=?)?\d+(\.\d+){0,2}(-[a-z]+\.\d+)?$"
LICENSES = (
    "MIT",
    "Apache-2.0",
    "GPL-3.0-only",
    "GPL-3.0-or-later",
    "LGPL-2.1-only",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "MPL-2.0",
    "ISC",
    "Unlicense",
    "CC0-1.0",
    "0BSD",
    "EPL-2.0",
    "AGPL-3.0-only",
    "Zlib",
)


def person(v):
    full = closed({"name!": text("name"), "email": formatted("email"), "url": formatted("uri")})
    return v.pick(full, any_of(text("name"), full), one_of(pattern(r"^[^<(]+( <[^>]+>)?$"), full))


def dependencies(v):
    return v.pick(
        mapping(pattern(RANGE)),
        mapping(text("version")),
        mapping(pattern(RANGE), names=r"^(@[a-z0-9-]+/)?[a-z0-9._-]+$"),
    )


@schema("node-package", variants=4)
def node_package(v):
    properties = {
        "name!": pattern(r"^(@[a-z0-9-~][a-z0-9-._~]*/)?[a-z0-9-~][a-z0-9-._~]*$", minLength=1, maxLength=214),
        "version!": pattern(SEMVER),
        "description": text("sentence"),
        "keywords": array(text("word"), unique=v.chance()),
        "license": v.pick(text("word"), words(*LICENSES), any_of(enum(*LICENSES), pattern("^SEE LICENSE IN .+$"))),
        "author": person(v),
        "contributors": array(ref("person")),
        "main": text("file"),
        "bin": one_of(text("file"), mapping(text("file"))),
        "type": words("commonjs", "module"),
        "scripts": mapping(text("command"), names="^[a-z]+(:[a-z]+)*$"),
        "dependencies": ref("dependencies"),
        "devDependencies": ref("dependencies"),
        "peerDependencies": ref("dependencies"),
        "peerDependenciesMeta": mapping(closed({"optional": boolean()})),
        "engines": closed({"node": text("version"), "npm": text("version")}),
        "private": any_of(boolean(), words("true", "false")),
        "files": array(text("file")),
        "os": array(words("linux", "darwin", "win32", "!win32")),
        "exports": ref("exports"),
        "repository": one_of(
            text("url"), closed({"type!": words("git", "svn"), "url!": text("url"), "directory": text("file")})
        ),
        "workspaces": any_of(
            array(text("file")), obj({"packages": array(text("file")), "nohoist": array(text("file"))})
        ),
        "publishConfig": {"type": "object", "additionalProperties": True},
    }
    exports = any_of(
        pattern("^\\./"),
        null(),
        {
            "type": "object",
            "patternProperties": {
                "^\\.": {"$ref": "#/$defs/exports"},
                "^(import|require|node|default|types)$": {"$ref": "#/$defs/exports"},
            },
            "additionalProperties": False,
        },
    )
    chosen = v.some(properties, 0.6)
    return obj(
        chosen,
        **v.pick({}, {"additionalProperties": False}, {"additionalProperties": True}),
        **{"$defs": {"person": person(v), "dependencies": dependencies(v), "exports": exports}}
    )


@schema("rust-package", variants=3)
def rust_package(v):
    detailed = v.pick(
        closed(
            {
                "version": pattern(RANGE),
                "path": text("file"),
                "git": formatted("uri"),
                "branch": text("slug"),
                "features": array(text("word")),
                "optional": boolean(),
                "default-features": boolean(),
            },
            anyOf=[{"required": ["version"]}, {"required": ["path"]}, {"required": ["git"]}],
        ),
        closed({"version!": pattern(RANGE), "features": array(text("word")), "optional": boolean()}),
    )
    if v.index == 2:
        detailed["dependentRequired"] = {"branch": ["git"]}
        detailed["properties"].setdefault("branch", text("slug"))
        detailed["properties"].setdefault("git", formatted("uri"))
    table = mapping(any_of(pattern(RANGE), ref("dependency")))
    package = closed(
        v.some(
            {
                "name!": pattern("^[a-zA-Z][a-zA-Z0-9_-]*$", maxLength=64),
                "version!": v.pick(pattern(SEMVER), one_of(pattern(SEMVER), closed({"workspace!": const(True)}))),
                "edition": words("2015", "2018", "2021", "2024"),
                "rust-version": pattern(r"^\d+\.\d+(\.\d+)?$"),
                "authors": array(pattern("^[^<]+ <[^>]+>$")),
                "license": text("word"),
                "license-file": text("file"),
                "publish": any_of(boolean(), array(text("word"))),
                "categories": array(text("slug"), high=5),
                "keywords": array(pattern("^[a-zA-Z][a-zA-Z0-9_-]*$", maxLength=20), high=5),
            },
            0.7,
        )
    )
    target = closed(
        {
            "name": text("slug"),
            "path": text("file"),
            "crate-type": array(words("lib", "rlib", "cdylib", "staticlib", "proc-macro")),
            "required-features": array(text("word")),
        }
    )
    profile = closed(
        {
            "opt-level": enum(0, 1, 2, 3, "s", "z"),
            "debug": any_of(boolean(), integer(0, 2)),
            "lto": enum(True, False, "thin", "fat", "off"),
            "codegen-units": integer(1),
            "panic": words("unwind", "abort"),
            "inherits": text("word"),
        }
    )
    return closed(
        v.some(
            {
                "package!": package,
                "lib": target,
                "bin": array(target, low=1),
                "dependencies": table,
                "dev-dependencies": table,
                "target": mapping(closed({"dependencies": table})),
                "features": mapping(array(text("slug")), names="^[a-z0-9_-]+$"),
                "profile": mapping(profile, names="^(dev|release|test|bench)$"),
                "workspace": closed({"members!": array(text("file"), low=1), "resolver": words("1", "2")}),
            },
            0.7,
        ),
        **{"$defs": {"dependency": detailed}}
    )


@schema("python-project", variants=3)
def python_project(v):
    readme = one_of(
        text("file"),
        closed({"file!": text("file"), "content-type!": words("text/markdown", "text/x-rst", "text/plain")}),
        closed({"text!": text("paragraph"), "content-type!": text("word")}),
    )
    project = {
        "type": "object",
        "properties": {
            "name": pattern("^([A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9])$"),
            "version": pattern(r"^\d+(\.\d+)*((a|b|rc)\d+)?(\.post\d+)?(\.dev\d+)?$"),
            "description": text("sentence"),
            "readme": readme,
            "requires-python": pattern(r"^(>=|<|==|~=)\s?\d+\.\d+(\.\d+)?$"),
            "license": one_of(closed({"text!": text("word")}), closed({"file!": text("file")})),
            "authors": array(
                obj(
                    {"name": text("name"), "email": formatted("email")},
                    additionalProperties=False,
                    anyOf=[{"required": ["name"]}, {"required": ["email"]}],
                )
            ),
            "classifiers": array(pattern("^[A-Z][A-Za-z ]+( :: [A-Za-z0-9. ]+)+$")),
            "urls": mapping(formatted("uri")),
            "scripts": mapping(pattern(r"^[a-z_]+(\.[a-z_]+)*:[a-z_]+$")),
            "dependencies": array(text("slug")),
            "optional-dependencies": mapping(array(text("slug"))),
            "dynamic": array(
                words("version", "description", "readme", "dependencies", "classifiers"), unique=v.index == 2
            ),
        },
        "required": ["name"],
        "additionalProperties": False,
    }
    if v.index:
        project["oneOf"] = (
            [
                {"required": ["version"], "properties": {"dynamic": {"not": {"contains": const("version")}}}},
                {"required": ["dynamic"], "properties": {"version": False, "dynamic": {"contains": const("version")}}},
            ]
            if v.index == 1
            else [{"required": ["version"]}, {"required": ["dynamic"], "not": {"required": ["version"]}}]
        )
    tool = obj(
        {
            "lint": closed(
                {
                    "line-length": integer(1, 320),
                    "select": array(pattern("^[A-Z]{1,4}[0-9]{0,4}$")),
                    "ignore": array(text("word")),
                    "per-file-ignores": mapping(array(text("word"))),
                }
            ),
            "test": obj({"addopts": any_of(text("words"), array(text("word"))), "testpaths": array(text("file"))}),
        },
        additionalProperties={"type": "object"},
    )
    return closed(
        {
            "build-system": closed(
                {
                    "requires!": array(text("slug")),
                    "build-backend": pattern(r"^[a-z_]+(\.[a-z_]+)*$"),
                    "backend-path": array(text("file")),
                }
            ),
            "project!": project,
            "tool": tool,
        }
    )


@schema("php-package", variants=2)
def php_package(v):
    autoload = closed(
        {
            "psr-4": mapping(any_of(text("file"), array(text("file"))), names=r"^([A-Z][A-Za-z]*\\)+$"),
            "classmap": array(text("file")),
            "files": array(text("file")),
        }
    )
    repository = tagged(
        "type",
        {
            "composer": {"url!": formatted("uri")},
            "vcs": {"url!": formatted("uri")},
            "path": {"url!": text("file"), "options": mapping(boolean())},
            "package": {"package!": obj({"name!": text("slug"), "version!": text("version")})},
        },
    )
    return closed(
        v.some(
            {
                "name!": pattern("^[a-z0-9]([_.-]?[a-z0-9])*/[a-z0-9](([_.]|-{1,2})?[a-z0-9])*$"),
                "type": text("word", default="library"),
                "description!": text("sentence"),
                "license": v.pick(text("word"), one_of(text("word"), array(text("word"), low=1))),
                "authors": array(obj({"name!": text("name"), "homepage": formatted("uri"), "role": text("word")})),
                "require!": {
                    "type": "object",
                    "properties": {"php": text("version")},
                    "additionalProperties": text("version"),
                    "required": ["php"],
                },
                "require-dev": mapping(text("version")),
                "autoload": autoload,
                "minimum-stability": words("dev", "alpha", "beta", "RC", "stable"),
                "repositories": array(repository),
                "config": {
                    "type": "object",
                    "properties": {"sort-packages": boolean(), "process-timeout": integer(0)},
                    "additionalProperties": True,
                },
            },
            0.75,
        )
    )


@schema("java-module")
def java_module(v):
    coordinate = closed(
        {
            "groupId!": pattern("^[a-z]+(\\.[a-z]+)*$"),
            "artifactId!": pattern("^[a-z][a-z0-9-]*$"),
            "version": text("version"),
            "scope": words("compile", "provided", "runtime", "test", "system", "import"),
            "exclusions": array(closed({"groupId!": text("word"), "artifactId!": text("word")})),
        }
    )
    return closed(
        {
            "modelVersion!": const("4.0.0"),
            "parent": ref("coordinate"),
            "groupId": pattern("^[a-z]+(\\.[a-z]+)*$"),
            "artifactId!": text("slug"),
            "packaging": words("jar", "war", "pom"),
            "modules": array(text("slug")),
            "dependencies": array(ref("coordinate")),
            "properties": mapping(text("version")),
        },
        anyOf=[{"required": ["groupId"]}, {"required": ["parent"]}],
        **{"$defs": {"coordinate": coordinate}}
    )


@schema("dart-package")
def dart_package(v):
    source = any_of(
        pattern(r"^\^?\d+\.\d+\.\d+$"),
        null(),
        closed({"path!": text("file")}),
        closed({"git!": one_of(formatted("uri"), closed({"url!": formatted("uri"), "ref": text("version")}))}),
        closed({"sdk!": words("flutter", "dart")}),
    )
    return closed(
        {
            "name!": pattern("^[a-z_][a-z0-9_]*$"),
            "version": pattern(SEMVER),
            "environment!": closed({"sdk!": text("version"), "flutter": text("version")}),
            "dependencies": mapping(source),
            "dev_dependencies": mapping(source),
            "platforms": mapping(null(), names="^(android|ios|linux|macos|web|windows)$", low=1),
            "topics": array(pattern("^[a-z](-?[a-z0-9]){1,31}$"), high=5),
        }
    )


@schema("lock-file", variants=2)
def lock_file(v):
    integrity = pattern(r"^sha(256|384|512)-[A-Za-z0-9+/]{20,88}={0,2}$")
    entry = closed(
        {
            "version!": text("version"),
            "resolved": formatted("uri"),
            "integrity": integrity,
            "dev": const(True),
            "requires": mapping(text("version")),
            "dependencies": {"$ref": "#/$defs/tree"},
        },
        **v.pick({}, {"dependentRequired": {"integrity": ["resolved"]}})
    )
    return closed(
        {
            "name!": text("slug"),
            "lockfileVersion!": enum(1, 2, 3),
            "requires": const(True),
            "dependencies!": ref("tree"),
        },
        **{"$defs": {"tree": {"type": "object", "additionalProperties": entry}}}
    )


@schema("container-labels")
def container_labels(v):
    return {
        "type": "object",
        "properties": {
            "org.opencontainers.image.created": formatted("date-time"),
            "org.opencontainers.image.licenses": text("word"),
        },
        "patternProperties": {r"^org\.opencontainers\.image\.(title|vendor|source)$": text("words", 1), "^x-": True},
        "additionalProperties": False,
    }


@schema("plugin-manifest", variants=2)
def plugin(v):
    command = closed(
        {
            "command!": pattern("^[a-z]+\\.[a-zA-Z]+$"),
            "title!": text("words", 1),
            "category": text("word"),
            "icon": one_of(pattern("^\\$\\([a-z-]+\\)$"), closed({"light!": text("file"), "dark!": text("file")})),
            "enablement": text("words"),
        }
    )
    setting = tagged(
        "type",
        {
            "boolean": {"default": boolean()},
            "string": {
                "default": text("words"),
                "enum": array(text("word"), low=1),
                "enumDescriptions": array(text("sentence")),
            },
            "number": {"default": number(), "minimum": number(), "maximum": number()},
            "array": {
                "items": closed({"type!": words("string", "number")}),
                "default": array(any_of(text("word"), number())),
            },
        },
    )
    return closed(
        {
            "name!": pattern("^[a-z0-9-]+$"),
            "publisher!": text("word"),
            "engines!": closed({"editor!": pattern(r"^\^\d+\.\d+\.\d+$")}),
            "categories": array(words("Themes", "Snippets", "Linters", "Debuggers", "Formatters", "Other"), high=3),
            "activationEvents": array(pattern("^(\\*|on[A-Z][A-Za-z]+(:.+)?)$")),
            "contributes!": closed(
                {
                    "commands": array(command),
                    "keybindings": array(
                        obj(
                            {
                                "command!": text("identifier"),
                                "key!": pattern(r"^((ctrl|shift|alt|cmd)\+)*[a-z0-9]$"),
                                "when": text("words"),
                            }
                        )
                    ),
                    "configuration": closed(
                        {"title!": text("words"), "properties!": mapping(setting, names="^[a-z]+(\\.[a-zA-Z]+)+$")}
                    ),
                    "languages": array(obj({"id!": text("word"), "extensions": array(pattern("^\\.[a-z]+$"))})),
                },
                **v.pick({}, {"minProperties": 1})
            ),
        }
    )


@schema("browser-extension")
def browser_extension(v):
    return closed(
        {
            "manifest_version!": enum(2, 3),
            "name!": text("words", 1, 45),
            "version!": pattern(r"^(0|[1-9][0-9]{0,3})(\.(0|[1-9][0-9]{0,3})){0,3}$"),
            "icons": mapping(pattern("\\.(png|svg)$"), names="^(16|32|48|128)$"),
            "permissions": array(
                any_of(
                    words("activeTab", "alarms", "bookmarks", "cookies", "downloads", "history", "storage", "tabs"),
                    pattern("^(https?|\\*)://"),
                )
            ),
            "background": one_of(
                closed({"service_worker!": text("file"), "type": const("module")}),
                closed({"scripts!": array(text("file"), low=1), "persistent": boolean()}),
            ),
            "content_scripts": array(
                obj(
                    {
                        "matches!": array(pattern("^(https?|file|\\*)://.+"), low=1),
                        "js": array(text("file")),
                        "run_at": words("document_start", "document_end", "document_idle"),
                    },
                    additionalProperties=False,
                )
            ),
        }
    )


@schema("crate-feature-matrix")
def feature_matrix(v):
    return closed(
        {
            "include": array(row(text("word"), boolean())),
            "matrix!": array(
                row(
                    words("stable", "beta", "nightly"),
                    words("x86_64", "aarch64", "wasm32"),
                    rest=text("word"),
                    minItems=2,
                ),
                low=1,
                unique=True,
            ),
        }
    )


@schema("changelog")
def changelog(v):
    entries = array(text("sentence", 1), low=1)
    return array(
        obj(
            {
                "version!": any_of(pattern(SEMVER), const("unreleased")),
                "date": nullable(formatted("date")),
                "changes!": {
                    "type": "object",
                    "propertyNames": {"enum": ["added", "changed", "deprecated", "removed", "fixed", "security"]},
                    "additionalProperties": entries,
                    "minProperties": 1,
                },
                "yanked": boolean(),
            },
            additionalProperties=False,
        ),
        low=1,
    )


@schema("monorepo")
def monorepo(v):
    root = inlined(node_package(v))
    definitions = root.pop("$defs", {})
    members = array(inlined(rust_package(v)), high=3)
    return closed({"root!": root, "members!": members}, **({"$defs": definitions} if definitions else {}))
