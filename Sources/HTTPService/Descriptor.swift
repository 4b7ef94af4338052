import Glibc

/// Owns a descriptor.
final class Descriptor: Sendable {
    let value: Int32

    init(_ value: Int32) {
        self.value = value
    }

    deinit { close(value) }
}
