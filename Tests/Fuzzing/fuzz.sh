#!/usr/bin/env bash
# Fuzzes the picture codecs, what workers and reader say to each other, and the readers of models, one after the other:
# fuzz.sh [SECONDS for each] [png|jpeg|tiff|messages|gguf|safetensors|tekken|configuration ...]
# Needs a clang and a swiftc with libFuzzer. Seeds are the test fixtures, the headers of the reference models, and the
# corpora beside the repository where they exist; what is found lies in $GLEANER_FUZZING, by default in a folder under
# /tmp.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=${GLEANER_FUZZING:-/tmp/gleaner-fuzzing}
seconds=${1:-60}
shift || true
[ $# -gt 0 ] || set -- png jpeg tiff messages gguf safetensors tekken configuration

# A trap is a finding by itself: without this, Swift looks for a backtrace, and the sanitizer stumbles over that.
export SWIFT_BACKTRACE=enable=no
# Files that the readers of models open.
GLEANER_FUZZING_FILES=$(mktemp -d --tmpdir=/dev/shm)
export GLEANER_FUZZING_FILES
trap 'rm -rf "$GLEANER_FUZZING_FILES"' EXIT

seed() { # seed FORMAT: copies what fits into the corpus
    local extension=$1
    case $1 in
        gguf | safetensors | tekken | configuration)
            python3 "$here/make_model_seeds.py" "$root/Tests/Reference/out" "$work"
            return
            ;;
        jpeg) extension=jpg ;;
    esac
    mkdir -p "$work/$1"
    find "$root/Tests/PageImagesTests" "$root/../shared/corpora" -name "*.$extension" -size -64k \
        -exec cp --no-preserve=mode -t "$work/$1" {} + 2>/dev/null || true
}

build() { # build FORMAT
    case $1 in
        messages) build_messages ;;
        gguf | safetensors | tekken | configuration) build_model_reader "$1" ;;
        *)
            "${CLANG:-clang}" -g -O1 -fsanitize=address,undefined,fuzzer -fno-sanitize-recover=undefined \
                -I "$root/Sources/CImageCodecs/include" "$here/fuzz_$1.c" "$root"/Sources/CImageCodecs/*.c \
                -lpng -ljpeg -ltiff -lz -o "$work/fuzz-$1"
            ;;
    esac
}

build_messages() { # the Swift files that read messages need nothing of the rest
    local pages=$root/Sources/PageImages
    "${SWIFTC:-swiftc}" -g -O -parse-as-library -suppress-warnings -sanitize=fuzzer,address "$here/fuzz_messages.swift" \
        "$pages"/Worker/{ByteReader,ByteWriter,SandboxReport,PageFacts+Bytes,PageContent+Bytes}.swift \
        "$pages"/Worker/{WorkerRequest,WorkerReply}.swift "$pages"/Formats/{ByteSearch,PageSource}.swift \
        "$pages"/Pages/{PageContent,PageFacts,PixelRect,PixelSize}.swift \
        "$pages"/Document/{DocumentKind,PageLimits}.swift -o "$work/fuzz-messages" 2>/dev/null
}

swift_compile() { # swift_compile ARGUMENTS
    "${SWIFTC:-swiftc}" -g -O -wmo -swift-version 6 -parse-as-library -suppress-warnings -sanitize=fuzzer,address \
        -I "$work/modules" -I "$root/Sources/CKernels/include" "$@" 2> >(grep error: >&2) # not what the linker warns of
}

swift_module() { # swift_module NAME PATH...
    local name=$1
    shift
    find "$@" -name '*.swift' -print0 | sort -z | xargs -0 \
        bash -c 'swift_compile -module-name "$0" -emit-module -emit-module-path "$work/modules/$0.swiftmodule" -c \
            -o "$work/modules/$0.o" "$@"' "$name"
}

build_model_modules() { # what reads models, once for all formats
    local kernels=$root/Sources/CKernels model=$root/Sources/Mistral
    mkdir -p "$work/modules"
    (cd "$work/modules" && find "$kernels" -name '*.c' -exec "${CLANG:-clang}" -c -g -O1 -std=c11 \
        -fsanitize=address -I "$kernels" -I "$kernels/include" {} +)
    export work root
    export -f swift_compile
    swift_module JSONSchema "$root"/Sources/JSONSchema/{JSON,Numbers}
    swift_module Tensors "$root/Sources/Tensors"
    swift_module Mistral "$model"/{Configuration,Files,Tokenizer,Weights} "$model/MistralModel+Observation.swift"
}

model_modules_built=false
build_model_reader() { # build_model_reader FORMAT
    "$model_modules_built" || build_model_modules
    model_modules_built=true
    swift_compile "$here"/{fuzz_"$1",ModelChecks,ScratchFile}.swift "$work"/modules/*.o -o "$work/fuzz-$1"
}

options() { # options FORMAT: bounds; readers of headers must not take much time or memory
    case $1 in
        gguf | safetensors | tekken | configuration)
            echo "-rss_limit_mb=1024 -malloc_limit_mb=300 -timeout=2 -dict=model.dict"
            ;;
        *) echo "-rss_limit_mb=2048 -timeout=10" ;;
    esac
}

for format; do
    seed "$format"
    build "$format"
    # shellcheck disable=SC2046 # several options
    (cd "$work" && "./fuzz-$format" "$format" -max_total_time="$seconds" -max_len=65536 $(options "$format") \
        -print_final_stats=1 -artifact_prefix="$format-")
done
