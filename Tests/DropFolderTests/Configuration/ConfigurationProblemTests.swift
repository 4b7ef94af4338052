import DropFolder
import TestSupport
import Testing

struct ConfigurationProblemTests {
    private let smallest = ConfigurationText.smallest

    private func expect(_ text: String, _ parts: String..., location: SourceLocation = #_sourceLocation) {
        let problems = ConfigurationText.problems(text)
        #expect(problems.count == parts.count, "\(problems)", sourceLocation: location)
        for (problem, part) in zip(problems, parts) {
            #expect(problem.contains(part), "\(problem)", sourceLocation: location)
        }
    }

    @Test func everyProblemIsToldAtOnceWithItsPlace() {
        expect(
            """
            stat: /var/lib/gleaner
            threads: many
            limits:
              pages: 0
            inboxes:
              - path: /srv/inbox
                quiet_second: 1
                records: /srv/records
                done: /srv/done
                failed: /srv/failed
            """,
            "gleaner.yaml:1:1: stat: there is no such key; did you mean \"state\"?",
            "gleaner.yaml:1:1: state: the key is missing; add it: The folder of the ledger",
            "gleaner.yaml:2:10: threads: \"many\" is not a whole number, 1 to 1024; write",
            "gleaner.yaml:4:10: limits.pages: \"0\" is not a whole number, 1 to 100000",
            "gleaner.yaml:6:5: inboxes.0.schema: the key is missing",
            "gleaner.yaml:7:5: inboxes.0.quiet_second: there is no such key; did you mean \"quiet_seconds\"?")
    }

    @Test func keysAreGivenOnce() {
        expect(smallest + "state: /other\n", "\"state\" is given more than once; keep one.")
        expect(smallest + "\"state\": /other\n", "\"state\" is given more than once; keep one.")
        expect(
            smallest + "    subfolders: {5: {seed: 1}, \"5\": {seed: 2}}\n",
            "gleaner.yaml:8:32: inboxes.0.subfolders.5: the key is given more than once")
    }

    @Test(arguments: [
        ("threads: \"5\"", "in quotes is a text"), ("threads: 1.5", "is not a whole number"),
        ("threads: [5]", "is not a single value"), ("threads:", "the value is missing"),
        ("threads: ~", "the value is missing"), ("pause_seconds: nan", "is not a number"),
        ("pause_seconds: 0x10", "is not a number"), ("pause_seconds: 1e999", "is not a number"),
        ("stop_seconds: -1", "is not a number of seconds"), ("log: debug", "this is not a section"),
        ("log: {level: loud}", "is not trace, debug"), ("monitoring: {address: 0.0.0.0}", "is not a loopback address"),
        ("monitoring: {address: example.org}", "is not a loopback address"),
        ("monitoring: {port: 65536}", "0 to 65535"),
        ("model: \"a\\nb\"", "control character"), ("model: ~/model", "~ is not replaced"),
        ("engine_retry: {first_seconds: 9, most_seconds: 8}", "shorter than the first"),
        ("[a]: b", "a key is a list"), ("? {a: b}\n: c", "a key is a list"), ("<<: {threads: 2}", "no such key"),
    ])
    func aWrongValueIsRefused(line: String, reason: String) {
        expect(smallest + line + "\n", reason)
    }

    @Test(arguments: [
        ("recursive: yes", "is not true or false"), ("pages: 3-1", "is not a selection of pages"),
        ("polling: sometimes", "auto, always or never"), ("name: a/b", "a name without slashes"),
        ("subfolders: {../x: {schema: a.json}}", "not a folder below the inbox"),
        ("subfolders: {/x: {schema: a.json}}", "not a folder below the inbox"),
        ("subfolders: {x: a.json}", "this is not a section"), ("subfolders: [x]", "this is not a map of folders"),
        ("subfolders: {x: {shema: a.json}}", "did you mean \"schema\"?"),
        ("subfolders: {x: {seed: 1}, x/: {seed: 2}}", "the folder is given more than once"),
        ("subfolders: {x: {schema: b.json}}\n    csv: /srv/all.csv", "so other columns"),
        ("subfolders: {x: {seed: 1}}\n    recursive: false", "not looked into"),
        ("jsonl: /srv/inbox/all.jsonl", "lies in the inbox"),
        ("jsonl: /srv/all\n    csv: /srv/all", "in another form"),
    ])
    func aWrongValueOfAnInboxIsRefused(line: String, reason: String) {
        expect(smallest + "    " + line + "\n", reason)
    }

    @Test(arguments: [
        ("a: [b", "this is not YAML"), ("a\tb: {", "this is not YAML"), ("- a", "no keys at its top"),
        ("text", "no keys at its top"), ("a: b\n---\nc: d", "expected a single document"), ("a: *b", "undefined alias"),
    ])
    func whatIsNoMappingIsRefused(text: String, reason: String) {
        expect(text, reason)
    }

    @Test func anEmptyFileLacksTheRequiredKeys() {
        expect("", "gleaner.yaml: state: the key is missing", "gleaner.yaml: inboxes: the key is missing")
        expect("state: /s\ninboxes: []\n", "gleaner.yaml:2:10: inboxes: this is not a list of inboxes")
    }

    @Test func aliasesOfAliasesDoNotFillTheMemory() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...12 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        #expect(ConfigurationText.problems(text).contains { $0.contains("too many values") })
    }

    @Test func bytesThatAreNoTextAreRefused() {
        let error = #expect(throws: ConfigurationError.self) {
            try DropFolderConfiguration(yaml: [0x61, 0x3A, 0x20, 0xFF], path: "/x.yaml")
        }
        #expect(error?.description == "/x.yaml: the file is not UTF-8 text; save it as UTF-8.")
    }
}
