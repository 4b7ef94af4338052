import Files
import Foundation
import JSONSchema

/// Compares what lies in the folders at the end with what was dropped, without the ledger.
struct SoakVerdict {
    let folder: SoakFolder
    let account: SoakAccount

    func problems() throws -> [String] {
        try documents() + records() + jsonLines() + csvLines() + leftovers()
    }

    /// Every version is in done or in failed, as often as it was dropped, with its bytes intact.
    private func documents() throws -> [String] {
        let failed = SoakFolder.files(in: folder.failed)
        return try account.problems(in: "done", count(folder.done, SoakFolder.files(in: folder.done))) { $0 != .broken }
            + account.problems(in: "failed", count(folder.failed, failed.filter { !isError($0) })) { $0 == .broken }
            + failed.filter { !isError($0) && !failed.contains(Self.stem($0) + ".error.json") }
            .map { "failed/\($0): it has no error beside it" }
            + failed.filter(isError).compactMap { try errorProblem($0) }
    }

    private func isError(_ path: String) -> Bool { path.hasSuffix(".error.json") }

    private func errorProblem(_ path: String) throws -> String? {
        let error = try json(folder.failed + "/" + path)
        let document = folder.failed + "/" + path.replacingOccurrences(of: ".error.json", with: ".bin")
        guard error["code"]?.stringValue?.isEmpty == false, try Files.isRegularFile(document),
            try error["sha256"]?.stringValue == Files.sha256(of: document)
        else { return "failed/\(path): it is not about the document beside it" }
        return nil
    }

    /// Every document in done has one record under its name, made from its bytes and all of their pages.
    private func records() throws -> [String] {
        let done = Set(SoakFolder.files(in: folder.done).map(Self.stem))
        let records = Set(SoakFolder.files(in: folder.records).map(Self.stem))
        var problems = done.symmetricDifference(records).map { "\($0): a record without a document, or the reverse" }
        for name in done.intersection(records) {
            let sha256 = try Files.sha256(of: "\(folder.done)/\(name).bin")
            let record = try json("\(folder.records)/\(name).json")
            guard record["sha256"]?.stringValue == sha256, let pageCount = record["pages"]?.intValue,
                account.contents[sha256] == .pages(pageCount)
            else {
                problems.append("records/\(name).json: it is not about the document of that name and all of its pages")
                continue
            }
        }
        return problems
    }

    private func jsonLines() throws -> [String] {
        let text = try String(contentsOfFile: folder.lines, encoding: .utf8)
        guard text.hasSuffix("\n") else { return ["JSONL: the last line is torn"] }
        var problems: [String] = []
        var ids: Set<Int> = []
        var found: [String: Int] = [:]
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            guard let value = try? JSONValue(parsing: Array(line.utf8)), let id = value["id"]?.intValue,
                let sha256 = value["sha256"]?.stringValue, value["record"]?["sha256"]?.stringValue == sha256,
                let pageCount = value["pages"]?.intValue, account.contents[sha256] == .pages(pageCount)
            else {
                problems.append("JSONL: a line is not a whole record: \(line)")
                continue
            }
            if !ids.insert(id).inserted { problems.append("JSONL: arrival \(id) has two lines") }
            found[sha256, default: 0] += 1
        }
        return try problems + account.problems(in: "JSONL", found) { $0 != .broken } + same(found, as: "JSONL")
    }

    private func csvLines() throws -> [String] {
        var lines = try String(contentsOfFile: folder.csv, encoding: .utf8).components(separatedBy: "\r\n")
        guard lines.popLast() == "" else { return ["CSV: the last line is torn"] }
        guard lines.first == "id,file,sha256,pages" else { return ["CSV: the first line is not the header"] }
        var problems: [String] = []
        var ids: Set<String> = []
        var found: [String: Int] = [:]
        for line in lines.dropFirst() {
            let cells = line.components(separatedBy: ",")
            guard cells.count == 4, let pageCount = Int(cells[3]), account.contents[cells[2]] == .pages(pageCount)
            else {
                problems.append("CSV: a line is not a whole record: \(line)")
                continue
            }
            if !ids.insert(cells[0]).inserted { problems.append("CSV: arrival \(cells[0]) has two lines") }
            found[cells[2], default: 0] += 1
        }
        return try problems + account.problems(in: "CSV", found) { $0 != .broken } + same(found, as: "CSV")
    }

    private func same(_ found: [String: Int], as name: String) throws -> [String] {
        try found == count(folder.done, SoakFolder.files(in: folder.done))
            ? [] : ["\(name): it is not a list of what is in done"]
    }

    /// No files beside those that were asked for: nothing in the inboxes, the spool, or under temporary names.
    private func leftovers() -> [String] {
        let waiting = ["inbox", "post"].flatMap { inbox in
            SoakFolder.files(in: "\(folder.root)/\(inbox)").filter { $0 != ".gleaner-inbox" }.map { "\(inbox)/\($0)" }
        }
        let spool = SoakFolder.files(in: folder.configuration.state + "/spool").map { "state/spool/\($0)" }
        let hidden = ["records", "done", "failed", "lines", "state"].flatMap { name in
            SoakFolder.files(in: "\(folder.root)/\(name)").filter { $0.split(separator: "/").last?.first == "." }
                .map { "\(name)/\($0)" }
        }
        return (waiting + spool + hidden).map { "\($0): it was left behind" }
    }

    private func count(_ folder: String, _ files: [String]) throws -> [String: Int] {
        var found: [String: Int] = [:]
        for file in files { found[try Files.sha256(of: "\(folder)/\(file)"), default: 0] += 1 }
        return found
    }

    private func json(_ path: String) throws -> JSONValue { try JSONValue(parsing: Files.read(path, limit: 1 << 20)) }

    /// `a/b.error.json` and `a/b.bin` → `a/b`.
    private static func stem(_ path: String) -> String {
        for suffix in [".error.json", ".json", ".bin"] where path.hasSuffix(suffix) {
            return String(path.dropLast(suffix.count))
        }
        return path
    }
}
