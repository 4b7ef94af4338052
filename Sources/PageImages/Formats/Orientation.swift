/// How a stored picture has to be turned to stand upright (tag 274 of TIFF 6.0 and EXIF 2.32).
struct Orientation: Equatable {
    /// Degrees clockwise: 0, 90, 180 or 270.
    let rotation: Int
    /// Whether it is mirrored left to right before it is turned.
    let isMirrored: Bool

    /// Tags other than 1 to 8 leave the picture as it is.
    init(tag: Int) {
        switch tag {
        case 2: self.init(rotation: 0, isMirrored: true)
        case 3: self.init(rotation: 180, isMirrored: false)
        case 4: self.init(rotation: 180, isMirrored: true)
        case 5: self.init(rotation: 270, isMirrored: true)
        case 6: self.init(rotation: 90, isMirrored: false)
        case 7: self.init(rotation: 90, isMirrored: true)
        case 8: self.init(rotation: 270, isMirrored: false)
        default: self.init(rotation: 0, isMirrored: false)
        }
    }

    private init(rotation: Int, isMirrored: Bool) {
        self.rotation = rotation
        self.isMirrored = isMirrored
    }

    /// Whether the picture is stored on its side.
    var swapsSides: Bool { rotation % 180 != 0 }
}
