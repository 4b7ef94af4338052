import ArgumentParser
import Extraction

extension PageSelection: ExpressibleByArgument {
    public init?(argument: String) {
        self.init(argument)
    }
}
