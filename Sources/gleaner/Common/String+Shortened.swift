extension String {
    /// The end of a text that is too long: of a path it tells more than the beginning.
    func shortened(to length: Int) -> String {
        count <= length ? self : "…" + suffix(max(length - 1, 0))
    }
}
