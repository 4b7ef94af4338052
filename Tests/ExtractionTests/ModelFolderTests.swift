import Extraction
import Foundation
import TestSupport
import Testing

@Suite("Where models are found")
struct ModelFolderTests {
    /// A folder with `NAME/config.json` for every name.
    private func folder(_ names: String...) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in names {
            try FileManager.default.createDirectory(atPath: folder.path + "/" + name, withIntermediateDirectories: true)
            try folder.write(name + "/config.json", [])
        }
        return folder
    }

    @Test func theOptionComesBeforeTheEnvironmentBeforeTheDefault() throws {
        let folder = try folder("asked", "set", "models/gleaner-mini")
        let set = ["GLEANER_MODEL": folder.path + "/set"]
        let executable = folder.path + "/build/release/gleaner"
        func path(_ model: String?, _ environment: [String: String]) throws -> String {
            try ModelFolder(model: model, environment: environment, executable: executable).path
        }
        #expect(try path(folder.path + "/asked", set) == folder.path + "/asked")
        #expect(try path(nil, set) == folder.path + "/set")
        #expect(try path(nil, [:]) == folder.path + "/models/gleaner-mini")
        #expect(try path(nil, ["GLEANER_MODEL": ""]) == folder.path + "/models/gleaner-mini")
    }

    @Test func namesAreLookedForInTheDataFolders() throws {
        let home = try folder(".local/share/gleaner/models/large")
        let data = try folder("gleaner/models/large", "gleaner/models/other")
        func path(_ model: String, _ environment: [String: String]) throws -> String {
            try ModelFolder(model: model, environment: environment, executable: "/nowhere/gleaner").path
        }
        #expect(
            try path("large", ["HOME": home.path, "XDG_DATA_DIRS": data.path])
                == home.path + "/.local/share/gleaner/models/large")
        #expect(
            try path("large", ["HOME": home.path, "XDG_DATA_HOME": data.path]) == data.path + "/gleaner/models/large")
        #expect(
            try path("other", ["HOME": home.path, "XDG_DATA_DIRS": "/nowhere:" + data.path])
                == data.path + "/gleaner/models/other")
    }

    @Test func aModelThatIsNotThereIsSaidWithThePlaces() throws {
        let error = #expect(throws: ExtractionError.self) {
            try ModelFolder(model: "unheard-of", environment: [:], executable: "/nowhere/gleaner")
        }
        let text = try #require(error?.description)
        #expect(text.contains("unheard-of") && text.contains("--model"))
        #expect(text.contains("/nowhere/models") && text.contains("/var/lib/gleaner/models"))
        // A path is not looked for elsewhere.
        let path = #expect(throws: ExtractionError.self) {
            try ModelFolder(model: "./absent", environment: [:], executable: "/nowhere/gleaner")
        }
        #expect(path?.description.contains("/var/lib") == false)
    }
}
