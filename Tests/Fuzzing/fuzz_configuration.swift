import Mistral

/// A libFuzzer target: any bytes are a config.json or params.json with settings in their bounds, or an error with the
/// file's name.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzConfiguration(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    do { check(try MistralConfiguration(json: bytes, path: "/config.json")) } catch {
        precondition("\(error)".contains("/config.json"), "\(error)")
    }
    do { check(try MistralConfiguration(native: bytes, path: "/params.json")) } catch {
        precondition("\(error)".contains("/params.json"), "\(error)")
    }
    return 0
}
