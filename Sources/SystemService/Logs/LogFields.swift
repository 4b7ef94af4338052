import Logging

/// What the handlers have in common.
enum LogFields {
    /// All metadata of a message, by name; what is nearer to the message counts more.
    static func metadata(_ event: LogEvent, of handler: some LogHandler) -> [(key: String, value: Logger.MetadataValue)]
    {
        var metadata = handler.metadata
        metadata.merge(handler.metadataProvider?.get() ?? [:]) { $1 }
        metadata.merge(event.metadata ?? [:]) { $1 }
        if let error = event.error, metadata["error"] == nil { metadata["error"] = "\(error)" }
        return metadata.sorted { $0.key < $1.key }
    }
}

extension Logger.Level {
    /// The levels of syslog(3).
    var priority: Int {
        switch self {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}
