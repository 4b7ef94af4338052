import JSONSchema
import Mistral
import PageImages
import Tensors
import TestPages
import Testing

@Suite struct ImagePreprocessorTests {
    @Test func sizesEqualTheReference() throws {
        let cases = try ImageGoldens.cases("sizes.json")
        #expect(cases.count == 90)
        for reference in cases {
            let maximum = try #require(reference["max_image_size"]?.intValue)
            let input = try ImageGoldens.integers(reference, "input_wh")
            let target = ImagePreprocessor(maximumImageSize: maximum).targetSize(width: input[0], height: input[1])
            #expect([target.width, target.height] == (try ImageGoldens.integers(reference, "output_wh")), "\(input)")
            #expect([target.tokensWide, target.tokensHigh] == (try ImageGoldens.integers(reference, "tokens_wh")))
        }
    }

    static let names = [
        "rgb_100x75", "rgb_exact_56x84", "rgb_down_400x300", "rgb_tall_61x130", "rgba_90x60", "gray_40x40",
        "graya_33x50", "rgb_tiny_3x2",
    ]

    @Test func everyReferencePictureIsTested() throws {
        #expect(try ImageGoldens.cases("arrays.json").map { $0["name"]?.stringValue } == Self.names)
    }

    @Test(arguments: names) func pixelValuesEqualTheReference(_ name: String) throws {
        let tensors = try SafetensorsFile(path: ImageGoldens.path("arrays.safetensors"))
        let raster = try TestPages.open(ImageGoldens.path("\(name).png")).render(page: 1, resolution: 72)

        let rgb = try tensors.tensor("\(name).rgb")
        #expect(rgb.shape == [raster.height, raster.width, 3])
        #expect(try raster.compositedOnWhite().pixels.map(Int.init) == rgb.integers())

        let expected = try tensors.tensor("\(name).pixel_values")
        let values = ImagePreprocessor(maximumImageSize: 280).pixelValues(of: raster)
        #expect(expected.shape == [3, values.height, values.width])
        let numbers = try expected.floats()
        #expect(values.values.count == numbers.count)
        let worst = zip(values.values, numbers).map { abs($0 - $1) }.max() ?? .infinity
        #expect(worst < 1e-4)
    }

    @Test(arguments: [28, 280, 300, 1024, 1540]) func targetSizeIsItsOwnTarget(_ maximum: Int) {
        let preprocessor = ImagePreprocessor(maximumImageSize: maximum)
        for width in stride(from: 1, through: 2000, by: 37) {
            for height in stride(from: 1, through: 2000, by: 41) {
                let once = preprocessor.targetSize(width: width, height: height)
                #expect(preprocessor.targetSize(width: once.width, height: once.height) == once)
            }
        }
    }

    /// Shrunk to less than half a pixel, a strip still has one token.
    @Test func stripHasOneRowOfTokens() {
        #expect(ImagePreprocessor().targetSize(width: 5000, height: 1) == (1540, 28, 55, 1))
    }

    @Test func pdfPageIsDrawnAtTheTargetSize() throws {
        let preprocessor = ImagePreprocessor()
        // A4 at 144 dots per inch, shrunk to 1088 x 1540, which is 39 x 55 tokens.
        let natural = PixelSize(width: 1190, height: 1684)
        #expect(preprocessor.renderSize(natural: natural) == PixelSize(width: 1092, height: 1540))
        // Drawn so, the picture is normalised and nothing else.
        let white = Raster(
            width: 56, height: 28, hasAlpha: false, pixels: [UInt8](repeating: 255, count: 3 * 56 * 28))
        let values = preprocessor.pixelValues(of: white)
        #expect(values.width == 56 && values.height == 28)
        for (index, value) in values.values.enumerated() {
            let channel = index / (56 * 28)
            let expected = (1 - preprocessor.mean[channel]) / preprocessor.standardDeviation[channel]
            #expect(abs(value - expected) < 1e-5)
        }
    }
}
