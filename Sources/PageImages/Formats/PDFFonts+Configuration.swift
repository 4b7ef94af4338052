extension PDFFonts {
    private static let folder = "/usr/share/fonts/truetype"

    /// The font files that are used, others in the same folders are not: packages differ in what they add.
    private static let files =
        ["Sans", "Sans-Bold", "SansMono", "SansMono-Bold", "Serif", "Serif-Bold"].map { "dejavu/DejaVu\($0).ttf" }
        + ["Mono", "Sans", "SansNarrow", "Serif"].flatMap { family in
            ["Regular", "Bold", "Italic", "BoldItalic"].map { "liberation*/Liberation\(family)-\($0).ttf" }
        }

    /// Families of the same metrics, the standard fonts of PDF (ISO 32000-1, 9.6.2.2) among them.
    private static let metricAliases = [
        ("Liberation Sans", ["Arial", "Helvetica", "Nimbus Sans", "Arimo"]),
        ("Liberation Sans Narrow", ["Arial Narrow", "Helvetica Narrow", "Helvetica Condensed", "Nimbus Sans Narrow"]),
        ("Liberation Serif", ["Times New Roman", "Times", "Nimbus Roman", "Tinos"]),
        ("Liberation Mono", ["Courier New", "Courier", "Nimbus Mono PS", "Cousine"]),
        ("DejaVu Sans", ["Symbol", "ZapfDingbats", "Verdana", "sans-serif"]),
        ("DejaVu Serif", ["Georgia", "serif"]),
        ("DejaVu Sans Mono", ["Consolas", "Menlo", "monospace"]),
    ]

    /// A fontconfig file of these fonts alone. The machine's cache is used, so that no font has to be read at start.
    static var configuration: String {
        let accepted = files.map { "<glob>\(folder)/\($0)</glob>" }.joined()
        let aliases = metricAliases.flatMap { family, names in
            names.map { name in
                "<alias binding=\"same\"><family>\(name)</family><accept><family>\(family)</family></accept></alias>"
            }
        }
        return """
            <?xml version="1.0"?>
            <fontconfig>
            <dir>\(folder)/dejavu</dir>
            <dir>\(folder)/liberation</dir>
            <dir>\(folder)/liberation2</dir>
            <cachedir>/var/cache/fontconfig</cachedir>
            <selectfont><rejectfont><glob>*</glob></rejectfont><acceptfont>\(accepted)</acceptfont></selectfont>
            \(aliases.joined(separator: "\n"))
            <match target="pattern"><edit name="family" mode="append_last"><string>DejaVu Sans</string></edit></match>
            <config><rescan><int>0</int></rescan></config>
            </fontconfig>
            """
    }
}
