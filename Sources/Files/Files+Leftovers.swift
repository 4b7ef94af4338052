extension Files {
    /// Removes what was being written for a path when a process ended; what cannot be removed stays.
    public static func removeTemporaryFiles(beside path: String) {
        let name = path.utf8.split(separator: UInt8(ascii: "/")).last.flatMap(String.init) ?? ""
        let beginning = "." + shortened(name, toBytes: 120) + "."
        let folder = folder(of: path)
        for name in (try? names(in: folder)) ?? [] where name.utf8.starts(with: beginning.utf8) && isTemporaryName(name) {
            try? remove("\(folder)/\(name)")
        }
    }
}
