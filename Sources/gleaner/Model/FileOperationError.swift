import Files

/// The error of the module `Files`; where `Tensors` is imported as well, `FileError` could mean either.
typealias FileOperationError = FileError
