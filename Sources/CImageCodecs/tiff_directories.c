#include "tiff_directories.h"

#include "message.h"

// Real directories have 10 to 100 entries; libtiff's time grows with the square of those that it does not know.
enum { maximum_entries = 1024 };
// Pages may share a colour profile, so that values count more than once.
enum { maximum_sharing = 4 };

typedef struct {
    const uint8_t *data;
    size_t size;
    int is_big_endian;
    int is_big;               ///< BigTIFF: 64-bit offsets
    uint64_t directory_size;  ///< of all directories so far
    uint64_t value_size;      ///< of all values so far
} directory_walk;

/// A number of up to eight bytes. The caller has checked that it lies within the data.
static uint64_t number(const directory_walk *walk, uint64_t place, unsigned length) {
    uint64_t value = 0;
    for (unsigned i = 0; i < length; i++) {
        value = value << 8 | walk->data[place + (walk->is_big_endian ? i : length - 1 - i)];
    }
    return value;
}

static int is_within(const directory_walk *walk, uint64_t place, uint64_t length) {
    return place <= walk->size && length <= walk->size - place;
}

/// Bytes of one value of a type (TIFF 6.0, section 2; BigTIFF); 0 for types that nobody knows.
static unsigned size_of_type(uint64_t type) {
    static const uint8_t sizes[] = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};
    return type < sizeof sizes ? sizes[type] : 0;
}

/// Adds up what the entries of a directory point to; 0 where it is too much.
static int add_values(directory_walk *walk, uint64_t first_entry, uint64_t entry_size, uint64_t count) {
    for (uint64_t i = 0; i < count; i++) {
        uint64_t entry = first_entry + i * entry_size;
        uint64_t values = number(walk, entry + 4, walk->is_big ? 8 : 4);
        // More than the file can hold is for libtiff to refuse: it looks before it allocates.
        if (values > walk->size) continue;
        walk->value_size += values * size_of_type(number(walk, entry + 2, 2));
        if (walk->value_size / maximum_sharing > walk->size) return 0;
    }
    return 1;
}

static codec_status fail(char *message, codec_status status, const char *text) {
    codec_say(message, text);
    return status;
}

/// Looks through the directory at `*place` and moves on to the next one, 0 behind the last.
static codec_status next_directory(directory_walk *walk, uint64_t *place, char *message) {
    unsigned count_size = walk->is_big ? 8 : 2, offset_size = walk->is_big ? 8 : 4, entry_size = walk->is_big ? 20 : 12;
    if (!is_within(walk, *place, count_size)) {
        return fail(message, CODEC_TRUNCATED, "a page's directory lies behind the end");
    }
    uint64_t count = number(walk, *place, count_size);
    if (count == 0 || count > maximum_entries) {
        return fail(message, CODEC_CORRUPT, "a page's directory is empty or far too long");
    }
    uint64_t directory_size = count_size + count * entry_size + offset_size;
    if (!is_within(walk, *place, directory_size)) {
        return fail(message, CODEC_TRUNCATED, "a page's directory is cut short");
    }
    walk->directory_size += directory_size;
    if (walk->directory_size > walk->size) {
        return fail(message, CODEC_CORRUPT, "the directories of its pages overlap or run in a circle");
    }
    if (!add_values(walk, *place + count_size, entry_size, count)) {
        return fail(message, CODEC_CORRUPT, "the tags of its pages are larger than the file");
    }
    *place = number(walk, *place + directory_size - offset_size, offset_size);
    return CODEC_OK;
}

codec_status tiff_directories_count(const uint8_t *data, size_t size, uint32_t *count, char *message) {
    directory_walk walk = {.data = data, .size = size};
    *count = 0;
    if (size < 16) return fail(message, CODEC_TRUNCATED, "the data end early");
    walk.is_big_endian = data[0] == 'M';
    walk.is_big = number(&walk, 2, 2) == 43;
    uint64_t place = walk.is_big ? number(&walk, 8, 8) : number(&walk, 4, 4);
    if (place == 0) return fail(message, CODEC_CORRUPT, "it has no pages");
    for (; place != 0; ++*count) {
        codec_status status = next_directory(&walk, &place, message);
        if (status != CODEC_OK) return status;
    }
    message[0] = 0;
    return CODEC_OK;
}
