import Mistral
import PageImages

/// An image as the vision encoder takes it.
struct DrawnImage: Sendable {
    let pixels: PixelValues
    /// What the library complained about while it drew the page: something may be missing on it.
    let complaints: [String]
}

extension Extraction {
    /// A line about each page that may lack something.
    static func warnings(about images: [(page: Int, complaints: [String])]) -> [String] {
        var told: [Int: [String]] = [:]
        for (page, complaints) in images {
            for complaint in complaints where !told[page, default: []].contains(complaint) {
                told[page, default: []].append(complaint)
            }
        }
        return told.sorted { $0.key < $1.key }.map { page, complaints in
            let more = complaints.count > 1 ? ", and \(complaints.count - 1) more" : ""
            return "page \(page) may lack something (\(complaints[0].onOneLine)\(more))"
        }
    }
}
