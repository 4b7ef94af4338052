import DropFolder
import Foundation
import TestEngine

/// The drop folder with a test engine, in a process of its own that tests can kill: it may kill itself at a chosen moment too.
///
/// `drop-folder-test-daemon CONFIG [--drain] [--log FILE] [--page-seconds S] [--die-at POINT:COUNT]`
@main
struct TestDaemon {
    static func main() throws {
        let arguments = Arguments(CommandLine.arguments.dropFirst())
        let configuration = try DropFolderConfiguration.load(
            arguments.configuration, workingFolder: FileManager.default.currentDirectoryPath)
        var behaviour = InstantEngine.Behaviour()
        behaviour.log = arguments.log
        behaviour.secondsPerPage = arguments.pageSeconds
        let engine = InstantEngine(behaviour)
        let death = Death(arguments.death)
        var options = DropFolderDaemon.Options()
        options.isDrain = arguments.isDrain
        let daemon = try DropFolderDaemon(
            configuration, options: options, engine: { _ in engine },
            tell: { event in
                switch event {
                case .paused(let component, let reason): say("paused \(component): \(reason)")
                case .resumed(let component): say("resumed \(component)")
                case .failed(let note, let failure, _): say("failed \(note.path): \(failure.code)")
                case .done(let note, _, _): say("done \(note.path)")
                default: break
                }
            }, reached: death.reached)
        let stop = DispatchSource.makeSignalSource(signal: SIGTERM)
        signal(SIGTERM, SIG_IGN)
        stop.setEventHandler { daemon.stop() }
        stop.resume()
        say("ready")
        try daemon.run()
        say("stopped")
    }
}

/// Writes a line at once: what is said before a kill is said.
private func say(_ line: String) {
    try? FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
}

private struct Arguments {
    var configuration = ""
    var isDrain = false
    var log: String?
    var pageSeconds = 0.0
    var death: String?

    init(_ arguments: ArraySlice<String>) {
        var rest = arguments
        while let argument = rest.popFirst() {
            switch argument {
            case "--drain": isDrain = true
            case "--log": log = rest.popFirst()
            case "--page-seconds": pageSeconds = rest.popFirst().flatMap(Double.init) ?? 0
            case "--die-at": death = rest.popFirst()
            default: configuration = argument
            }
        }
    }
}
