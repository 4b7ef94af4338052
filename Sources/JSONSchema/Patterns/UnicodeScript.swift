/// Scripts that `\p{Script=…}` can name, by their four-letter codes; others are refused by name.
enum UnicodeScript: String, CaseIterable {
    case latin = "Latn"
    case greek = "Grek"
    case cyrillic = "Cyrl"
    case armenian = "Armn"
    case hebrew = "Hebr"
    case arabic = "Arab"
    case syriac = "Syrc"
    case thaana = "Thaa"
    case devanagari = "Deva"
    case bengali = "Beng"
    case gurmukhi = "Guru"
    case gujarati = "Gujr"
    case oriya = "Orya"
    case tamil = "Taml"
    case telugu = "Telu"
    case kannada = "Knda"
    case malayalam = "Mlym"
    case sinhala = "Sinh"
    case thai = "Thai"
    case lao = "Laoo"
    case tibetan = "Tibt"
    case myanmar = "Mymr"
    case georgian = "Geor"
    case ethiopic = "Ethi"
    case khmer = "Khmr"
    case mongolian = "Mong"
    case cherokee = "Cher"
    case hangul = "Hang"
    case hiragana = "Hira"
    case katakana = "Kana"
    case bopomofo = "Bopo"
    case han = "Hani"

    /// The script of this long or short name, such as `Greek` or `Grek`; nil for all others.
    init?(name: String) {
        guard let script = Self.allCases.first(where: { $0.rawValue == name || $0.longName == name }) else {
            return nil
        }
        self = script
    }

    private var longName: String {
        let name = String(describing: self)
        return name.prefix(1).uppercased() + name.dropFirst()
    }

    /// The code points of the script in ascending order.
    var ranges: [ClosedRange<UInt32>] {
        let bounds = bounds
        return stride(from: 0, to: bounds.count - 1, by: 2).map { bounds[$0]...bounds[$0 + 1] }
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        let bounds = bounds
        return stride(from: 0, to: bounds.count - 1, by: 2).contains {
            (bounds[$0]...bounds[$0 + 1]).contains(scalar.value)
        }
    }
}
