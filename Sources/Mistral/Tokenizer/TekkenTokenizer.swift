/// Tekken, the byte-level BPE tokenizer of Mistral models.
///
/// Ids below `specialTokenCount` are control tokens; id `specialTokenCount` + r is the byte string of rank r. Ranks
/// 0 to 255 are the single bytes, so every text can be encoded and `<unk>` is never produced. Text is never scanned for
/// control tokens. Source: tekken.json as read by mistral-common, which this agrees with token for token.
public struct TekkenTokenizer: Sendable {
    /// Version of the instruct format that the model was trained on.
    public let version: TekkenVersion
    /// Number of ids: control tokens and byte strings together.
    public let vocabularySize: Int
    /// Number of ids reserved for control tokens, at the start of the id range.
    public let specialTokenCount: Int
    /// Image settings of the file; nil if the file describes a text-only model.
    public let imageSettings: TekkenImageSettings?

    let table: TokenTable
    /// Names of the control tokens by id.
    let specialTokens: [String]
    private let specialTokenIDs: [String: Int]

    init(
        table: TokenTable, specialTokens: [String], version: TekkenVersion, imageSettings: TekkenImageSettings?
    ) {
        self.version = version
        self.table = table
        self.specialTokens = specialTokens
        self.imageSettings = imageSettings
        specialTokenCount = specialTokens.count
        vocabularySize = specialTokens.count + table.count
        specialTokenIDs = Dictionary(
            zip(specialTokens, specialTokens.indices), uniquingKeysWith: { first, _ in first })
    }

    /// Bytes that a token stands for; nil for control tokens and ids outside the vocabulary.
    public func tokenBytes(_ id: Int) -> [UInt8]? {
        isByteString(id) ? Array(table.token(id - specialTokenCount)) : nil
    }

    /// Whether an id is a control token, including the unused ones.
    public func isSpecialToken(_ id: Int) -> Bool { specialTokens.indices.contains(id) }

    /// Name of a control token, for instance `[INST]`; nil for other ids.
    public func specialTokenName(_ id: Int) -> String? { isSpecialToken(id) ? specialTokens[id] : nil }

    /// Id of the control token with this name; nil if the file has none.
    public func specialTokenID(named name: String) -> Int? { specialTokenIDs[name] }

    /// Id of a control token; nil if the file has none.
    public func id(of token: ControlToken) -> Int? { specialTokenIDs[token.rawValue] }

    func isByteString(_ id: Int) -> Bool { id >= specialTokenCount && id < vocabularySize }
}
