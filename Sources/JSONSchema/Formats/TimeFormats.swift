/// Dates, times and durations (RFC 3339, section 5.6 and appendix A).
enum TimeFormats {
    /// `full-date`: days of the month and leap years of the Gregorian calendar are checked.
    static func isDate(_ text: [UInt8]) -> Bool {
        var scanner = ByteScanner(text)
        return takeDate(&scanner) && scanner.isAtEnd
    }

    /// `full-time`, with its offset; a second 60 is one that is 23:59:60 in UTC.
    static func isTime(_ text: [UInt8]) -> Bool {
        var scanner = ByteScanner(text)
        return takeTime(&scanner) && scanner.isAtEnd
    }

    /// `date-time`.
    static func isDateTime(_ text: [UInt8]) -> Bool {
        var scanner = ByteScanner(text)
        return takeDate(&scanner) && (scanner.take("T") || scanner.take("t")) && takeTime(&scanner) && scanner.isAtEnd
    }

    /// `duration`: a unit may only be left out at either end.
    static func isDuration(_ text: [UInt8]) -> Bool {
        var scanner = ByteScanner(text)
        guard scanner.take("P"), !scanner.isAtEnd else { return false }
        var isWeeks = false
        guard takeComponents("YMD", &scanner, orOnly: "W", isOnly: &isWeeks) else { return false }
        guard scanner.take("T") else { return scanner.isAtEnd }
        var unused = false
        return !isWeeks && !scanner.isAtEnd && takeComponents("HMS", &scanner, orOnly: nil, isOnly: &unused)
            && scanner.isAtEnd
    }

    /// Takes numbers with units out of `units`, one after the other without a gap; none at all is fine.
    private static func takeComponents(
        _ units: String, _ scanner: inout ByteScanner, orOnly single: Unicode.Scalar?, isOnly: inout Bool
    ) -> Bool {
        let units = Array(units.unicodeScalars)
        var last: Int?
        while scanner.takeDigits() {
            if let single, last == nil, scanner.take(single) {
                isOnly = true
                return true
            }
            let candidates = last.map { $0 + 1..<min($0 + 2, units.count) } ?? 0..<units.count
            guard let unit = candidates.first(where: { scanner.take(units[$0]) }) else { return false }
            last = unit
        }
        return true
    }

    private static func takeDate(_ scanner: inout ByteScanner) -> Bool {
        guard let year = scanner.takeNumber(digits: 4), scanner.take("-"),
            let month = scanner.takeNumber(digits: 2), scanner.take("-"), let day = scanner.takeNumber(digits: 2),
            (1...12).contains(month)
        else { return false }
        let isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        return (1...days).contains(day)
    }

    private static func takeTime(_ scanner: inout ByteScanner) -> Bool {
        guard let hour = scanner.takeNumber(digits: 2), scanner.take(":"),
            let minute = scanner.takeNumber(digits: 2), scanner.take(":"), let second = scanner.takeNumber(digits: 2),
            hour < 24, minute < 60, second <= 60
        else { return false }
        if scanner.take("."), !scanner.takeDigits() { return false }
        guard let offset = takeOffset(&scanner) else { return false }
        let minuteOfDay = (hour * 60 + minute - offset + 1440) % 1440
        return second < 60 || minuteOfDay == 1439
    }

    /// Minutes east of UTC.
    private static func takeOffset(_ scanner: inout ByteScanner) -> Int? {
        if scanner.take("Z") || scanner.take("z") { return 0 }
        let isEast = scanner.take("+")
        guard isEast || scanner.take("-"), let hours = scanner.takeNumber(digits: 2), scanner.take(":"),
            let minutes = scanner.takeNumber(digits: 2), hours < 24, minutes < 60
        else { return nil }
        return isEast ? hours * 60 + minutes : -(hours * 60 + minutes)
    }
}
