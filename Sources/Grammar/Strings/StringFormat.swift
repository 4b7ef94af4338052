/// The formats of JSON Schema as regular languages, each built once when it is asked for.
///
/// None accepts an invalid string. Some refuse rare valid ones: see `isExact`.
enum StringFormat: String, CaseIterable, Sendable {
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

    /// Whether the automaton accepts all valid strings and so has the invalid ones as its complement. Those that do
    /// not:
    ///
    /// - `time`, `date-time`: leap seconds only with the offset `Z` or zero.
    /// - `hostname`, `email`: no labels with hyphens in the third and fourth place, as in `xn--`; the whole is bounded
    ///   by `maximumLength`, not by the automaton.
    /// - `idn-hostname`, `idn-email`: beyond ASCII only letters that need no rules of context, in up to four labels of
    ///   ten characters; local parts of sixteen characters if one is beyond ASCII.
    /// - `email`, `idn-email`: quoted local parts with escapes of up to 31 characters.
    /// - `regex`: three levels of groups, classes without ranges but `a-z`, `A-Z` and `0-9`, no lookarounds, names,
    ///   references or properties.
    var isExact: Bool {
        switch self {
        case .time, .dateTime, .hostname, .email, .idnHostname, .idnEmail, .regex: false
        default: true
        }
    }

    /// Code points that a valid string may have where the automaton alone does not bound them: this limit goes with it.
    var maximumLength: Int? {
        switch self {
        case .hostname, .idnHostname: 253
        // RFC 5321, section 4.5.3.1.3, less the angle brackets. Keeps the domain below its own limit.
        case .email, .idnEmail: 254
        default: nil
        }
    }

    /// The strings of this format.
    var automaton: StringAutomaton {
        switch self {
        case .dateTime: Self.dateTimes
        case .date: Self.dates
        case .time: Self.times
        case .duration: Self.durations
        case .email: Self.emails
        case .idnEmail: Self.idnEmails
        case .hostname: Self.hostnames
        case .idnHostname: Self.idnHostnames
        case .ipv4: Self.ipv4s
        case .ipv6: Self.ipv6s
        case .uri: Self.uris
        case .uriReference: Self.uriReferences
        case .iri: Self.iris
        case .iriReference: Self.iriReferences
        case .uriTemplate: Self.uriTemplates
        case .uuid: Self.uuids
        case .jsonPointer: Self.jsonPointers
        case .relativeJSONPointer: Self.relativeJSONPointers
        case .regex: Self.regexes
        }
    }

    private static let dateTimes = build("\(DateText.date)[Tt]\(DateText.time)")
    private static let dates = build(DateText.date)
    private static let times = build(DateText.time)
    private static let durations = build(DateText.duration)
    private static let emails = build(HostText.email)
    private static let idnEmails = build(HostText.idnEmail)
    private static let hostnames = build(HostText.hostname)
    private static let idnHostnames = build(HostText.idnHostname)
    private static let ipv4s = build(HostText.ipv4)
    private static let ipv6s = build(HostText.ipv6)
    private static let uris = build(ReferenceText.ascii.absolute)
    private static let uriReferences = build(ReferenceText.ascii.reference)
    private static let iris = build(ReferenceText.international.absolute)
    private static let iriReferences = build(ReferenceText.international.reference)
    private static let uriTemplates = build(TemplateText.uriTemplate)
    private static let uuids = build(TemplateText.uuid)
    private static let jsonPointers = build(TemplateText.jsonPointer)
    private static let relativeJSONPointers = build(TemplateText.relativeJSONPointer)
    private static let regexes = build(TemplateText.regex)

    /// The patterns of this folder compile, as tests show; the empty language would be noticed there.
    private static func build(_ pattern: String) -> StringAutomaton {
        (try? StringAutomaton(pattern: "^(?:\(pattern))$")) ?? .empty
    }
}

extension StringAutomaton {
    /// The strings of a format, but for `StringFormat.maximumLength`; nil for a format that is not known.
    init?(format: String) {
        guard let format = StringFormat(rawValue: format) else { return nil }
        self = format.automaton
    }

    /// Whether the automaton of a format, without a bound on its length, accepts all valid strings.
    static func isExact(format: String) -> Bool { StringFormat(rawValue: format)?.isExact ?? false }

    /// Code points that a string of a format may have, where its automaton leaves that open.
    static func maximumLength(format: String) -> Int? { StringFormat(rawValue: format)?.maximumLength }
}
