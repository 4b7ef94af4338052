/// An answer that ends its connection.
struct HTTPResponse {
    enum Status: String {
        case ok = "200 OK"
        case badRequest = "400 Bad Request"
        case notFound = "404 Not Found"
        case methodNotAllowed = "405 Method Not Allowed"
        case headTooLarge = "431 Request Header Fields Too Large"
        case unavailable = "503 Service Unavailable"
    }

    let status: Status
    let contentType: String
    let body: [UInt8]

    init(_ status: Status, _ contentType: String, _ body: [UInt8]) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    /// An answer that is its status.
    init(_ status: Status) {
        self.init(status, "text/plain; charset=utf-8", Array((status.rawValue + "\n").utf8))
    }

    /// RFC 9112. The length is told even when only the head is asked for.
    func bytes(isHead: Bool) -> [UInt8] {
        var head = "HTTP/1.1 \(status.rawValue)\r\nContent-Type: \(contentType)\r\nContent-Length: \(body.count)\r\n"
        if status == .methodNotAllowed { head += "Allow: GET, HEAD\r\n" }
        head += "Cache-Control: no-store\r\nConnection: close\r\n\r\n"
        return Array(head.utf8) + (isHead ? [] : body)
    }
}
