/// The moments between two steps that must survive a crash: tests stop the process there.
public enum FaultPoint: String, Sendable, CaseIterable {
    case copied, recorded, begun, extracted, settled, reserved, recordWritten, lineWritten, linesWritten, delivered,
        sourceHidden, sourceMoved, closed, spoolRemoved
}
