import Mistral

/// Stops at a configuration that the model's code, which computes with it unchecked, could stumble over.
func check(_ configuration: MistralConfiguration) {
    let text = configuration.text
    precondition(1...65_536 ~= text.hiddenSize && 1...1024 ~= text.layers && 1...1024 ~= text.heads)
    precondition(text.keyValueHeads > 0 && text.heads % text.keyValueHeads == 0)
    precondition(2...1024 ~= text.headDimension && text.headDimension % 2 == 0)
    precondition(text.vocabularySize > 0 && 1...16_777_216 ~= text.maxPositions && text.ropeTheta > 1)
    precondition(0..<text.vocabularySize ~= configuration.imageTokenID)
    if let scaling = text.ropeScaling {
        precondition(scaling.factor >= 1 && scaling.originalPositions > 0 && scaling.attentionFactor > 0)
    }
    guard let vision = configuration.vision else { return }
    precondition(vision.headDimension > 0 && vision.headDimension * vision.heads == vision.hiddenSize)
    precondition(vision.patchSize > 0 && vision.patchSize <= vision.imageSize && vision.tokenSize > 0)
}

/// Stops at a tokenizer that does not give back what it encodes.
func check(_ tokenizer: TekkenTokenizer) {
    let text = "Gleaner reads  invoices:\n\t1.234,56 € — \u{0} naïve 漢字 👩‍🌾 [INST] aaaaaaaaaaaaaaaaaaaaaaaa"
    let ids = tokenizer.encode(text)
    precondition(ids.allSatisfy { tokenizer.tokenBytes($0) != nil } && tokenizer.decode(ids) == text)
    precondition(tokenizer.specialTokenCount < tokenizer.vocabularySize)
    for token in ControlToken.allCases {
        if let id = tokenizer.id(of: token) { precondition(tokenizer.specialTokenName(id) == token.rawValue) }
    }
    if let settings = tokenizer.imageSettings { precondition(settings.maximumTokensPerSide > 0) }
}
