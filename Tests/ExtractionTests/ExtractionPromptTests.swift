import Extraction
import JSONSchema
import TestSupport
import Testing

@Suite("The prompt of an extraction")
struct ExtractionPromptTests {
    @Test("is the text that gleaner-mini is trained on")
    func agreesWithTraining() throws {
        let python = String(
            decoding: try Repository.bytes(of: Repository.path("training/gleaner_mini/prompt.py")), as: UTF8.self)
        let sentences = ExtractionPrompt.instruction.dropLast().split(separator: ". ", maxSplits: 1)
        #expect(sentences.count == 2)
        for sentence in sentences { #expect(python.contains(String(sentence))) }
        #expect(ExtractionPrompt.instruction.hasSuffix("\n"))
    }

    @Test func endsWithTheCompactSchema() throws {
        let schema = try JSONValue(parsing: Array("{ \"type\": \"string\",\n \"maxLength\": 5 }".utf8))
        #expect(ExtractionPrompt.systemPrompt(schema: schema).hasSuffix(".\n{\"type\":\"string\",\"maxLength\":5}"))
    }

    @Test func schemasThatDifferInLayoutAloneHaveOneHash() throws {
        let one = try ExtractionSchema(text: Array("{\"type\":\"null\"}".utf8), name: "a")
        let other = try ExtractionSchema(text: Array("{ \"type\" :\n\"null\" }\n".utf8), name: "b")
        #expect(one.sha256 == other.sha256)
        // printf '{"type":"null"}' | sha256sum
        #expect(one.sha256 == "bcde375ebd4cbacf651311181173836b169d5a360c6ac158c6a2cdaf49be3f61")
    }
}
