import Foundation

/// Other programs that the tests compare with.
enum Command {
    static func succeeds(_ arguments: String...) -> Bool {
        (try? run(arguments))?.terminationStatus == 0
    }

    static func output(_ arguments: String...) throws -> [UInt8] {
        let pipe = Pipe()
        let process = try start(arguments, output: pipe)
        let bytes = Array(pipe.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        return bytes
    }

    private static func run(_ arguments: [String]) throws -> Process {
        let process = try start(arguments, output: FileHandle.nullDevice)
        process.waitUntilExit()
        return process
    }

    private static func start(_ arguments: [String], output: Any) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }
}
