/// Dates, times and durations (RFC 3339, section 5.6 and appendix A) as patterns.
enum DateText {
    /// `full-date` with the days of each month, and 29 February in leap years of the Gregorian calendar.
    static let date = "(?:\(anyYear)|\(leapDay))"

    private static let anyYear =
        "[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
        + "|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    private static let leapDay =
        "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29"

    /// `full-time`. A leap second is 23:59:60 in UTC; with other offsets it would take an automaton for each minute of
    /// the day.
    static let time =
        "(?:\(hour):[0-5][0-9]:[0-5][0-9]\(fraction)(?:[Zz]|[+\\-]\(hour):[0-5][0-9])"
        + "|23:59:60\(fraction)(?:[Zz]|[+\\-]00:00))"

    private static let hour = "(?:[01][0-9]|2[0-3])"
    private static let fraction = "(?:\\.[0-9]+)?"

    /// `duration`: a unit may only be left out at either end, and weeks stand alone.
    static let duration = "P(?:\(days)(?:T\(seconds))?|T\(seconds)|[0-9]+W)"

    private static let days = chain("Y", "M", "D")
    private static let seconds = chain("H", "M", "S")

    private static func chain(_ first: String, _ second: String, _ third: String) -> String {
        let last = "[0-9]+\(third)"
        let middle = "[0-9]+\(second)(?:\(last))?"
        return "(?:[0-9]+\(first)(?:\(middle))?|\(middle)|\(last))"
    }
}
