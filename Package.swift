// swift-tools-version: 6.2
import PackageDescription

// Layers, each importing only those below it: see docs/architecture.md.
// C is compiled with -O3 in debug builds too: without it the model tests crawl.
let optimized: [CSetting] = [.unsafeFlags(["-O3"])]
// Modules with parts that are tested below their public interface, in release mode as all else.
let testable: [SwiftSetting] = [.unsafeFlags(["-enable-testing"])]

let package = Package(
    name: "gleaner",
    products: [
        .executable(name: "gleaner", targets: ["gleaner"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
    ],
    targets: [
        // 1: C shims and kernels
        .target(name: "CKernels", cSettings: optimized + [.headerSearchPath(".")]),
        .target(
            name: "CImageCodecs", cSettings: optimized,
            linkerSettings: [.linkedLibrary("png"), .linkedLibrary("jpeg"), .linkedLibrary("tiff")]),
        .systemLibrary(
            name: "CPopplerLibrary", pkgConfig: "poppler-glib",
            providers: [.apt(["libpoppler-glib-dev", "libpoppler-cpp-dev"])]),
        .target(
            name: "CPoppler", dependencies: ["CPopplerLibrary"], cSettings: optimized,
            cxxSettings: [.unsafeFlags(["-O3"])],
            linkerSettings: [.linkedLibrary("fontconfig"), .linkedLibrary("gio-2.0"), .linkedLibrary("poppler-cpp")]),
        .target(name: "CSandbox", cSettings: optimized),
        .target(name: "CPlatform", cSettings: optimized),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),

        // 2: storage and threads; pages; JSON; files and databases that survive a crash; the service manager
        .target(name: "Tensors", dependencies: ["CKernels"]),
        .target(
            name: "PageImages", dependencies: ["CImageCodecs", "CPoppler", "CSandbox"], swiftSettings: testable),
        .target(name: "JSONSchema"),
        .target(name: "Files", dependencies: ["CPlatform", .product(name: "Crypto", package: "swift-crypto")]),
        .target(name: "SQLite", dependencies: ["CSQLite"]),
        .target(name: "SystemService", dependencies: [.product(name: "Logging", package: "swift-log")]),

        // 3 to 6: from schema and page to record
        .target(name: "Grammar", dependencies: ["JSONSchema"], swiftSettings: testable),
        .target(name: "Mistral", dependencies: ["Tensors", "PageImages", "JSONSchema"]),
        .target(name: "Inference", dependencies: ["Grammar", "Mistral", "Tensors"], swiftSettings: testable),
        .target(
            name: "Extraction",
            dependencies: [
                "Grammar", "Inference", "JSONSchema", "Mistral", "PageImages", "Tensors",
                .product(name: "Crypto", package: "swift-crypto"),
            ]),

        // 7: the drop folder; HTTP
        .target(
            name: "DropFolder",
            dependencies: [
                "CPlatform", "Extraction", "Files", "JSONSchema", "PageImages", "SQLite",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ]),

        .target(
            name: "HTTPService",
            dependencies: ["JSONSchema", .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")]),

        // 8: the executable
        .executableTarget(
            name: "gleaner",
            dependencies: [
                "DropFolder", "Extraction", "Files", "Grammar", "HTTPService", "Inference", "JSONSchema", "Mistral",
                "PageImages", "SystemService", "Tensors",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]),

        .target(name: "TestSupport", path: "Tests/TestSupport"),
        .target(name: "TestPages", dependencies: ["PageImages"], path: "Tests/TestPages"),
        .target(name: "CMisdeeds", path: "Tests/CMisdeeds"),
        .executableTarget(name: "without-seccomp", path: "Tests/WithoutSeccomp"),
        .executableTarget(
            name: "page-worker-with-misdeeds", dependencies: ["CMisdeeds", "PageImages"],
            path: "Tests/PageWorkerWithMisdeeds"),
        .target(
            name: "TestEngine",
            dependencies: [
                "Extraction", "JSONSchema", "PageImages", "TestPages",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            path: "Tests/TestEngine"),
        .executableTarget(
            name: "drop-folder-throughput", dependencies: ["DropFolder", "Files", "TestEngine", "TestSupport"],
            path: "Benchmarks/DropFolderThroughput"),
        .executableTarget(
            name: "guided-generation", dependencies: ["Grammar", "Inference", "JSONSchema", "Mistral", "Tensors"],
            path: "Benchmarks/GuidedGeneration"),
        .executableTarget(
            name: "page-speed", dependencies: ["PageImages", "TestPages"], path: "Benchmarks/PageSpeed",
            exclude: ["make_samples.py"]),
        .executableTarget(
            name: "schema-fuzzer", dependencies: ["Grammar", "JSONSchema", "TestSupport"], path: "Tests/SchemaFuzzer"),
        .executableTarget(
            name: "drop-folder-test-daemon", dependencies: ["DropFolder", "TestEngine"],
            path: "Tests/DropFolderTestDaemon"),
        .testTarget(name: "CKernelsTests", dependencies: ["CKernels"]),
        .testTarget(name: "TensorsTests", dependencies: ["Tensors", "TestSupport"]),
        .testTarget(
            name: "PageImagesTests",
            dependencies: ["gleaner", "page-worker-with-misdeeds", "PageImages", "TestPages", "TestSupport"],
            exclude: [
                "Fixtures", "Codecs/Fixtures",
                "Hostile/make_hostile.py", "Hostile/hostile", "Corpora/compare_pages.py",
            ]),
        .testTarget(name: "JSONSchemaTests", dependencies: ["JSONSchema", "TestSupport"]),
        .testTarget(name: "GrammarTests", dependencies: ["Grammar", "JSONSchema", "TestSupport"]),
        .testTarget(
            name: "MistralTests",
            dependencies: ["gleaner", "Mistral", "Tensors", "PageImages", "JSONSchema", "TestPages", "TestSupport"]),
        .testTarget(
            name: "InferenceTests",
            dependencies: ["Inference", "Grammar", "Mistral", "Tensors", "JSONSchema", "TestSupport"]),
        .testTarget(
            name: "ExtractionTests",
            dependencies: ["gleaner", "Extraction", "JSONSchema", "PageImages", "TestPages", "TestSupport"]),
        .testTarget(name: "FilesTests", dependencies: ["Files", "TestSupport"]),
        .testTarget(
            name: "SystemServiceTests",
            dependencies: ["SystemService", "TestSupport", .product(name: "Logging", package: "swift-log")]),
        .testTarget(
            name: "HTTPServiceTests",
            dependencies: [
                "HTTPService", "TestSupport", .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .testTarget(name: "SQLiteTests", dependencies: ["SQLite", "TestSupport"]),
        .testTarget(
            name: "DropFolderTests",
            dependencies: [
                "DropFolder", "drop-folder-test-daemon", "gleaner", "Extraction", "Files", "JSONSchema", "SQLite",
                "TestEngine",
                "TestSupport",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ]),
        .testTarget(
            name: "CommandLineTests",
            dependencies: [
                "gleaner", "without-seccomp", "JSONSchema", "Tensors", "TestSupport",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
