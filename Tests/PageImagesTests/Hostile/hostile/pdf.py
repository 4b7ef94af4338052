"""A writer of PDF files that does not ask whether they make sense."""

import decimal
import re
import zlib

# The first free object number of `one_page`.
FREE = 5


def plain(text):
    """The text with 1e9 written out: PDF knows no exponents."""
    return re.sub(rb"-?\d+e-?\d+", lambda found: format(decimal.Decimal(found[0].decode()), "f").encode(), text)


def stream(dictionary, data, length=None):
    """A stream object; `dictionary` without its brackets."""
    return b"<<%s /Length %s>>\nstream\n%s\nendstream" % (plain(dictionary), length or b"%d" % len(data), data)


def flate(dictionary, data):
    return stream(dictionary + b" /Filter /FlateDecode", zlib.compress(data, 9))


def pdf(objects, trailer=b"/Root 1 0 R"):
    """A file of the objects, which are numbered from 1, with a right cross-reference table."""
    parts, offsets, place = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"], [], 15
    for number, body in enumerate(objects, 1):
        offsets.append(place)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        place += len(parts[-1])
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1))
    parts += [b"%010d 00000 n \n" % offset for offset in offsets]
    parts.append(end(b"/Size %d %s" % (len(offsets) + 1, trailer), place))
    return b"".join(parts)


def end(trailer, place):
    """Trailer and end of a file whose cross-reference table lies at `place`."""
    return b"trailer\n<<%s>>\nstartxref\n%d\n%%%%EOF\n" % (trailer, place)


def one_page(content, *more, resources=b"", page=b"", box=b"0 0 612 792", root=b""):
    """One page. `content` is bytes or a stream object's bytes; the objects `more` are numbered from FREE."""
    if not content.startswith(b"<<"):
        content = stream(b"", plain(content))
    more = [body if b"stream" in body else plain(body) for body in more]
    return pdf(
        [
            b"<</Type /Catalog /Pages 2 0 R %s>>" % root,
            b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
            b"<</Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources <<%s>> %s>>"
            % (plain(box), plain(resources), page),
            content,
            *more,
        ]
    )


def form(content, resources=b"", box=b"0 0 612 792", more=b""):
    """A form XObject."""
    return stream(
        b"/Type /XObject /Subtype /Form /BBox [%s] /Resources <<%s>> %s" % (box, resources, more), plain(content)
    )


def image(dictionary, data, width=64, height=64, length=None):
    """An image XObject; `dictionary` says how it is coded."""
    size = b"/Type /XObject /Subtype /Image /Width %d /Height %d " % (width, height)
    return stream(size + dictionary, data, length)


def page_of_image(*objects):
    """A page that shows the image XObject FREE."""
    return one_page(b"q 612 0 0 792 0 0 cm /X Do Q", *objects, resources=b"/XObject <</X 5 0 R>>")


HELVETICA = b"/Font <</F <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>"
