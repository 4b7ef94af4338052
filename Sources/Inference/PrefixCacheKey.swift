import Mistral
import Tensors

/// What the keys and values of a prompt depend on: its tokens, its pictures, and how numbers are kept.
struct PrefixCacheKey: Sendable {
    private struct Picture: Hashable, Sendable {
        let image: PromptImage
        let digest: [UInt8]
    }

    /// Tokens between two hashes. Shorter beginnings are not worth keeping.
    static let hashedLength = 32

    let ids: [Int]
    /// Of the first 32, 64, ... tokens and the pictures among them.
    let hashes: [Int]
    let format: KeyValueFormat
    /// Those that are known, in order.
    private let pictures: [Picture]

    /// The tokens of a prompt up to its first picture that is not known.
    ///
    /// - Parameters:
    ///   - digests: of the pictures of the prompt, in order; empty or shorter if they are not known.
    ///   - imageTokenID: what stands for a part of a picture.
    init(_ prompt: PromptTokens, digests: [[UInt8]], format: KeyValueFormat, imageTokenID: Int) {
        pictures = zip(prompt.images, digests).prefix { !$0.1.isEmpty }.map { Picture(image: $0.0, digest: $0.1) }
        var following = pictures[...]
        let end = prompt.ids.indices.first { index in
            while let picture = following.first, picture.image.range.upperBound <= index { following.removeFirst() }
            return prompt.ids[index] == imageTokenID && following.first?.image.range.contains(index) != true
        }
        ids = Array(prompt.ids[..<(end ?? prompt.ids.count)])
        self.format = format
        hashes = Self.hashes(of: ids, pictures, format)
    }

    /// Tokens at the beginning that lead to the same keys and values.
    func commonPrefix(with other: PrefixCacheKey) -> Int {
        guard format == other.format else { return 0 }
        var common = 0
        while common < min(ids.count, other.ids.count), ids[common] == other.ids[common] { common += 1 }
        // Of pictures of the same size the tokens are the same.
        for index in 0..<max(pictures.count, other.pictures.count) {
            let pair = [self, other].map { $0.pictures.indices.contains(index) ? $0.pictures[index] : nil }
            guard pair[0] != pair[1] else { continue }
            common = min(common, pair.compactMap { $0?.image.start }.min() ?? common)
            break
        }
        return common
    }

    private static func hashes(of ids: [Int], _ pictures: [Picture], _ format: KeyValueFormat) -> [Int] {
        var hasher = Hasher()
        hasher.combine(format)
        var following = pictures[...]
        var hashes: [Int] = []
        hashes.reserveCapacity(ids.count / hashedLength)
        for (index, id) in ids.enumerated() {
            if let picture = following.first, picture.image.start == index {
                hasher.combine(picture)
                following.removeFirst()
            }
            hasher.combine(id)
            if (index + 1) % hashedLength == 0 { hashes.append(hasher.finalize()) }
        }
        return hashes
    }
}
