/// Which of the names that exist was meant.
enum NearestName {
    /// What to do about a key that does not exist.
    static func advice(_ name: String, _ names: [String]) -> String {
        guard let nearest = nearest(to: name, among: names) else {
            return "remove it, or write one of \(names.joined(separator: ", "))"
        }
        return "did you mean \"\(nearest)\"?"
    }

    /// The name with the fewest differing letters, if that is fewer than half of them.
    static func nearest(to name: String, among names: [String]) -> String? {
        let ranked = names.map { (name: $0, distance: distance(name.lowercased(), $0.lowercased())) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance * 2 < max(best.name.count, 2) ? best.name : nil
    }

    /// Levenshtein's distance: letters to insert, remove or replace.
    private static func distance(_ one: String, _ other: String) -> Int {
        let one = Array(one.prefix(64))
        let other = Array(other)
        var previous = Array(0...other.count)
        for (row, letter) in one.enumerated() {
            var current = [row + 1]
            for (column, candidate) in other.enumerated() {
                let replaced = previous[column] + (letter == candidate ? 0 : 1)
                current.append(min(replaced, previous[column + 1] + 1, current[column] + 1))
            }
            previous = current
        }
        return previous[other.count]
    }
}
