import Glibc

/// Functions of the C library that Swift does not import: variadic ones and those of headers outside its Glibc module.
enum CLibrary {
    static let mount = function("mount", as: (@convention(c) (CString, CString, CString, UInt, CString) -> Int32).self)
    static let umount2 = function("umount2", as: (@convention(c) (CString, Int32) -> Int32).self)
    static let prctl = function("prctl", as: (@convention(c) (Int32, UInt, UInt, UInt, UInt) -> Int32).self)
    static let syscall = function("syscall", as: (@convention(c) (Int, UInt, UInt, UnsafeRawPointer?) -> Int).self)
    static let ioctl = function("ioctl", as: (@convention(c) (Int32, UInt, UnsafeMutableRawPointer?) -> Int32).self)

    typealias CString = UnsafePointer<CChar>?

    private static func function<Signature>(_ name: String, as type: Signature.Type) -> Signature? {
        dlsym(nil, name).map { unsafeBitCast($0, to: type) }
    }
}
