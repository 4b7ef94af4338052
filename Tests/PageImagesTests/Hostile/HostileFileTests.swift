import Dispatch
import Foundation
import PageImages
import Synchronization
import TestPages
import TestSupport
import Testing

/// With GLEANER_HOSTILE_VERBOSE=1 what came of each file is printed.
@Suite("Hostile files", .serialized)
struct HostileFileTests {
    @Test("Each gives pages or the right error, within the limits; what is read beside and after them is right")
    func everyFile() async throws {
        // In a process of its own, so that the memory is that of the reader alone.
        let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            let files = try HostileFiles()
            let reader = HostileFiles.reader()
            let good = SmallDocuments.pdf(7, pageCount: 2)
            let right = try Self.pixels(of: good, reader)
            let memoryBefore = MemoryUse.resident()

            let failures = Self.failures(of: files, reader)
            #expect(failures.isEmpty, "\(failures.joined(separator: "\n"))")

            let growth = MemoryUse.resident() - memoryBefore
            let peak = reader.statistics.peakBytes
            let after = try Self.pixels(of: good, reader)
            #expect(after == right)
            #expect(growth < 20 << 20, "the reader's process grew by \(growth >> 10) KiB")
            #expect(peak <= HostileFiles.memoryMegabytes << 20, "a worker had \(peak >> 20) MiB")
            print(
                "\(files.expected.count) hostile files: \(reader.statistics.faults) workers lost, at most "
                    + "\(peak >> 20) MiB each; the reader's process grew by \(growth >> 10) KiB")
        }
        print(String(decoding: result?.standardOutputContent ?? [], as: UTF8.self), terminator: "")
    }

    /// A line for each file that led to something else than it should.
    private static func failures(of files: HostileFiles, _ reader: PageReader) -> [String] {
        let names = files.expected.keys.sorted()
        let printsAll = ProcessInfo.processInfo.environment["GLEANER_HOSTILE_VERBOSE"] != nil
        let failures = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: names.count) { index in
            let name = names[index]
            var outcome = (code: "", words: "")
            let time = ContinuousClock().measure {
                outcome = reader.outcome(of: files.path(name), limits: HostileFiles.limits)
            }
            let isRight = files.expected[name, default: []].contains(outcome.code)
            let line = "\(name): \(outcome.code) after \(time): \(outcome.words)"
            failures.withLock { lines in
                if printsAll { print(isRight ? "right" : "wrong", line) }
                if !isRight { lines.append(line) }
            }
        }
        return failures.withLock { $0 }
    }

    private static func pixels(of bytes: [UInt8], _ reader: PageReader) throws(DocumentError) -> [Raster] {
        let document = try reader.open(DocumentFile(bytes: bytes, name: "good.pdf"))
        var rasters: [Raster] = []
        for page in 1...document.pageCount { rasters.append(try document.render(page: page, resolution: 72)) }
        return rasters
    }
}

/// Memory of this process.
private enum MemoryUse {
    /// Bytes resident.
    static func resident() -> Int {
        let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * sysconf(Int32(_SC_PAGESIZE))
    }
}
