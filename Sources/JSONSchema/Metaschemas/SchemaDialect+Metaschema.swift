extension SchemaDialect {
    /// The metaschema, or vocabulary of one, with this URI, which has no fragment; nil if no draft has it.
    public static func metaschema(uri: String) -> JSONValue? {
        guard let text = Metaschemas.text(uri: uri) else { return nil }
        return try? JSONValue(parsing: Array(text.utf8))
    }
}
