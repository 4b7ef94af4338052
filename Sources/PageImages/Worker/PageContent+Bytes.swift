extension PageContent {
    private static let maximumWords = 1 << 20
    private static let maximumWordBytes = 4096

    /// As it travels through the arena. Words beyond the room there are left out, with a complaint.
    var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.write(origin.rawValue)
        writer.write(resolution ?? 0)
        writer.write(isBlank)
        var complaints = complaints.prefix(WorkerReply.maximumComplaints - 1)
        var texts = ByteWriter()
        var count: UInt32 = 0
        // Complaints and numbers need the least of the last megabyte of room.
        for word in words.prefix(Self.maximumWords) {
            if texts.bytes.count > WorkerReply.maximumContentBytes - (1 << 20) { break }
            texts.write(word.text, limit: Self.maximumWordBytes)
            for number in [word.x, word.y, word.width, word.height] { texts.write(number.isFinite ? number : 0) }
            count += 1
        }
        if count < words.count {
            complaints.append("the text layer has \(words.count) words, \(count) are kept")
        }
        writer.write(complaints: Array(complaints))
        writer.write(count)
        return writer.bytes + texts.bytes
    }

    /// nil for what is no content.
    init?(_ bytes: some Sequence<UInt8>) {
        var reader = ByteReader(bytes)
        guard let origin = reader.read(UInt8.self).flatMap(PageOrigin.init(rawValue:)),
            let resolution = reader.readDouble(), resolution >= 0, let isBlank = reader.readBool(),
            let complaints = reader.readComplaints()
        else { return nil }
        guard let wordCount: UInt32 = reader.read(), wordCount <= Self.maximumWords else { return nil }
        var words: [PageWord] = []
        for _ in 0..<wordCount {
            guard let text = reader.readText(limit: Self.maximumWordBytes), let x = reader.readDouble(),
                let y = reader.readDouble(), let width = reader.readDouble(), let height = reader.readDouble()
            else { return nil }
            words.append(PageWord(text: text, x: x, y: y, width: width, height: height))
        }
        guard reader.isAtEnd else { return nil }
        self.init(
            words: words, origin: origin, resolution: resolution > 0 ? resolution : nil, isBlank: isBlank,
            complaints: complaints)
    }
}
