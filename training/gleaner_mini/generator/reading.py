"""The order in which a page is read, from where its blocks stand; lines of words, and the text of a region."""

from __future__ import annotations

from .layouts.recorder import Word

Box = tuple[float, float, float, float]


def around(words: list[Word]) -> Box:
    return (
        min(w.box[0] for w in words),
        min(w.box[1] for w in words),
        max(w.box[2] for w in words),
        max(w.box[3] for w in words),
    )


def groups(boxes: list[tuple[Box, int]], low: int, high: int, slack: float) -> list[list[tuple[Box, int]]]:
    """The boxes in groups that a straight gap separates along one axis (`low`, `high`: indices of its edges)."""
    found: list[list[tuple[Box, int]]] = []
    end = float("-inf")
    for entry in sorted(boxes, key=lambda e: (e[0][low], e[1])):
        if found and entry[0][low] < end - slack:
            found[-1].append(entry)
        else:
            found.append([entry])
        end = max(end, entry[0][high])
    return found


def ordered(boxes: list[tuple[Box, int]], rows: bool = True, tried: bool = False) -> list[int]:
    """Block numbers in reading order: rows, in these columns, and so on (recursive XY cut, Nagy and Seth 1984)."""
    if len(boxes) == 1:
        return [boxes[0][1]]
    parts = groups(boxes, 1, 3, 1.5) if rows else groups(boxes, 0, 2, 0.5)
    if len(parts) > 1:
        return [number for part in parts for number in ordered(part, not rows)]
    if tried:  # they overlap both ways: from top to bottom
        return [number for _, number in sorted(boxes, key=lambda e: (round(e[0][1]), e[0][0], e[1]))]
    return ordered(boxes, not rows, True)


def lines(words: list[Word]) -> list[list[Word]]:
    """The words of one block in lines; words on a line overlap by half of their height."""
    found: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.box[3], w.box[0])):
        middle = (word.box[1] + word.box[3]) / 2
        for line in found[-4:]:
            first = line[0].box
            if first[1] <= middle <= first[3] and abs(first[3] - word.box[3]) < 0.5 * (word.box[3] - word.box[1]):
                line.append(word)
                break
        else:
            found.append([word])
    return [sorted(line, key=lambda w: w.box[0]) for line in sorted(found, key=lambda l: l[0].box[3])]


def page_lines(words: list[Word], page: int) -> list[list[Word]]:
    """All lines of a page in reading order, without stamps and watermarks."""
    blocks: dict[int, list[Word]] = {}
    for word in words:
        if word.page == page and not word.decoration:
            blocks.setdefault(word.block, []).append(word)
    if not blocks:
        return []
    order = ordered([(around(members), number) for number, members in blocks.items()])
    return [line for number in order for line in lines(blocks[number])]


def region_text(page: list[list[Word]], region: Box) -> str:
    """What stands in a rectangle: the words whose middle lies in it, line by line."""
    inside = lambda w: (
        region[0] <= (w.box[0] + w.box[2]) / 2 <= region[2] and region[1] <= (w.box[1] + w.box[3]) / 2 <= region[3]
    )
    kept = [[w.text for w in line if inside(w)] for line in page]
    return "\n".join(" ".join(line) for line in kept if line)
