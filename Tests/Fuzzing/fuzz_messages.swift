/// A libFuzzer target: whatever the other side of a worker's channel sends is a message, or nil.
///
/// What is read can be written and read again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMessages(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    if let request = WorkerRequest(bytes) { precondition(WorkerRequest(request.bytes) != nil) }
    if let reply = WorkerReply(bytes) { precondition(WorkerReply(reply.bytes) != nil) }
    if let content = PageContent(bytes) { precondition(PageContent(content.bytes) != nil) }
    return 0
}
