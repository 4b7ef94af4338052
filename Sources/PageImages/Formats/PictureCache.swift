import Glibc

/// The decoded pixels of the page drawn last, so that the tiles of one page are decoded once.
struct PictureCache {
    typealias Decode = (UnsafeMutableRawBufferPointer) throws(PageFault) -> Void

    private var kept: (page: Int, pixels: PictureMemory)?

    /// Draws a part of a page. All of a page is decoded straight into `target` and not kept.
    mutating func draw(
        page: Int, region: PixelRect, of size: PixelSize, into target: UnsafeMutableRawBufferPointer, _ decode: Decode
    ) throws(PageFault) {
        guard region.isInside(size), target.count == 3 * region.width * region.height else {
            throw PageFault(.noSuchPage, "the part asked for is not one of this page")
        }
        if region == PixelRect(size), kept?.page != page {
            kept = nil
            return try decode(target)
        }
        let pixels = try pixels(page: page, size: size, decode)
        let line = 3 * region.width
        for row in 0..<region.height {
            let start = 3 * ((region.y + row) * size.width + region.x)
            UnsafeMutableRawBufferPointer(rebasing: target[row * line..<(row + 1) * line])
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: pixels[start..<start + line]))
        }
    }

    /// All of a page, (height, width, 3), until the next call.
    mutating func pixels(
        page: Int, size: PixelSize, _ decode: Decode
    ) throws(PageFault) -> UnsafeRawBufferPointer {
        if let kept, kept.page == page { return UnsafeRawBufferPointer(kept.pixels.bytes) }
        kept = nil
        let pixels = try PictureMemory(byteCount: 3 * size.width * size.height)
        try decode(pixels.bytes)
        kept = (page, pixels)
        return UnsafeRawBufferPointer(pixels.bytes)
    }
}

/// Memory for pixels, whose refusal is an error and not the end of the process.
private final class PictureMemory {
    let bytes: UnsafeMutableRawBufferPointer

    init(byteCount: Int) throws(PageFault) {
        guard let start = malloc(byteCount) else { throw PageFault(.outOfMemory, "\(byteCount) bytes for its pixels") }
        bytes = UnsafeMutableRawBufferPointer(start: start, count: byteCount)
    }

    deinit {
        free(bytes.baseAddress)
    }
}
