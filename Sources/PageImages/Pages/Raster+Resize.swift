extension Raster {
    /// The picture, on white where it has alpha, resized to float32 planes with bicubic interpolation.
    ///
    /// Same as OpenCV's `INTER_CUBIC` on float32 data on the scale 0...255: values are not clamped, so they may leave
    /// that range beside edges. Shrinking does not smooth. Costs 12 multiplications for each new column of each source
    /// row used, and 12 for each pixel made; beside the result it holds four rows.
    ///
    /// - Precondition: both sides are positive.
    public func resizedPlanes(width newWidth: Int, height newHeight: Int) -> PixelPlanes {
        precondition(newWidth > 0 && newHeight > 0, "a picture has at least one pixel")
        let opaque = compositedOnWhite()
        let horizontal = CubicTaps(from: width, to: newWidth)
        let vertical = CubicTaps(from: height, to: newHeight)
        // Horizontally resized source rows: row r lies in slot r % 4, (4, 3, newWidth). The four rows behind an output
        // row are consecutive, so they never share a slot.
        var ring = [Float](repeating: 0, count: 4 * 3 * newWidth)
        var rowInSlot = [-1, -1, -1, -1]
        let values = [Float](unsafeUninitializedCapacity: 3 * newHeight * newWidth) { planes, initialized in
            ring.withUnsafeMutableBufferPointer { ring in
                for y in 0..<newHeight {
                    for tap in 0..<4 {
                        let row = vertical.indices[4 * y + tap]
                        guard rowInSlot[row % 4] != row else { continue }
                        rowInSlot[row % 4] = row
                        let start = row % 4 * 3 * newWidth
                        opaque.resizeRow(
                            row, taps: horizontal, into: ring.extracting(start..<(start + 3 * newWidth)))
                    }
                    Self.blendRows(ring, taps: vertical, y: y, width: newWidth, height: newHeight, into: planes)
                }
            }
            initialized = 3 * newHeight * newWidth
        }
        return PixelPlanes(width: newWidth, height: newHeight, values: values)
    }

    /// One row of this RGB raster to (3, newWidth).
    private func resizeRow(_ row: Int, taps: CubicTaps, into target: UnsafeMutableBufferPointer<Float>) {
        let newWidth = target.count / 3
        pixels.withUnsafeBufferPointer { pixels in
            taps.indices.withUnsafeBufferPointer { indices in
                taps.weights.withUnsafeBufferPointer { weights in
                    let source = pixels.extracting((row * width * 3)..<((row + 1) * width * 3))
                    for x in 0..<newWidth {
                        let place =
                            SIMD4(
                                indices[4 * x], indices[4 * x + 1], indices[4 * x + 2], indices[4 * x + 3]) &* 3
                        let (w0, w1) = (weights[4 * x], weights[4 * x + 1])
                        let (w2, w3) = (weights[4 * x + 2], weights[4 * x + 3])
                        for channel in 0..<3 {
                            target[channel * newWidth + x] =
                                w0 * Float(source[place[0] + channel]) + w1 * Float(source[place[1] + channel])
                                + w2 * Float(source[place[2] + channel]) + w3 * Float(source[place[3] + channel])
                        }
                    }
                }
            }
        }
    }

    /// The four rows in the ring, each (3, width), to row `y` of the planes (3, height, width).
    private static func blendRows(
        _ ring: UnsafeMutableBufferPointer<Float>, taps: CubicTaps, y: Int, width: Int, height: Int,
        into planes: UnsafeMutableBufferPointer<Float>
    ) {
        let slot = (0..<4).map { taps.indices[4 * y + $0] % 4 * 3 * width }
        let (s0, s1, s2, s3) = (slot[0], slot[1], slot[2], slot[3])
        let weight = taps.weights[(4 * y)..<(4 * y + 4)]
        let (w0, w1, w2, w3) = (weight[4 * y], weight[4 * y + 1], weight[4 * y + 2], weight[4 * y + 3])
        for channel in 0..<3 {
            let start = (channel * height + y) * width
            let offset = channel * width
            for x in 0..<width {
                let sum =
                    w0 * ring[s0 + offset + x] + w1 * ring[s1 + offset + x]
                    + w2 * ring[s2 + offset + x] + w3 * ring[s3 + offset + x]
                planes.initializeElement(at: start + x, to: sum)
            }
        }
    }
}
