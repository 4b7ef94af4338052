import DropFolder
import Foundation
import TestSupport
import Testing

struct ConfigurationFolderTests {
    private func problems(
        state: String = "/srv/state", inbox: String = "/srv/in", records: String = "/srv/records",
        done: String = "/srv/done", failed: String = "/srv/failed", more: String = ""
    ) -> [String] {
        ConfigurationText.problems(
            """
            state: \(state)
            inboxes:
              - {path: \(inbox), schema: a.json, records: \(records), done: \(done), failed: \(failed)}
            \(more)
            """)
    }

    @Test func foldersBesideEachOtherAreFine() {
        #expect(problems() == [])
        #expect(problems(inbox: "/srv/records2") == [])
    }

    @Test func noFolderLiesInAnother() {
        #expect(
            problems(records: "/srv/in/records").first?.contains("lies in an inbox: /srv/in (inboxes.0.path)") == true)
        #expect(problems(done: "/srv/in").first?.contains("is an inbox") == true)
        #expect(problems(failed: "/srv/in/../in/x").count == 1)
        #expect(problems(inbox: "/srv/state/in").first?.contains("lies in the state folder") == true)
        #expect(problems(state: "/srv/in/state").first?.contains("holds the state folder") == true)
        #expect(problems(inbox: "/srv/done/in").count == 1)
        #expect(problems(done: "/srv/failed").first?.contains("inboxes.0.failed") == true)
        #expect(problems(inbox: "/").isEmpty == false)
    }

    @Test func inboxesShareOutputsButNotEachOther() {
        let rest = "schema: a.json, records: /srv/records, done: /srv/done, failed: /srv/failed}"
        #expect(problems(more: "  - {path: /srv/in2, \(rest)") == [])
        let nested = problems(more: "  - {path: /srv/in/two, \(rest)")
        #expect(nested.count == 1)
        #expect(nested.first?.contains(":4:12: inboxes.1.path: /srv/in/two lies in an inbox: /srv/in") == true)
        let named = problems(more: "  - {path: /mnt/in, \(rest)")
        #expect(named.first?.contains("\"in\" is the name of inboxes.0 too") == true)
        let crossed = "schema: a.json, records: /srv/r2, done: /srv/failed, failed: /srv/f2}"
        #expect(problems(more: "  - {path: /srv/in2, \(crossed)").count == 1)
    }

    @Test func linksAreFollowed() throws {
        let folder = try TemporaryFolder()
        let files = FileManager.default
        try files.createDirectory(atPath: folder.path + "/inbox", withIntermediateDirectories: false)
        try files.createSymbolicLink(atPath: folder.path + "/link", withDestinationPath: folder.path + "/inbox")
        let found = problems(inbox: folder.path + "/inbox", records: folder.path + "/link/records")
        #expect(found.count == 1)
    }

    @Test func oneFileOfColumnsHasOneSchema() {
        let second = "path: /srv/in2, records: /srv/records, done: /srv/done, failed: /srv/failed, csv: /srv/all.csv"
        let first =
            "state: /s\ninboxes:\n  - {path: /srv/in, schema: a.json, records: /srv/records, done: /srv/done, "
            + "failed: /srv/failed, csv: /srv/all.csv}\n"
        #expect(ConfigurationText.problems(first + "  - {\(second), schema: a.json}") == [])
        #expect(ConfigurationText.problems(first + "  - {\(second), schema: b.json}").count == 1)
    }
}
