import Inference
import JSONSchema

/// One document's record, with what it took to make it.
public struct Extraction: Sendable {
    /// Token counts.
    public struct Tokens: Sendable {
        /// Prompt tokens in all: schema, pages, and control tokens.
        public var prompt: Int
        /// Those of the prompt that stand for pages: patches, row breaks and page ends.
        public var image: Int
        public var generated: Int
        /// Those of the generated that the schema left no choice about: the model read them without being asked for
        /// them.
        public var forced: Int
        /// The most that could have been generated.
        public var budget: Int
        /// True when the model's context, and no option, set the budget.
        public var isBudgetLimitedByContext: Bool

        public init(
            prompt: Int, image: Int, generated: Int, forced: Int = 0, budget: Int,
            isBudgetLimitedByContext: Bool = false
        ) {
            self.prompt = prompt
            self.image = image
            self.generated = generated
            self.forced = forced
            self.budget = budget
            self.isBudgetLimitedByContext = isBudgetLimitedByContext
        }
    }

    /// Wall-clock seconds by stage.
    public struct Seconds: Sendable {
        /// Reading and opening the file.
        public var open = 0.0
        /// Drawing and normalising pages.
        public var render = 0.0
        /// Vision tower and projector.
        public var encode = 0.0
        /// The prompt through the decoder.
        public var prefill = 0.0
        /// Writing the record.
        public var decode = 0.0
        public var total = 0.0

        public init(open: Double = 0) {
            self.open = open
        }
    }

    public let file: String
    /// Valid under the schema: it was parsed from the generated text and checked by the independent validator.
    public let record: JSONValue
    public let model: String
    public let schemaSHA256: String
    /// Pages of the document.
    public let pageCount: Int
    /// The pages that were read, from 1.
    public let pages: [Int]
    /// What the model was shown of them, in reading order.
    public let images: [PageImage]
    /// The blank pages that were left out, because the options ask for it.
    public let skippedPages: [Int]
    /// What people should know of how the pages were read, a line each.
    public let warnings: [String]
    public let tokens: Tokens
    public let seconds: Seconds
    /// True when the budget cut the answer to the shortest valid ending: values may be missing or short.
    public let endedByBudget: Bool
    /// True when the model repeated itself without end, and the answer was closed there: values may be missing or
    /// wrong.
    public let endedByRepetition: Bool

    /// What an engine answers with; it vouches for the record being valid under the schema.
    public init(
        file: String, record: JSONValue, model: String, schemaSHA256: String, pageCount: Int, pages: [Int],
        images: [PageImage] = [], skippedPages: [Int] = [], warnings: [String] = [], tokens: Tokens, seconds: Seconds,
        endedByBudget: Bool, endedByRepetition: Bool = false
    ) {
        self.file = file
        self.record = record
        self.model = model
        self.schemaSHA256 = schemaSHA256
        self.pageCount = pageCount
        self.pages = pages
        self.images = images
        self.skippedPages = skippedPages
        self.warnings = warnings
        self.tokens = tokens
        self.seconds = seconds
        self.endedByBudget = endedByBudget
        self.endedByRepetition = endedByRepetition
    }
}

extension Extraction {
    /// Everything about the extraction as one JSON object: what `--json` prints.
    public var report: JSONValue {
        [
            "file": .string(file),
            "record": record,
            "model": .string(model),
            "schema_sha256": .string(schemaSHA256),
            "page_count": .number(JSONNumber(pageCount)),
            "pages": .array(pages.map { .number(JSONNumber($0)) }),
            "skipped_pages": .array(skippedPages.map { .number(JSONNumber($0)) }),
            "images": .array(images.map(\.report)),
            "warnings": .array(warnings.map { .string($0) }),
            "ended_by_budget": .bool(endedByBudget),
            "ended_by_repetition": .bool(endedByRepetition),
            "tokens": [
                "prompt": .number(JSONNumber(tokens.prompt)),
                "image": .number(JSONNumber(tokens.image)),
                "generated": .number(JSONNumber(tokens.generated)),
                "forced": .number(JSONNumber(tokens.forced)),
                "budget": .number(JSONNumber(tokens.budget)),
            ],
            "seconds": [
                "open": Self.milliseconds(seconds.open),
                "render": Self.milliseconds(seconds.render),
                "encode": Self.milliseconds(seconds.encode),
                "prefill": Self.milliseconds(seconds.prefill),
                "decode": Self.milliseconds(seconds.decode),
                "total": Self.milliseconds(seconds.total),
            ],
        ]
    }

    /// Seconds to three decimals: more would be noise.
    private static func milliseconds(_ seconds: Double) -> JSONValue {
        .number(JSONNumber((seconds * 1000).rounded() / 1000))
    }
}
