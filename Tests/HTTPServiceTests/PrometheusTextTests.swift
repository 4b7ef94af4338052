import HTTPService
import Testing

struct PrometheusTextTests {
    @Test func everyTypeIsWrittenAsTheFormatAsks() {
        var text = PrometheusText()
        text.counter(
            "gleaner_documents_total", "Documents\nby outcome \\ inbox.",
            [.init(3, .init("inbox", "a\"b\\c\nd"), .init("outcome", "done")), .init(0.5)])
        text.gauge("gleaner_queue", "Depth.", [.init(.infinity), .init(-.infinity), .init(.nan), .init(-1)])
        text.histogram(
            "gleaner_seconds", "Time.",
            [.init(buckets: [(0.1, 1), (1, 4)], count: 5, sum: 7.25, .init("stage", "render"))])
        text.summary("gleaner_sync_seconds", "Time.", [.init(count: 2, sum: 1e-7)])
        #expect(
            text.text == #"""
                # HELP gleaner_documents_total Documents\nby outcome \\ inbox.
                # TYPE gleaner_documents_total counter
                gleaner_documents_total{inbox="a\"b\\c\nd",outcome="done"} 3
                gleaner_documents_total 0.5
                # HELP gleaner_queue Depth.
                # TYPE gleaner_queue gauge
                gleaner_queue +Inf
                gleaner_queue -Inf
                gleaner_queue NaN
                gleaner_queue -1
                # HELP gleaner_seconds Time.
                # TYPE gleaner_seconds histogram
                gleaner_seconds_bucket{stage="render",le="0.1"} 1
                gleaner_seconds_bucket{stage="render",le="1"} 4
                gleaner_seconds_bucket{stage="render",le="+Inf"} 5
                gleaner_seconds_sum{stage="render"} 7.25
                gleaner_seconds_count{stage="render"} 5
                # HELP gleaner_sync_seconds Time.
                # TYPE gleaner_sync_seconds summary
                gleaner_sync_seconds_sum 1e-07
                gleaner_sync_seconds_count 2

                """#)
    }
}
