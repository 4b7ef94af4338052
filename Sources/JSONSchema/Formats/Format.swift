/// The formats of JSON Schema, draft 4 to 2020-12, that are checked when formats are asserted.
///
/// Each takes time in proportion to the text. Not checked of `idn-hostname`: that labels are in normal form C.
enum Format: String, CaseIterable {
    case dateTime = "date-time"
    case date
    case time
    case duration
    case email
    case idnEmail = "idn-email"
    case hostname
    case idnHostname = "idn-hostname"
    case ipv4
    case ipv6
    case uri
    case uriReference = "uri-reference"
    case iri
    case iriReference = "iri-reference"
    case uriTemplate = "uri-template"
    case uuid
    case jsonPointer = "json-pointer"
    case relativeJSONPointer = "relative-json-pointer"
    case regex

    /// Whether a string is of the format.
    func admits(_ string: String) -> Bool {
        let text = Array(string.utf8)
        return switch self {
        case .dateTime: TimeFormats.isDateTime(text)
        case .date: TimeFormats.isDate(text)
        case .time: TimeFormats.isTime(text)
        case .duration: TimeFormats.isDuration(text)
        case .email: EmailFormat.isAddress(text, international: false)
        case .idnEmail: EmailFormat.isAddress(text, international: true)
        case .hostname: HostnameFormat.isHostname(string)
        case .idnHostname: HostnameFormat.isInternationalHostname(string)
        case .ipv4: AddressFormats.isIPv4(text[...])
        case .ipv6: AddressFormats.isIPv6(text[...])
        case .uri: URIFormat.isReference(string, international: false, absolute: true)
        case .uriReference: URIFormat.isReference(string, international: false, absolute: false)
        case .iri: URIFormat.isReference(string, international: true, absolute: true)
        case .iriReference: URIFormat.isReference(string, international: true, absolute: false)
        case .uriTemplate: URITemplateFormat.isTemplate(string)
        case .uuid: IdentifierFormats.isUUID(text)
        case .jsonPointer: JSONPointer(string) != nil
        case .relativeJSONPointer: IdentifierFormats.isRelativeJSONPointer(text)
        case .regex: Pattern.isWellFormed(string)
        }
    }
}
