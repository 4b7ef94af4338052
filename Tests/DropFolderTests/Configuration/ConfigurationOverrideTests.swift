import DropFolder
import Testing

struct ConfigurationOverrideTests {
    private let smallest = ConfigurationText.smallest

    @Test func flagsReplaceTheEnvironmentAndThatReplacesTheFile() throws {
        let text = smallest + "log: {level: error}\nthreads: 1\nmodel: a\n"
        let configuration = try ConfigurationText.read(
            text, environment: ["GLEANER_LOG_LEVEL": "debug", "GLEANER_MODEL": "./b", "GLEANER_THREADS": ""],
            settings: ["log.level=trace", "monitoring.port=0"])
        #expect(configuration.log.level == .trace)
        #expect(configuration.model == "/home/operator/b")
        #expect(configuration.threads == 1)
        #expect(configuration.monitoring.port == 0)
    }

    @Test func everySingleValueHasAVariable() throws {
        let configuration = try ConfigurationText.read(
            smallest,
            environment: [
                "GLEANER_STATE": "/tmp/state", "GLEANER_LIMITS_PAGES": "9", "GLEANER_QUEUE_MEGABYTES": "10",
                "GLEANER_ENGINE_RETRY_FIRST_SECONDS": "2", "GLEANER_PAUSE_SECONDS": "3", "GLEANER_STOP_SECONDS": "4",
                "GLEANER_MONITORING_ADDRESS": "127.0.0.2", "GLEANER_CONFIG": "x", "GLEANER_SOMETHING": "else",
            ])
        #expect(configuration.state == "/tmp/state")
        #expect(configuration.limits.pages == 9)
        #expect(configuration.queue.megabytes == 10)
        #expect(configuration.engineRetry.firstSeconds == 2)
        #expect(configuration.pauseSeconds == 3)
        #expect(configuration.stopSeconds == 4)
        #expect(configuration.monitoring.address == "127.0.0.2")
    }

    @Test func anInboxGoesByItsNameOrItsNumber() throws {
        let text = smallest.replacing("/srv/inbox", with: "/srv/in.voices") + "    subfolders: {a.b/c: {seed: 1}}\n"
        let configuration = try ConfigurationText.read(
            text,
            settings: [
                "inboxes.in.voices.quiet_seconds=1", "inboxes.0.rescan_seconds=5",
                "inboxes.in.voices.subfolders.a.b/c.schema=x.json", "inboxes.0.subfolders.new.seed=2",
            ])
        let inbox = try #require(configuration.inboxes.first)
        #expect(inbox.quietSeconds == 1)
        #expect(inbox.rescanSeconds == 5)
        #expect(inbox.reading(of: "a.b/c/d").schema == "/home/operator/x.json")
        #expect(inbox.reading(of: "new/d").seed == 2)
    }

    @Test(arguments: [
        ("log.level=loud", "--set log.level=loud: log.level: \"loud\" is not trace"),
        ("log.levle=info", "--set log.levle=info: log.levle: there is no such key; did you mean \"level\"?"),
        ("model=", "the value is missing"), ("threads", "there is no key and value"),
        ("=5", "there is no key and value"),
        ("inboxes.other.seed=1", "there is no such element: \"other.seed\"; begin with one of 0, inbox"),
        ("inboxes.1.seed=1", "there is no such element"), ("state.x=1", "there are no keys below this value"),
        ("inboxes=x", "this is not a list of inboxes"), ("log=info", "this is not a section"),
        ("inboxes.0.done=/srv/inbox/done", "lies in an inbox"), ("a..b=1", "there is no such key"),
    ])
    func whatAFlagGotWrongIsToldWithTheFlag(setting: String, reason: String) {
        let problems = ConfigurationText.problems(smallest, settings: [setting])
        #expect(problems.count == 1)
        #expect(problems.first?.contains(reason) == true, "\(problems)")
        #expect(problems.first?.hasPrefix("--set \(setting): ") == true)
    }

    @Test func whatAVariableGotWrongIsToldWithTheVariable() {
        let problems = ConfigurationText.problems(
            smallest, environment: ["GLEANER_LIMITS_PAGES": "none", "GLEANER_LOG_LEVL": "info"])
        #expect(problems.count == 2)
        #expect(problems.contains { $0.hasPrefix("environment GLEANER_LIMITS_PAGES: limits.pages: \"none\" is not") })
        #expect(
            problems.contains {
                $0.contains("GLEANER_LOG_LEVL: there is no such key; did you mean \"GLEANER_LOG_LEVEL\"?")
            })
    }
}
