#include "exif.h"

enum { type_byte = 1, type_short = 3, type_long = 4, type_rational = 5 };
enum { tag_orientation = 274, tag_x_resolution = 282, tag_y_resolution = 283, tag_resolution_unit = 296 };
enum { unit_inch = 2, unit_centimetre = 3 };

typedef struct {
    const uint8_t *data;
    size_t size;
    int is_big_endian;
} exif_reader;

/// A number of one, two or four bytes; 0 beyond the end.
static uint32_t number(const exif_reader *reader, size_t place, size_t length) {
    if (place > reader->size || length > reader->size - place) return 0;
    uint32_t value = 0;
    for (size_t i = 0; i < length; i++) {
        size_t next = reader->is_big_endian ? i : length - 1 - i;
        value = value << 8 | reader->data[place + next];
    }
    return value;
}

static uint32_t whole_number(const exif_reader *reader, size_t entry) {
    switch (number(reader, entry + 2, 2)) {
    case type_byte: return number(reader, entry + 8, 1);
    case type_short: return number(reader, entry + 8, 2);
    case type_long: return number(reader, entry + 8, 4);
    default: return 0;
    }
}

static double fraction(const exif_reader *reader, size_t entry) {
    if (number(reader, entry + 2, 2) != type_rational) return 0;
    size_t place = number(reader, entry + 8, 4);
    uint32_t denominator = number(reader, place + 4, 4);
    return denominator ? (double)number(reader, place, 4) / denominator : 0;
}

exif_facts exif_read(const uint8_t *data, size_t size) {
    exif_facts facts = {0};
    if (size < 8 || data[0] != data[1] || (data[0] != 'I' && data[0] != 'M')) return facts;
    exif_reader reader = {data, size, data[0] == 'M'};
    if (number(&reader, 2, 2) != 42) return facts;

    uint32_t unit = unit_inch;
    size_t directory = number(&reader, 4, 4);
    uint32_t count = number(&reader, directory, 2);
    for (uint32_t i = 0; i < count; i++) {
        size_t entry = directory + 2 + 12 * (size_t)i;
        if (entry + 12 > size) break;
        switch (number(&reader, entry, 2)) {
        case tag_orientation: facts.orientation = (int)(whole_number(&reader, entry) & 0xFFFF); break;
        case tag_x_resolution: facts.dpi_x = fraction(&reader, entry); break;
        case tag_y_resolution: facts.dpi_y = fraction(&reader, entry); break;
        case tag_resolution_unit: unit = whole_number(&reader, entry); break;
        default: break;
        }
    }
    if (facts.orientation < 1 || facts.orientation > 8) facts.orientation = 0;
    double dots_per_inch = unit == unit_inch ? 1 : unit == unit_centimetre ? 2.54 : 0;
    facts.dpi_x *= dots_per_inch;
    facts.dpi_y *= dots_per_inch;
    return facts;
}
