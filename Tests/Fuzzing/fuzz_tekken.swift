import Mistral

/// A libFuzzer target: any bytes are a tekken.json that encodes and decodes every text, or an error.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzTekken(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    do { check(try TekkenTokenizer(json: Array(UnsafeBufferPointer(start: start, count: count)))) } catch {
        precondition(!"\(error)".isEmpty)
    }
    return 0
}
