import DropFolder
import Files
import Foundation
import TestSupport

/// Drops documents as people and programs do, step by step, and remembers every one of them.
struct SoakStream {
    private let folder: SoakFolder
    private(set) var account = SoakAccount()
    private var random: SeededGenerator
    private var number = 0
    private var writers: [SlowWriter] = []
    private var chains: [Chain] = []
    /// What the ledger has, as far as it was looked at.
    private var captured: Set<Place> = []
    private var lastArrival: Int64 = 0
    private var unfinished = 0
    private var nextLook = ContinuousClock.now
    /// Without leases nobody can tell that a file is still open.
    private let seesWriters: Bool

    /// A file under its whole path with these bytes.
    private struct Place: Hashable {
        let path: String
        let sha256: String
    }

    /// A file that is written in three parts, with pauses.
    private struct SlowWriter {
        let file: FileHandle
        var parts: [ArraySlice<UInt8>]
        var next: ContinuousClock.Instant
    }

    /// A name that gets new bytes as soon as the old ones are safe.
    private struct Chain {
        let inbox: String
        let path: String
        var sha256: String
        var versionsLeft: Int
    }

    /// The daemon may fall behind so far; then the stream waits.
    private static let mostUnfinished = 40

    init(_ folder: SoakFolder, seed: UInt64) throws {
        self.folder = folder
        random = SeededGenerator(seed: seed)
        let probe = folder.staging + "/probe"
        try Data([1]).write(to: URL(fileURLWithPath: probe))
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: probe))
        seesWriters = Files.hasWriter(probe) == true
        try file.close()
        try Files.remove(probe)
    }

    /// Whether nothing is half done.
    var isSettled: Bool { writers.isEmpty && chains.isEmpty }

    /// Goes on with what was begun, and drops something new unless the stream ends.
    mutating func step(isEnding: Bool = false) throws {
        try write()
        try lookAtLedger()
        try rewrite()
        guard !isEnding, unfinished + account.versions.count - captured.count < Self.mostUnfinished else { return }
        try drop()
    }

    private mutating func lookAtLedger() throws {
        guard ContinuousClock.now >= nextLook, let ledger = folder.ledger else { return }
        nextLook = .now + .milliseconds(50)
        while true {
            let entries = try ledger.auditEntries(after: lastArrival, limit: 500)
            for entry in entries {
                let path = "\(entry.arrival.inbox)/\(entry.arrival.path)"
                captured.insert(Place(path: path, sha256: entry.key?.sha256 ?? ""))
            }
            guard let last = entries.last else { break }
            lastArrival = last.arrival.id
        }
        unfinished = try ledger.counts().unfinished
    }
}

// What is dropped.
extension SoakStream {
    private mutating func drop() throws {
        let inbox = random.happens(0.7) ? "inbox" : "post"
        switch Int.random(in: 0..<24, using: &random) {
        case 0..<9: try put(document(), in: inbox)
        case 9..<12: try moveIn(document(), inbox)
        case 12, 13:
            let document = document()
            try put(document, in: inbox)
            try put(document, in: random.happens(0.5) ? inbox : "post")
        case 14, 15:
            guard let bytes = account.documents.randomElement(using: &random),
                let content = account.contents[SoakAccount.sha256(bytes)]
            else { return }
            try put((bytes, content), in: inbox)
        case 16, 17: try put((broken(), .broken), in: inbox)
        case 18, 19: try writeSlowly(document(), inbox)
        case 20, 21: try beginChain(inbox)
        case 22: try overwriteAtOnce(inbox)
        default: try moveTreeIn(inbox)
        }
    }

    private typealias Document = (bytes: [UInt8], content: SoakAccount.Content)

    private mutating func document() -> Document {
        number += 1
        guard random.happens(0.4) else { return (SmallDocuments.png(number), .pages(1)) }
        let pageCount = Int.random(in: 1...4, using: &random)
        return (SmallDocuments.pdf(number, pageCount: pageCount), .pages(pageCount))
    }

    private mutating func broken() -> [UInt8] {
        number += 1
        return switch Int.random(in: 0..<8, using: &random) {
        case 0: []
        case 1..<4: Array("%PDF-1.4\nno document \(number)".utf8)
        default: Array("no document \(number)".utf8)
        }
    }

