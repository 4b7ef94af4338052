import Glibc
import PageImages
import TestPages

/// How long pages take beside pdftoppm, and how long a worker takes to start.
///
/// `page-speed FILE.pdf [WIDTH HEIGHT [ROUNDS]]` draws the first page by a warm worker and by pdftoppm, in turns;
/// `page-speed --stream FILE` draws all pages and prints the memory that it took. The workers are those of the `gleaner`
/// in the same folder: build it first. `make_samples.py` makes documents.
@main
struct PageSpeed {
    static func main() {
        var arguments = Array(CommandLine.arguments.dropFirst())
        let streams = arguments.first == "--stream"
        if streams { arguments.removeFirst() }
        guard let path = arguments.first else {
            print("usage: page-speed FILE.pdf [WIDTH HEIGHT [ROUNDS]] | page-speed --stream FILE [WIDTH HEIGHT]")
            exit(64)
        }
        let numbers = arguments.dropFirst().compactMap { Int($0) }
        let size =
            numbers.count >= 2 ? PixelSize(width: numbers[0], height: numbers[1]) : PixelSize(width: 1092, height: 1540)
        do {
            if streams {
                try stream(path, size)
            } else {
                try compare(path, size, rounds: numbers.count >= 3 ? max(1, numbers[2]) : 31)
            }
        } catch {
            print("page-speed: \(error)")
            exit(1)
        }
    }

    private static func compare(_ path: String, _ size: PixelSize, rounds: Int) throws {
        let starts = try (0..<11).map { _ in
            try seconds { try PageReader(TestPages.configuration).warmUp() }
        }
        print("start of a worker: \(Spread(starts).milliseconds)")

        let reader = PageReader(TestPages.configuration)
        let pdftoppm = Pdftoppm(path: path, size: size)
        var ours: [Double] = []
        var theirs: [Double] = []
        // The first round fills caches, and is not counted. Who comes first changes: what else runs slows both.
        for round in 0...rounds {
            var own = 0.0
            var other = 0.0
            if round % 2 == 0 { own = try seconds { try draw(path, size, reader) } }
            other = try seconds { try pdftoppm.run() }
            if round % 2 == 1 { own = try seconds { try draw(path, size, reader) } }
            guard round > 0 else { continue }
            ours.append(own)
            theirs.append(other)
        }
        print("\(path) at \(size.width) x \(size.height), \(rounds) rounds")
        print("warm worker, file to pixels: \(Spread(ours).milliseconds)")
        print("pdftoppm, file to /dev/null: \(Spread(theirs).milliseconds)")
        print("ratio in each round: \(Spread(zip(ours, theirs).map { $0 / $1 }).plain)")
    }

    private static func draw(_ path: String, _ size: PixelSize, _ reader: PageReader) throws {
        let document = try reader.open(DocumentFile(path: path))
        _ = try document.render(page: 1, resolution: 144) { _ in size }
    }

    private static func stream(_ path: String, _ size: PixelSize) throws {
        let reader = PageReader(TestPages.configuration)
        try reader.warmUp()
        let before = Memory.peak()
        var pages = 0
        var bytes = 0
        let time = try seconds {
            let document = try reader.open(DocumentFile(path: path))
            for page in 1...document.pageCount {
                bytes += try document.render(page: page, resolution: 144, targetSize: { _ in size }).pixels.count
                pages += 1
            }
        }
        print("\(pages) pages, \(bytes >> 20) MiB of pixels in \(Spread([time]).milliseconds)")
        print(
            "peak memory: worker \(reader.statistics.peakBytes >> 20) MiB; reader \(before >> 20) MiB before, "
                + "\(Memory.peak() >> 20) MiB after"
        )
    }

    private static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let start = ContinuousClock.now
        try body()
        let time = start.duration(to: .now).components
        return Double(time.seconds) + Double(time.attoseconds) * 1e-18
    }
}
