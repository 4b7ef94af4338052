import Extraction

/// The folders in which models are looked for by their names.
enum ModelPlaces {
    /// In the order in which they are searched.
    static var folders: [String] {
        // The search says where it looked for a name that no model has.
        let name = "no model has this name"
        do {
            return [
                try ModelFolder(
                    model: name, environment: ProcessEnvironment.variables, executable: ProcessEnvironment.executable
                ).path
            ]
        } catch {
            guard case .modelNotFound(_, let places) = error else { return [] }
            return places.map { String($0.dropLast(name.count + 1)) }
        }
    }
}
