import ArgumentParser
import Extraction
import PageImages

/// How documents are opened.
struct DocumentOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A password to try on encrypted documents; may be given several times. "
                + "--passwords keeps it out of the list of processes.",
            valueName: "text"))
    var password: [String] = []

    @Option(
        help: ArgumentHelp("A file of such passwords, one a line; - is standard input.", valueName: "file"),
        completion: .file())
    var passwords: String?

    @Option(help: "Whether documents are read even where the system cannot confine what parses them.")
    var sandbox: Sandbox = .required

    enum Sandbox: String, ExpressibleByArgument, CaseIterable {
        case required, optional
    }

    /// Those given, then those of the file, in order.
    func allPasswords() throws(FileFailure) -> [String] {
        guard let passwords else { return password }
        guard let list = PasswordList.passwords(in: try InputFile.read(passwords)) else {
            throw FileFailure(
                message:
                    "\(passwords): more than the \(PasswordList.mostPasswords) passwords that are tried; shorten it",
                code: .usage)
        }
        return password + list
    }

    /// What reads the documents. That nothing confines it is said, where that is allowed.
    func makeReader() throws(FileFailure) -> PageReader {
        var configuration = PageReaderConfiguration()
        configuration.requiresSandbox = sandbox == .required
        return try PageReader.started(configuration) { StandardError.write("gleaner: \($0)\n") }
    }
}
