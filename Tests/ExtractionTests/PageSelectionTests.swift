import Extraction
import Testing

@Suite("Page selections")
struct PageSelectionTests {
    @Test(arguments: [
        ("3", 5, [3]), ("1-3", 5, [1, 2, 3]), ("2-", 4, [2, 3, 4]), ("4,1-2,2", 5, [1, 2, 4]), ("1-", 1, [1]),
        ("5-5", 5, [5]),
    ]) func names(_ text: String, _ count: Int, _ pages: [Int]) throws {
        let selection = try #require(PageSelection(text))
        #expect(try selection.pages(of: "a.pdf", pageCount: count) == pages)
        #expect(PageSelection(selection.description) == selection)
    }

    @Test(arguments: ["", "0", "-1", "2-1", "1--2", "a", "1,", "1,,2", "1-2-3", " 1", "+1", "99999999999999999999"])
    func isRefused(_ text: String) {
        #expect(PageSelection(text) == nil)
    }

    @Test func allIsEveryPage() throws {
        #expect(try PageSelection.all.pages(of: "a.pdf", pageCount: 3) == [1, 2, 3])
    }

    @Test(arguments: ["4", "2-4", "4-", "1,9"]) func pagesThatAreNotThereAreSaid(_ text: String) throws {
        let selection = try #require(PageSelection(text))
        let error = #expect(throws: ExtractionError.self) { try selection.pages(of: "a.pdf", pageCount: 3) }
        guard case .pageOutOfRange("a.pdf", _, 3)? = error else {
            Issue.record("unexpected error \(String(describing: error))")
            return
        }
    }
}
