import ArgumentParser

/// A file that the executable itself reads or writes failed; `message` names it and the fix.
struct FileFailure: Error {
    let message: String
    let code: ExitCode
}
