import Tensors

/// Buffers that the layers of one pass use one after the other, and the feed-forward half that both stacks share.
struct TransformerWorkspace {
    /// Rows of the feed-forward half that are computed at once: bounds the memory of its wide middle.
    private static let feedForwardRows = 768

    var normalized = Matrix(rows: 0, columns: 0)  // (n, hidden)
    var joined = Matrix(rows: 0, columns: 0)  // (n, queries + keys + values)
    var attended = Matrix(rows: 0, columns: 0)  // (n, heads * head_dim)
    private var gateAndUp = Matrix(rows: 0, columns: 0)  // (rows, 2 * intermediate)
    private var gated = Matrix(rows: 0, columns: 0)  // (rows, intermediate)

    /// Sets `joined` to queries, keys and values of x.
    mutating func project(_ x: Matrix, _ layer: LayerWeights, epsilon: Float, threads: ThreadPool) {
        normalized.setNormalized(x, weight: layer.attentionNorm, epsilon: epsilon, threads: threads)
        joined.setProduct(normalized, [layer.query, layer.key, layer.value], threads: threads)
    }

    /// x += down(silu(gate(n)) * up(n)), n = rms(x).
    mutating func feedForward(_ x: inout Matrix, _ layer: LayerWeights, epsilon: Float, threads: ThreadPool) {
        guard x.rows > Self.feedForwardRows else {
            feedForwardPart(&x, layer, epsilon: epsilon, threads: threads)
            return
        }
        for first in stride(from: 0, to: x.rows, by: Self.feedForwardRows) {
            var part = x.rows(first..<min(x.rows, first + Self.feedForwardRows))
            feedForwardPart(&part, layer, epsilon: epsilon, threads: threads)
            x.replaceRows(from: first, with: part)
        }
    }

    private mutating func feedForwardPart(
        _ x: inout Matrix, _ layer: LayerWeights, epsilon: Float, threads: ThreadPool
    ) {
        normalized.setNormalized(x, weight: layer.feedForwardNorm, epsilon: epsilon, threads: threads)
        gateAndUp.setProduct(normalized, [layer.gate, layer.up], threads: threads)
        gated.setGated(gateAndUp, threads: threads)
        x.addProduct(gated, layer.down, threads: threads)
    }
}
