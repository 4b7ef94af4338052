/// A folder held open: its file system cannot be unmounted meanwhile, so what is written lands where it was checked.
public final class HeldFolder: Sendable {
    private let descriptor: Descriptor

    public init(_ folder: String) throws(FileError) {
        descriptor = try Descriptor(place: folder)
    }
}
