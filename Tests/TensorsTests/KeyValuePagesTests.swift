import Tensors
import Testing

@Suite("Pages of keys and values")
struct KeyValuePagesTests {
    private let shape = AttentionShape(heads: 4, keyValueHeads: 2, headDimension: 32)

    private func pages(_ positions: Int, _ format: KeyValueFormat = .float16) -> KeyValuePages {
        var pages = KeyValuePages(layers: 3, shape: shape, format: format)
        let reserved = pages.reserve(0..<positions)
        #expect(reserved)
        return pages
    }

    @Test("memory grows by pages of 128 positions, as large as the format says")
    func sizes() {
        #expect(pages(0).byteCount == 0 && pages(1).capacity == 128 && pages(129).capacity == 256)
        // Two times layers, heads, dimension and positions.
        let numbers = 2 * 3 * 2 * 32 * 128
        #expect(pages(128, .float32).byteCount == 4 * numbers)
        #expect(pages(128, .float16).byteCount == 2 * numbers)
        #expect(pages(128, .quantized8).byteCount == numbers + numbers / 16)
    }

    @Test("copies share all pages but those that are written")
    func sharing() {
        let original = pages(300)
        var branch = original
        #expect(branch.sharedByteCount(with: original) == 3 * original.pageBytes)
        // The third page is begun: the branch gets its own, and a fourth.
        let extended = branch.reserve(300..<400)
        #expect(extended && branch.capacity == 512)
        #expect(branch.sharedByteCount(with: original) == 2 * original.pageBytes)
        var other = original
        other.truncate(to: 128)
        #expect(other.capacity == 128 && other.sharedByteCount(with: branch) == original.pageBytes)
        let continued = other.reserve(128..<140)
        #expect(continued && other.sharedByteCount(with: original) == original.pageBytes)
        #expect(pages(300).sharedByteCount(with: original) == 0)
    }

    @Test("what is taken is not shared, and leaves nothing behind")
    func taking() {
        var original = pages(200)
        let taken = original.taken()
        #expect(original.capacity == 0 && taken.capacity == 256 && taken.sharedByteCount(with: original) == 0)
    }

    @Test("more memory than there is leaves the pages as they were")
    func exhaustion() {
        let large = AttentionShape(heads: 1 << 20, keyValueHeads: 1 << 20, headDimension: 1 << 20)
        var pages = KeyValuePages(layers: 1, shape: large, format: .float32)
        let reserved = pages.reserve(0..<1)
        #expect(!reserved && pages.byteCount == 0)
    }

    @Test("heads that are no multiple of 32 cannot be Q8_0")
    func dimensions() {
        #expect(!KeyValueFormat.quantized8.holds(headDimension: 48) && KeyValueFormat.float16.holds(headDimension: 48))
        #expect(KeyValueFormat.quantized8.holds(headDimension: 64))
        #expect(KeyValueFormat.allCases.map(\.rawValue) == ["f32", "f16", "q8_0"])
    }
}
