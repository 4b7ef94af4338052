#!/usr/bin/env bash
# Fuzzes the picture codecs and what workers and reader say to each other, one after the other:
# fuzz.sh [SECONDS for each] [png|jpeg|tiff|messages ...]
# Needs a clang and a swiftc with libFuzzer. Seeds are the test fixtures, and the corpora beside the repository where they exist; what
# is found lies in $GLEANER_FUZZING, by default in a folder under /tmp.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=${GLEANER_FUZZING:-/tmp/gleaner-fuzzing}
seconds=${1:-60}
shift || true
[ $# -gt 0 ] || set -- png jpeg tiff messages

seed() { # seed FORMAT: copies what fits into the corpus
    local extension=$1
    [ "$1" = jpeg ] && extension=jpg
    mkdir -p "$work/$1"
    find "$root/Tests/PageImagesTests" "$root/../shared/corpora" -name "*.$extension" -size -64k \
        -exec cp --no-preserve=mode -t "$work/$1" {} + 2>/dev/null || true
}

build() { # build FORMAT
    if [ "$1" = messages ]; then build_messages; return; fi
    "${CLANG:-clang}" -g -O1 -fsanitize=address,undefined,fuzzer -fno-sanitize-recover=undefined \
        -I "$root/Sources/CImageCodecs/include" "$here/fuzz_$1.c" "$root"/Sources/CImageCodecs/*.c \
        -lpng -ljpeg -ltiff -lz -o "$work/fuzz-$1"
}

build_messages() { # the Swift files that read messages need nothing of the rest
    local pages=$root/Sources/PageImages
    "${SWIFTC:-swiftc}" -g -O -parse-as-library -suppress-warnings -sanitize=fuzzer,address "$here/fuzz_messages.swift" \
        "$pages"/Worker/{ByteReader,ByteWriter,SandboxReport,PageFacts+Bytes,PageContent+Bytes}.swift \
        "$pages"/Worker/{WorkerRequest,WorkerReply}.swift "$pages"/Formats/{ByteSearch,PageSource}.swift \
        "$pages"/Pages/{PageContent,PageFacts,PixelRect,PixelSize}.swift \
        "$pages"/Document/{DocumentKind,PageLimits}.swift -o "$work/fuzz-messages" 2>/dev/null
}

for format; do
    seed "$format"
    build "$format"
    (cd "$work" && "./fuzz-$format" "$format" -max_total_time="$seconds" -max_len=65536 -rss_limit_mb=2048 -timeout=10 \
        -print_final_stats=1 -artifact_prefix="$format-")
done
