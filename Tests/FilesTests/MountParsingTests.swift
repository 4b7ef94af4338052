import Files
import Testing

struct MountParsingTests {
    @Test func fieldsAreFoundBehindOptionalOnes() throws {
        let mounts = Mount.parse(
            """
            22 28 0:20 / /sys rw,nosuid - sysfs sysfs rw
            36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 shared:7 - ext3 /dev/root rw,errors=continue
            """)
        #expect(mounts.map(\.id) == [22, 36])
        let mount = try #require(mounts.last)
        #expect(mount.root == "/mnt1")
        #expect(mount.mountPoint == "/mnt2")
        #expect(mount.type == "ext3")
        #expect(mount.source == "/dev/root")
    }

    @Test(arguments: [
        (#"/a\040b"#, "/a b"), (#"/a\011b\012c"#, "/a\tb\nc"), (#"/a\134040b"#, #"/a\040b"#), (#"/a\043"#, "/a#"),
        (#"/\303\274"#, "/ü"), (#"/ü\"#, #"/ü\"#), (#"/a\04"#, #"/a\04"#), (#"/a\999"#, #"/a\999"#),
        (#"/a\777"#, #"/a\777"#),
    ])
    func octalEscapesAreRead(escaped: String, plain: String) {
        let mounts = Mount.parse("1 0 0:5 / \(escaped) rw - tmpfs \(escaped) rw\n")
        #expect(mounts.first?.mountPoint == plain)
        #expect(mounts.first?.source == plain)
    }

    @Test func anEmptySourceIsEmpty() {
        #expect(Mount.parse("1 0 0:5 / /a rw - tmpfs  rw").first?.source == "")
    }

    @Test(arguments: [
        "", "\n\n", "1 2 3", "x 0 0:5 / /a rw - tmpfs none rw", "1 0 0:5 / /a rw shared:1 tmpfs none rw",
        "- - - - - - - - - -",
    ])
    func otherLinesAreLeftOut(line: String) {
        #expect(Mount.parse(line).isEmpty)
    }

    @Test func theTableOfThisSystemIsRead() throws {
        let text = String(decoding: try bytes(of: "/proc/self/mountinfo"), as: UTF8.self)
        #expect(Mount.parse(text).contains { $0.mountPoint == "/proc" && $0.type == "proc" })
        #expect(Mount.parse(text).count == text.split(separator: "\n").count)
    }
}
