import ArgumentParser
import DropFolder

struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Read every document that is dropped into the inboxes, until stopped.",
        discussion: """
            A file is taken when nobody writes to it any more. Its record goes to `records`, the file itself to `done`; a document \
            that cannot be read goes to `failed` with a NAME.error.json that says why. What happens in between survives a crash \
            at any moment: nothing is lost, nothing is read twice. On a terminal a line for each document is shown; under systemd \
            everything goes to the journal.

            SIGTERM and Ctrl-C finish the document in hand and stop; SIGHUP reads the configuration again.

            EXAMPLES
              gleaner watch
              gleaner watch --config /etc/gleaner/gleaner.yaml
              gleaner watch --set log.level=debug --set monitoring.port=9188

            ENVIRONMENT
              GLEANER_CONFIG    the configuration
              GLEANER_MODEL     the model, unless the configuration names one
              NO_COLOR          no colours on the terminal
            """)

    @OptionGroup var options: ConfigurationOptions

    @Flag(help: "Take folders that lie on another file system than before as they are now.")
    var acceptMounts = false

    func run() async throws {
        try await reportingFailures {
            try await DropFolderRun(options, isDrain: false, acceptsNewMounts: acceptMounts).watch()
        }
    }
}

struct DrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drain",
        abstract: "Read every document that is in the inboxes now, then end.",
        discussion: """
            Like `gleaner watch`, for batches and timers. Files that are still being written are left for the next time. The exit code is \
            0 when every document gave a record, 65 when some went to `failed`, and 75 when something kept the work from being \
            done: a full disk, a folder that is not mounted, an engine that does not answer.

            EXAMPLES
              gleaner drain
              gleaner drain --config batch.yaml && mail -s "records are there" office < summary.txt
            """)

    @OptionGroup var options: ConfigurationOptions

    @Flag(help: "Take folders that lie on another file system than before as they are now.")
    var acceptMounts = false

    func run() async throws {
        try await reportingFailures {
            try await DropFolderRun(options, isDrain: true, acceptsNewMounts: acceptMounts).drain()
        }
    }
}
