import Mistral

/// Finds the tokens of text that the grammar leaves no choice about, as the tokenizer makes them of the whole answer.
///
/// A forced token is the one that encoding the finished answer has at its place, whatever else comes. So it is taken
/// only from pieces of the tokenizer's split that nothing behind them can move, and only where the answer so far ends
/// at the border of two tokens of that encoding.
struct ForcedTokens: Sendable {
    /// Bytes of a piece beyond which it is not looked into: bounds the work of a step.
    private static let longestPiece = 1024

    private let tokenizer: TekkenTokenizer
    /// The end of the answer, from the last border of settled pieces that was found in it.
    private var tail: [UInt8] = []
    /// Bytes that `tail` must have before it is split again: a piece that stays open is not read at every step.
    private var nextSplit = 0

    init(tokenizer: TekkenTokenizer) {
        self.tokenizer = tokenizer
    }

    /// Begins anew behind a control token: what follows is encoded by itself.
    mutating func restart() {
        tail = []
        nextSplit = 0
    }

    /// Takes the bytes of a token that the model chose.
    mutating func append(_ bytes: [UInt8]) { tail += bytes }

    /// The tokens at the start of bytes that must come next; they become part of the answer.
    ///
    /// - Parameters:
    ///   - isWhole: true if the answer ends behind these bytes.
    ///   - accept: takes a token into the answer; false if it has no room for it, which ends the search.
    mutating func take<Failure: Error>(
        _ forced: [UInt8], isWhole: Bool, accept: (_ token: Int) throws(Failure) -> Bool
    ) throws(Failure) {
        guard !forced.isEmpty, tail.count + forced.count >= nextSplit else { return }
        let answered = tail.count
        let text = tail + forced
        var start = 0
        var settled = 0
        var taken = answered
        search: for end in tokenizer.settledPieces(of: text, isWhole: isWhole) {
            // The answer can go on behind a piece only from that very place.
            if end > answered {
                guard start <= taken, end - start <= Self.longestPiece else { break }
                var border = start
                for token in tokenizer.encode(piece: start..<end, of: text) {
                    if border >= taken {
                        guard border == taken, try accept(token) else { break search }
                        taken += tokenizer.tokenBytes(token)?.count ?? 0
                    }
                    border += tokenizer.tokenBytes(token)?.count ?? 0
                }
                guard taken == end else { break }
            }
            start = end
            settled = end
        }
        tail = Array(text[min(settled, taken)..<taken])
        nextSplit = tail.count > Self.longestPiece ? 2 * tail.count : 0
    }
}
