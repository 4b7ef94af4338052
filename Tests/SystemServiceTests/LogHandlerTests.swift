import Foundation
import Logging
import SystemService
import TestSupport
import Testing

struct LogHandlerTests {
    /// What a handler wrote to a file.
    private func written(_ make: (Int32) -> any LogHandler, _ log: (Logger) -> Void) throws -> String {
        let folder = try TemporaryFolder()
        let file = open(folder.path + "/log", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        defer { close(file) }
        log(Logger(label: "test") { _ in make(file) })
        return String(decoding: try Repository.bytes(of: folder.path + "/log"), as: UTF8.self)
    }

    private func journal(_ log: (Logger) -> Void) throws -> [UInt8] {
        let receiver = try DatagramReceiver()
        let handler = try JournalLogHandler(identifier: "gleaner", socket: receiver.address)
        log(Logger(label: "test") { _ in handler })
        return try receiver.receive()
    }

    @Test func theJournalGetsAFieldForEachPart() throws {
        let datagram = try journal { logger in
            var logger = logger
            logger[metadataKey: "inbox"] = "invoices"
            logger.warning("failed", metadata: ["document": "a b.pdf", "page-number": "3", "inbox": "other"])
        }
        #expect(
            String(decoding: datagram, as: UTF8.self) == """
                PRIORITY=4
                SYSLOG_IDENTIFIER=gleaner
                MESSAGE=failed
                GLEANER_DOCUMENT=a b.pdf
                GLEANER_INBOX=other
                GLEANER_PAGE_NUMBER=3

                """)
    }

    @Test func lineBreaksDoNotMakeFields() throws {
        let datagram = try journal { $0.info("a\nPRIORITY=0", metadata: ["é": "x\ny"]) }
        let message = Array("MESSAGE\n".utf8) + [12, 0, 0, 0, 0, 0, 0, 0] + Array("a\nPRIORITY=0\n".utf8)
        let field = Array("GLEANER___\n".utf8) + [3, 0, 0, 0, 0, 0, 0, 0] + Array("x\ny\n".utf8)
        #expect(datagram == Array("PRIORITY=6\nSYSLOG_IDENTIFIER=gleaner\n".utf8) + message + field)
    }

    @Test func aHugeMessageArrivesCut() throws {
        let datagram = try journal { logger in
            logger.info("\(String(repeating: "é", count: 1 << 20))", metadata: ["end": "reached"])
        }
        let text = try #require(String(validating: datagram, as: UTF8.self))
        #expect(text.contains("… (cut)\nGLEANER_END=reached\n"))
    }

    @Test func manyHugeFieldsLoseTheFieldsAndKeepTheMessage() throws {
        let huge = String(repeating: "x", count: 60_000)
        let fields = (0..<16).map { ("field\($0)", Logger.MetadataValue.string(huge)) }
        let datagram = try journal { $0.error("kept", metadata: Logger.Metadata(uniqueKeysWithValues: fields)) }
        #expect(String(decoding: datagram, as: UTF8.self) == "PRIORITY=3\nSYSLOG_IDENTIFIER=gleaner\nMESSAGE=kept\n")
    }

    @Test func aPlainLineHasTimeLevelMessageAndValues() throws {
        let text = try written({ PlainLogHandler(isCaptured: false, descriptor: $0) }) { logger in
            logger.notice("read", metadata: ["file": "my file.pdf", "pages": "3"])
        }
        let line = /[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{3}Z notice read file="my file\.pdf" pages=3\n/
        #expect(text.wholeMatch(of: line) != nil, "\(text)")
    }

    @Test func theJournalKnowsTheTimeAndTakesTheLevelFromTheFront() throws {
        let text = try written({ PlainLogHandler(isCaptured: true, descriptor: $0) }) { $0.critical("gone") }
        #expect(text == "<2>critical gone\n")
    }

    @Test func namesOfFilesCannotWriteToTheTerminal() throws {
        let name = "a\u{1B}[2J\r\nb\u{202E}fdp.c\u{9B}"
        let text = try written({ PlainLogHandler(isCaptured: true, descriptor: $0) }) { logger in
            logger.info("\(name)", metadata: ["file": "\(name)"])
        }
        let harmless = #"a\u{1B}[2J\u{D}\nb\u{202E}fdp.c\u{9B}"#
        #expect(text == "<6>info \(harmless) file=\(harmless)\n")
    }

    @Test func aJSONLineIsAnObject() throws {
        let text = try written({ JSONLogHandler(descriptor: $0) }) { logger in
            logger.error(
                "a \"b\"\n\u{1}", metadata: ["pages": .stringConvertible(3), "list": ["x", ["y": "z"]], "ok": "true"])
        }
        #expect(text.hasSuffix("}\n") && text.count { $0 == "\n" } == 1)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object["message"] as? String == "a \"b\"\n\u{1}")
        #expect(object["level"] as? String == "error")
        let fields = try #require(object["fields"] as? [String: Any])
        #expect(fields["pages"] as? Int == 3)
        #expect(fields["ok"] as? String == "true")
        #expect((fields["list"] as? [Any])?.count == 2)
    }

    @Test func anErrorIsAmongTheValues() throws {
        struct Trouble: Error, CustomStringConvertible {
            let description = "disk full"
        }
        let text = try written({ PlainLogHandler(isCaptured: true, descriptor: $0) }) { logger in
            logger.error("stopped", error: Trouble())
        }
        #expect(text == "<3>error stopped error=\"disk full\"\n")
    }

    @Test func theFormatChoosesTheHandler() {
        #expect(LogFormat.json.handler(identifier: "gleaner", level: .debug, environment: [:]) is JSONLogHandler)
        let auto = LogFormat.auto.handler(identifier: "gleaner", level: .debug, environment: ["JOURNAL_STREAM": "0:0"])
        #expect(auto is PlainLogHandler)
        #expect(auto.logLevel == .debug)
        var status = stat()
        #expect(fstat(STDERR_FILENO, &status) == 0)
        let stream = ["JOURNAL_STREAM": "\(status.st_dev):\(status.st_ino)"]
        let captured = LogFormat.auto.handler(identifier: "gleaner", level: .info, environment: stream)
        let isThereAJournal = access(JournalLogHandler.usualSocket, F_OK) == 0
        #expect((captured is JournalLogHandler) == isThereAJournal)
    }
}
