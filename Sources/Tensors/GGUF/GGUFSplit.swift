/// Where a file stands among the parts of a split model, as its metadata say.
struct GGUFSplit: Equatable {
    private static let mostParts = 1_000

    let number: Int
    let count: Int

    /// nil for a whole model.
    init?(_ part: GGUFPart) throws(GGUFError) {
        let metadata = part.metadata
        guard let count = try metadata.ifPresent("split.count", metadata.integer), count != 1 else { return nil }
        let number = try metadata.integer("split.no")
        guard 2...Self.mostParts ~= count, 0..<count ~= number else {
            throw .split(
                path: part.file.path,
                reason: "it claims to be part \(number), from 0, of \(count), but 2 to \(Self.mostParts) are allowed")
        }
        self.number = number
        self.count = count
    }

    /// The end of the file name of a part, counted from 0.
    private func suffix(_ number: Int) -> String {
        func digits(_ number: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, 5 - text.count)) + text
        }
        return "-\(digits(number + 1))-of-\(digits(count)).gguf"
    }

    /// The paths of all parts, by the path of this one.
    func paths(_ path: String) throws(GGUFError) -> [String] {
        let suffix = suffix(number)
        guard path.hasSuffix(suffix) else {
            throw .split(
                path: path,
                reason: "it is part \(number + 1) of \(count), so its name must end in \"\(suffix)\"; rename it")
        }
        return (0..<count).map { path.dropLast(suffix.count) + self.suffix($0) }
    }
}

extension GGUFFile {
    /// The file, or all parts of the split model that it belongs to, at least one.
    static func parts(_ path: String) throws(GGUFError) -> [GGUFPart] {
        let opened = try GGUFPart(path: path)
        guard let split = try GGUFSplit(opened) else { return [opened] }
        var parts: [GGUFPart] = []
        for (number, name) in try split.paths(path).enumerated() {
            let part = number == split.number ? opened : try GGUFPart(path: name)
            guard let found = try GGUFSplit(part), found.number == number, found.count == split.count else {
                throw .split(
                    path: name,
                    reason: "its metadata do not say that it is part \(number + 1) of \(split.count); "
                        + "put all parts of one download into the folder")
            }
            parts.append(part)
        }
        let count = parts.reduce(0) { $0 + $1.tensors.count }
        let metadata = opened.metadata
        if let expected = try metadata.ifPresent("split.tensors.count", metadata.integer), expected != count {
            throw .split(
                path: path, reason: "all \(split.count) parts should have \(expected) tensors, but have \(count)")
        }
        return parts
    }
}
