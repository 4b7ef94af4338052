import DropFolder
import Extraction
import TestSupport
import Testing

struct ConfigurationReadingTests {
    @Test func theSmallestConfigurationHasEveryDefault() throws {
        let configuration = try ConfigurationText.read(ConfigurationText.smallest)
        let inbox = InboxConfiguration(
            path: "/srv/inbox", schema: "/etc/gleaner/invoice.json", records: "/srv/records", done: "/srv/done",
            failed: "/srv/failed")
        #expect(configuration == DropFolderConfiguration(state: "/var/lib/gleaner", inboxes: [inbox]))
        #expect(inbox.name == "inbox")
        #expect(configuration.limits.pageLimits.maximumFileBytes == 256 << 20)
        #expect(configuration.limits.pageLimits.maximumPixels == 100_000_000)
        #expect(configuration.limits.pageLimits.maximumPages == 500)
        #expect(configuration.monitoring.port == nil)
        #expect(inbox.reading.endedByBudget == .fail)
        #expect(configuration.readerConfiguration.requiresSandbox)
        #expect(inbox.reading.extractionOptions.blankPages == .keep)
    }

    @Test func everyKeyIsRead() throws {
        let configuration = try ConfigurationText.read(
            """
            state: state/./x/..
            model: gleaner-mini
            threads: 3
            passwords: secrets/passwords
            sandbox: optional
            limits: {file_megabytes: 1, pages: 2, megapixels: 3, page_seconds: 4, interrupted_starts: 6, document_megapixels: 5,
                worker_memory: 512, worker_documents: 8}
            queue: {pages: 7, megabytes: 8, documents: 9}
            engine_retry: {first_seconds: 0.5, most_seconds: 20, failures: 10}
            pause_seconds: 11
            stop_seconds: 1.5e1
            log: {level: debug, format: json}
            monitoring: {port: 9464, address: "::1"}
            inboxes:
              - name: invoices
                path: "in"
                schema: a.json
                records: ../records
                done: done
                failed: failed
                model: models/large
                pages: 1-3,7
                max_tokens: 100
                temperature: 0.5
                seed: 18446744073709551615
                resolution: 200
                blank_pages: skip
                ended_by_budget: deliver
                quiet_seconds: 0.25
                rescan_seconds: 60
                polling: always
                recursive: true
                jsonl: all.jsonl
                subfolders:
                  credit/notes/: {schema: b.json, temperature: 0}
                  credit: {max_tokens: 7}
            """)
        #expect(configuration.state == "/etc/gleaner/state")
        #expect(configuration.threads == 3)
        #expect(configuration.limits.interruptedStarts == 6)
        #expect(configuration.passwords == "/etc/gleaner/secrets/passwords")
        #expect(configuration.limits.pageLimits.maximumDocumentPixels == 5_000_000)
        #expect(configuration.readerConfiguration.memoryMegabytes == 512)
        #expect(configuration.readerConfiguration.documentsPerWorker == 8)
        #expect(!configuration.readerConfiguration.requiresSandbox)
        #expect(configuration.queue.documents == 9)
        #expect(configuration.engineRetry.firstSeconds == 0.5)
        #expect(configuration.pauseSeconds == 11)
        #expect(configuration.stopSeconds == 15)
        #expect(configuration.log.level == .debug)
        #expect(configuration.log.format == .json)
        #expect(configuration.monitoring.port == 9464)
        #expect(configuration.monitoring.address == "::1")
        let inbox = try #require(configuration.inboxes.first)
        #expect(inbox.name == "invoices")
        #expect(inbox.path == "/etc/gleaner/in")
        #expect(inbox.records == "/etc/records")
        #expect(inbox.reading.model == "/etc/gleaner/models/large")
        #expect(inbox.reading.pages == PageSelection("1-3,7"))
        #expect(inbox.reading.seed == .max)
        #expect(inbox.reading.endedByBudget == .deliver)
        #expect(inbox.reading.extractionOptions.blankPages == .skip)
        #expect(inbox.quietSeconds == 0.25)
        #expect(inbox.polling == .always)
        #expect(inbox.jsonl == "/etc/gleaner/all.jsonl")
        #expect(inbox.subfolders.map(\.path) == ["credit/notes", "credit"])
    }