    /// Names come again, so that those in the output folders are taken.
    private mutating func newPath(_ inbox: String) throws -> String {
        while true {
            let place = ["", "", "a/", "a/b/", "c d/", "\u{e9}/"].randomElement(using: &random) ?? ""
            let path = "\(folder.root)/\(inbox)/\(place)\(Int.random(in: 0..<60, using: &random)).bin"
            try Files.makeFolder((path as NSString).deletingLastPathComponent)
            if try Files.identity(of: path) == nil, !chains.contains(where: { $0.path == path }) { return path }
        }
    }

    private mutating func put(_ document: Document, in inbox: String) throws {
        try Self.create(newPath(inbox), document.bytes)
        account.add(document.bytes, document.content, inbox: inbox)
    }

    private mutating func moveIn(_ document: Document, _ inbox: String) throws {
        let staged = folder.staging + "/file"
        try Self.create(staged, document.bytes)
        try Files.move(staged, to: newPath(inbox))
        account.add(document.bytes, document.content, inbox: inbox)
    }

    private mutating func moveTreeIn(_ inbox: String) throws {
        number += 1
        let tree = folder.staging + "/tree"
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let document = document()
            let place = random.happens(0.5) ? "deep/er" : "deep"
            try FileManager.default.createDirectory(atPath: "\(tree)/\(place)", withIntermediateDirectories: true)
            try Self.create("\(tree)/\(place)/\(number).bin", document.bytes)
            account.add(document.bytes, document.content, inbox: inbox)
        }
        try FileManager.default.moveItem(atPath: tree, toPath: "\(folder.root)/\(inbox)/tree \(number)")
    }

    /// The first version has no time to be seen: it may be lost.
    private mutating func overwriteAtOnce(_ inbox: String) throws {
        let path = try newPath(inbox)
        let first = document()
        let second = document()
        try Self.create(path, first.bytes)
        account.add(first.bytes, first.content, inbox: inbox, mustBeKept: false)
        try replace(path, second.bytes)
        account.add(second.bytes, second.content, inbox: inbox)
    }

    private mutating func writeSlowly(_ document: Document, _ inbox: String) throws {
        let path = try newPath(inbox)
        try Self.create(path, [])
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        let third = document.bytes.count / 3
        let parts = [document.bytes[..<third], document.bytes[third..<(2 * third)], document.bytes[(2 * third)...]]
        writers.append(SlowWriter(file: file, parts: parts, next: .now))
        account.add(document.bytes, document.content, inbox: inbox)
    }

    private mutating func write() throws {
        for index in writers.indices.reversed() where ContinuousClock.now >= writers[index].next {
            try writers[index].file.write(contentsOf: writers[index].parts.removeFirst())
            if writers[index].parts.isEmpty {
                try writers.remove(at: index).file.close()
            } else {
                // Longer than the quiet time, where a writer can be seen.
                let pause = seesWriters ? Int.random(in: 150...400, using: &random) : 20
                writers[index].next = .now + .milliseconds(pause)
            }
        }
    }

    private mutating func beginChain(_ inbox: String) throws {
        let path = try newPath(inbox)
        let document = document()
        try Self.create(path, document.bytes)
        account.add(document.bytes, document.content, inbox: inbox)
        chains.append(
            Chain(
                inbox: inbox, path: path, sha256: SoakAccount.sha256(document.bytes),
                versionsLeft: Int.random(in: 1...3, using: &random)))
    }

    private mutating func rewrite() throws {
        for index in chains.indices.reversed()
        where captured.contains(Place(path: chains[index].path, sha256: chains[index].sha256)) {
            let document = document()
            try replace(chains[index].path, document.bytes)
            account.add(document.bytes, document.content, inbox: chains[index].inbox)
            chains[index].sha256 = SoakAccount.sha256(document.bytes)
            chains[index].versionsLeft -= 1
            // The last version is never written over.
            if chains[index].versionsLeft == 0 { chains.remove(at: index) }
        }
    }

    /// New bytes under the same name: written over the old ones, or moved into their place.
    private mutating func replace(_ path: String, _ bytes: [UInt8]) throws {
        if random.happens(0.5) {
            let staged = folder.staging + "/file"
            try Self.create(staged, bytes)
            guard rename(staged, path) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        } else {
            try Self.create(path, bytes, flags: O_TRUNC)
        }
    }

    private static func create(_ path: String, _ bytes: [UInt8], flags: Int32 = O_EXCL) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0o644)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try file.write(contentsOf: bytes)
        try file.close()
    }
}
