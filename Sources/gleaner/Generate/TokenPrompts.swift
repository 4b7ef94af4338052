import ArgumentParser
import JSONSchema

/// Prompts as token ids: a JSON array of whole numbers on each line.
enum TokenPrompts {
    static func read(_ path: String) throws(FileFailure) -> [[Int]] {
        var prompts: [[Int]] = []
        for (number, line) in try InputFile.read(path).split(separator: UInt8(ascii: "\n")).enumerated() {
            let place = "\(path), prompt \(number + 1)"
            let value = try JSONFile.value(of: Array(line), path: place)
            let ids = (value.arrayValue ?? []).map(\.intValue)
            guard !ids.isEmpty, ids.allSatisfy({ $0 != nil }) else {
                throw FileFailure(
                    message: "\(place): this is no array of token ids, such as [1, 3, 1234, 4]", code: .usage)
            }
            prompts.append(ids.compactMap(\.self))
        }
        guard !prompts.isEmpty else {
            throw FileFailure(message: "\(path): there is no prompt in it", code: .emptyFile)
        }
        return prompts
    }
}