    @Test func aSubfolderChangesWhatItNamesAndNothingElse() throws {
        let configuration = try ConfigurationText.read(
            ConfigurationText.smallest + """
                    max_tokens: 50
                    subfolders:
                      a: {schema: a.json}
                      a/b: {max_tokens: 60}
                """)
        let inbox = try #require(configuration.inboxes.first)
        #expect(inbox.reading(of: "x.pdf") == inbox.reading)
        #expect(inbox.reading(of: "a.pdf") == inbox.reading)
        #expect(inbox.reading(of: "a/x.pdf").schema == "/etc/gleaner/a.json")
        #expect(inbox.reading(of: "a/x.pdf").maximumTokens == 50)
        #expect(inbox.reading(of: "a/b/c/x.pdf").schema == "/etc/gleaner/invoice.json")
        #expect(inbox.reading(of: "a/b/c/x.pdf").maximumTokens == 60)
    }

    @Test func textsNeedNoQuotes() throws {
        let configuration = try ConfigurationText.read(
            ConfigurationText.smallest.replacing("schema:", with: "name: 2026\n    schema:"))
        #expect(configuration.inboxes.first?.name == "2026")
    }

    @Test func theSampleIsAConfiguration() throws {
        let sample = try Repository.bytes(of: Repository.path("packaging/gleaner.yaml"))
        let configuration = try DropFolderConfiguration(yaml: sample, path: "/etc/gleaner/gleaner.yaml")
        #expect(configuration.state == "/var/lib/gleaner")
        // What it shows as a comment has to be right too.
        var text = String(decoding: sample, as: UTF8.self)
        text.replace(/(?m)^( *)# (?=[a-z_]+:| )/) { $0.output.1 }
        let full = try DropFolderConfiguration(yaml: Array(text.utf8), path: "/etc/gleaner/gleaner.yaml")
        #expect(full.monitoring.port == 9464)
        #expect(full.inboxes.first?.subfolders.count == 1)
    }

    @Test func theReferenceInDocsIsTheTableOfKeys() throws {
        let page = try Repository.bytes(of: Repository.path("docs/configuration.md"))
        #expect(
            String(decoding: page, as: UTF8.self) == ConfigurationReference.markdown,
            "write ConfigurationReference.markdown to docs/configuration.md")
    }

    @Test func theConfigurationIsFoundWhereItWasNamedOrInTheUsualPlaces() throws {
        let folder = try TemporaryFolder()
        func locate(_ flag: String?, _ environment: [String: String]) throws -> String {
            try DropFolderConfiguration.locate(flag: flag, environment: environment, workingFolder: folder.path)
        }
        #expect(try locate("a.yaml", ["GLEANER_CONFIG": "/b.yaml"]) == folder.path + "/a.yaml")
        #expect(try locate(nil, ["GLEANER_CONFIG": "/b.yaml"]) == "/b.yaml")
        try folder.write("gleaner.yaml", Array(ConfigurationText.smallest.utf8))
        #expect(try locate(nil, ["GLEANER_CONFIG": ""]) == folder.path + "/gleaner.yaml")
        let configuration = try DropFolderConfiguration.load("gleaner.yaml", workingFolder: folder.path)
        #expect(configuration.inboxes.first?.reading.schema == folder.path + "/invoice.json")
        let error = #expect(throws: ConfigurationError.self) {
            try DropFolderConfiguration.load("none.yaml", workingFolder: folder.path)
        }
        #expect(error?.description.contains("\(folder.path)/none.yaml: the configuration cannot be read") == true)
    }
}
