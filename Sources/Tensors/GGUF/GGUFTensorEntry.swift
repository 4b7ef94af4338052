/// What the header of a GGUF file says about one tensor, checked as far as that is possible without the data's start.
struct GGUFTensorEntry {
    /// Four times what ggml allows.
    private static let longestName = 255
    private static let mostExtents = 4

    let name: String
    private let type: TensorType
    private let shape: [Int]
    private let byteCount: Int
    /// From the start of the data.
    private let offset: Int

    init(_ cursor: inout GGUFCursor, alignment: Int) throws(GGUFError) {
        let path = cursor.file.path
        let name = try cursor.name("the name of a tensor", limit: Self.longestName)
        func failure(_ reason: String) -> GGUFError { .entry(path: path, tensor: name, reason: reason) }

        let extentCount = try cursor.integer(UInt32.self, "a number of extents")
        guard extentCount <= Self.mostExtents else {
            throw failure("it claims \(extentCount) extents, more than the \(Self.mostExtents) allowed")
        }
        var extents: [Int] = []
        for _ in 0..<extentCount {
            let extent = try cursor.integer(UInt64.self, "an extent")
            guard extent > 0, let extent = Int(exactly: extent) else {
                throw failure("\(extent) is not a possible extent")
            }
            extents.append(extent)
        }
        let number = try cursor.integer(UInt32.self, "the type of a tensor")
        guard let type = TensorType(rawValue: number) else { throw failure(Self.unsupported(number)) }
        let columns = extents.first ?? 1
        guard columns.isMultiple(of: type.weightsPerBlock) else {
            throw failure("rows of \(columns) weights are no whole number of \(type) blocks of \(type.weightsPerBlock)")
        }
        var count = 1
        for extent in extents {
            let (product, overflow) = count.multipliedReportingOverflow(by: extent)
            guard !overflow else { throw failure("its shape is too large") }
            count = product
        }
        guard let byteCount = type.byteCount(weights: count) else { throw failure("its shape is too large") }
        let offset = try cursor.integer(UInt64.self, "the offset of a tensor")
        guard let offset = Int(exactly: offset) else { throw failure("its offset \(offset) is too large") }
        guard offset.isMultiple(of: alignment) else {
            throw failure("its offset \(offset) is not a multiple of the alignment, \(alignment)")
        }
        self.name = name
        self.type = type
        shape = extents.reversed()
        self.byteCount = byteCount
        self.offset = offset
    }

    /// The tensor, if the file has all its data.
    func tensor(in file: MemoryMappedFile, dataStart: Int) throws(GGUFError) -> GGUFTensor {
        let room = file.byteCount - dataStart
        guard offset <= room, byteCount <= room - offset else {
            throw .entry(
                path: file.path, tensor: name,
                reason: "\(byteCount) bytes at \(offset) do not lie in the \(max(0, room)) bytes of data; "
                    + "the file is incomplete: copy or download it again")
        }
        let start = dataStart + offset
        return GGUFTensor(name: name, type: type, shape: shape, place: start..<start + byteCount, file: file)
    }

    private static func unsupported(_ number: UInt32) -> String {
        let name = unsupportedTypes[number].map { "type \($0)" } ?? "type number \(number), which is unknown,"
        let supported = TensorType.allCases.map(\.name).joined(separator: ", ")
        return "\(name) is not supported, but \(supported) are; use a file with these"
    }

    /// Types that ggml has or had, and that models of this family do not come in.
    private static let unsupportedTypes: [UInt32: String] = [
        4: "Q4_2", 5: "Q4_3", 9: "Q8_1", 15: "Q8_K", 16: "IQ2_XXS", 17: "IQ2_XS", 18: "IQ3_XXS", 19: "IQ1_S",
        21: "IQ3_S", 22: "IQ2_S", 24: "I8", 25: "I16", 26: "I32", 27: "I64", 28: "F64", 29: "IQ1_M",
        31: "Q4_0_4_4", 32: "Q4_0_4_8", 33: "Q4_0_8_8", 34: "TQ1_0", 35: "TQ2_0", 36: "IQ4_NL_4_4",
        37: "IQ4_NL_4_8", 38: "IQ4_NL_8_8", 39: "MXFP4", 40: "NVFP4", 41: "Q1_0",
    ]
}
