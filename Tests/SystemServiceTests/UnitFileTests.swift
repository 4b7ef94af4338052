import Foundation
import TestSupport
import Testing

/// packaging/gleaner.service, as systemd judges it.
@Suite(.enabled(if: SystemdAnalyze.isInstalled, "systemd-analyze is not installed"))
struct UnitFileTests {
    @Test func theUnitIsClosed() throws {
        let unit = Repository.path("packaging/gleaner.service")
        let result = try SystemdAnalyze.run("security", "--offline=true", "--no-pager", unit)
        let figure = try #require(result.output.firstMatch(of: /exposure level for gleaner.service: ([0-9.]+)/)?.1)
        let exposure = try #require(Double(figure))
        #expect(exposure <= 1.0, "\(result.output)")
        let documentation = try Repository.bytes(of: Repository.path("docs/service.md"))
        #expect(
            String(decoding: documentation, as: UTF8.self).contains("level for gleaner.service: \(figure) "),
            "docs/service.md has another figure than \(figure)")
    }

    @Test func theUnitHasNoMistakes() throws {
        let files = FileManager.default
        let root = try TemporaryFolder()
        let units = ["/usr/lib/systemd/system", "/lib/systemd/system"].first { files.fileExists(atPath: $0) }
        let system = try #require(units, "systemd is installed without its units")
        for folder in ["/usr/bin", "/bin", "/usr/lib/systemd", "/etc/systemd/system"] {
            try files.createDirectory(atPath: root.path + folder, withIntermediateDirectories: true)
        }
        try files.copyItem(atPath: system, toPath: root.path + "/usr/lib/systemd/system")
        // What the unit starts has to be there.
        for program in ["usr/bin/gleaner", "bin/kill"] {
            let path = try root.write(program, Array("#!/bin/sh\n".utf8))
            try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        }
        try root.write(
            "etc/systemd/system/gleaner.service",
            try Repository.bytes(of: Repository.path("packaging/gleaner.service")))
        let result = try SystemdAnalyze.run("verify", "--root=" + root.path, "gleaner.service")
        #expect(result.code == 0, "\(result.output)")
        #expect(result.output == "")
    }
}

private enum SystemdAnalyze {
    static let isInstalled = FileManager.default.isExecutableFile(atPath: program)
    private static let program = "/usr/bin/systemd-analyze"

    static func run(_ arguments: String...) throws -> (code: Int32, output: String) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
