// swift-tools-version: 6.2
import PackageDescription

// Layers, each importing only those below it: see docs/architecture.md.
let package = Package(
    name: "gleaner",
    products: [
        .executable(name: "gleaner", targets: ["gleaner"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
    ],
    targets: [
        .target(name: "JSONSchema"),
        .testTarget(name: "JSONSchemaTests", dependencies: ["JSONSchema"]),
    ],
    swiftLanguageModes: [.v6]
)
