import ArgumentParser
import Grammar

extension PropertyOrder: ExpressibleByArgument {}

/// Which undeclared properties are generated, as the command line spells it.
enum UndeclaredChoice: String, ExpressibleByArgument, CaseIterable {
    case asAdmitted = "as-admitted"
    case whereDescribed = "where-described"

    var properties: GrammarOptions.UndeclaredProperties {
        switch self {
        case .asAdmitted: .asAdmitted
        case .whereDescribed: .whereDescribed
        }
    }
}
