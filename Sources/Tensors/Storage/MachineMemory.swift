import Glibc

/// How much memory there is to use.
public enum MachineMemory {
    /// Bytes of memory of the machine, or of what its control group allows this process where that is less.
    ///
    /// Source: proc(5), and the kernel's documentation of cgroup v2 (`memory.max`); groups above this one are asked too.
    public static var bytes: Int {
        let pages = max(1, sysconf(Int32(_SC_PHYS_PAGES)))
        let (machine, overflow) = pages.multipliedReportingOverflow(by: max(1, sysconf(Int32(_SC_PAGESIZE))))
        return min(overflow ? Int.max : machine, groupLimit(procCgroup: text(of: "/proc/self/cgroup")))
    }

    /// The smallest limit of the process's group and those above it; without one, the largest number.
    private static func groupLimit(procCgroup: String) -> Int {
        guard let line = procCgroup.split(separator: "\n").first(where: { $0.hasPrefix("0::/") }) else { return .max }
        var group = line.dropFirst(3)
        var limit = Int.max
        while true {
            // "max" is no number.
            let own = text(of: "/sys/fs/cgroup\(group)/memory.max").prefix { $0.isNumber }
            limit = min(limit, Int(own) ?? .max)
            guard let slash = group.lastIndex(of: "/") else { return limit }
            group = group[..<slash]
        }
    }

    /// A small file of the system; empty if it cannot be read.
    private static func text(of path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}
