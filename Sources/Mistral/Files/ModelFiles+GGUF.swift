import Tensors

extension ModelFiles {
    /// A GGUF file, or a folder with GGUF files.
    init(path: String, folder: FolderListing?, mmproj: String?) throws(ModelError) {
        var remarks: [String] = []
        let (text, found): (GGUFFile, [GGUFFile])
        if let folder {
            let files = try GGUFFolder(folder)
            text = try files.text()
            found = mmproj == nil ? files.vision : []
            if mmproj == nil, found.count > 1 {
                throw .ambiguous(
                    path: path, reason: "it holds several vision encoders; name one of them",
                    files: found.map(\.path))
            }
        } else {
            text = try Self.open(path)
            guard GGUFKind(text) == .text else {
                throw .incomplete(
                    path: path,
                    reason: "a GGUF file of \(GGUFKind(text).words), not of a text model; name the text model")
            }
            found = mmproj == nil ? try Self.vision(beside: path, for: text, &remarks) : []
        }
        let vision: GGUFFile?
        if let mmproj {
            vision = try Self.open(mmproj)
            guard let vision, GGUFKind(vision) == .vision else {
                throw .mismatch(path: mmproj, reason: "not a GGUF file of a vision encoder (mmproj)")
            }
        } else {
            vision = found.first
        }
        self.init(
            path: path, format: .gguf, configuration: nil, weights: text.parts, visionWeights: vision?.parts ?? [],
            tokenizer: nil, weightBytes: text.byteCount + (vision?.byteCount ?? 0), remarks: remarks,
            gguf: GGUFWeights(text: text, vision: vision))
    }

    static func open(_ path: String) throws(ModelError) -> GGUFFile {
        do { return try GGUFFile(path: path) } catch {
            if case .file(let reason) = error { throw .file(reason) }
            throw .gguf(error)
        }
    }

    /// The vision encoder in the folder of a text model: the one that fits it, if there is exactly one.
    private static func vision(
        beside path: String, for text: GGUFFile, _ remarks: inout [String]
    ) throws(ModelError) -> [GGUFFile] {
        guard let folder = FolderListing(parent(path)) else { return [] }
        // What else lies there is of no concern, nor whether it is damaged.
        let names = folder.names.filter { $0.hasSuffix(".gguf") && !text.parts.map(name).contains($0) }
        let others = names.compactMap { try? GGUFFile(path: folder.file($0)) }.filter { GGUFKind($0) == .vision }
        let fitting = others.filter { fits($0, text) }
        remarks += others.filter { !fits($0, text) }.map { "\(name($0.path)) belongs to another model and is not used" }
        guard fitting.count <= 1 else {
            let names = fitting.map { name($0.path) }.joined(separator: ", ")
            remarks.append("no vision encoder is used, since several lie beside the text model; name one of \(names)")
            return []
        }
        return fitting
    }

    /// Whether image features have the width that the text model takes.
    private static func fits(_ vision: GGUFFile, _ text: GGUFFile) -> Bool {
        guard let width = try? vision.metadata.integer("clip.vision.projection_dim"),
            let shape = try? text.tensor("token_embd.weight").shape
        else { return true }
        return shape.last == width
    }
}

/// What a GGUF file holds, by its metadata.
enum GGUFKind: Equatable {
    case text
    case vision
    case other(String)

    init(_ file: GGUFFile) {
        let type = (try? file.metadata.string("general.type")) ?? "model"
        let architecture = (try? file.metadata.string("general.architecture")) ?? ""
        if type == "mmproj" || architecture == "clip" {
            self = .vision
        } else {
            self = type == "model" ? .text : .other(type)
        }
    }

    var words: String {
        switch self {
        case .text: "a text model"
        case .vision: "a vision encoder (mmproj)"
        case .other(let type): "type \"\(type)\""
        }
    }
}

/// The GGUF files of a folder, opened; parts of a split model count as one.
private struct GGUFFolder {
    private let path: String
    private(set) var texts: [GGUFFile] = []
    private(set) var vision: [GGUFFile] = []

    init(_ folder: FolderListing) throws(ModelError) {
        path = folder.path
        var parts: Set<String> = []
        for name in folder.names where name.hasSuffix(".gguf") && !parts.contains(name) {
            let file = try ModelFiles.open(folder.file(name))
            parts.formUnion(file.parts.map(ModelFiles.name))
            switch GGUFKind(file) {
            case .text: texts.append(file)
            case .vision: vision.append(file)
            case .other: break
            }
        }
    }

    /// The one text model.
    func text() throws(ModelError) -> GGUFFile {
        guard let text = texts.first else {
            throw .incomplete(
                path: path,
                reason: vision.isEmpty
                    ? "there is no model in it: no config.json, params.json or GGUF file; "
                        + "download a model into it, or give the folder of one"
                    : "there is a vision encoder (mmproj) in it, but no text model; download that of the same model"
            )
        }
        guard texts.count == 1 else {
            throw .ambiguous(
                path: path, reason: "it holds several text models; name the file of one", files: texts.map(\.path))
        }
        return text
    }
}
