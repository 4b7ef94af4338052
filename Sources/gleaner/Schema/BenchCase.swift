import JSONSchema

/// One line of input of `gleaner schema bench`.
struct BenchCase {
    struct Test {
        let data: JSONValue
        /// What the instance is said to be; nil if nothing is said.
        let isValid: Bool?
    }

    /// Says what is wrong with a line.
    struct Malformed: Error {
        let message: String
    }

    /// Passed through to the line of output.
    let name: JSONValue?
    let schema: JSONValue
    let tests: [Test]

    init(_ line: [UInt8]) throws(Malformed) {
        let value: JSONValue
        do throws(JSONParseError) {
            value = try JSONValue(parsing: line)
        } catch {
            throw Malformed(message: "not JSON: \(error)")
        }
        guard let schema = value["schema"] else { throw Malformed(message: "there is no member \"schema\"") }
        var tests: [Test] = []
        switch value["tests"] {
        case nil: break
        case .array(let elements):
            for element in elements {
                guard let data = element["data"] else { throw Malformed(message: "a test has no member \"data\"") }
                tests.append(Test(data: data, isValid: element["valid"]?.boolValue))
            }
        default: throw Malformed(message: "\"tests\" is no array")
        }
        name = value["name"]
        self.schema = schema
        self.tests = tests
    }
}
