"""Draws a receipt on a canvas: layouts, fonts, labels and formats are drawn from a seeded random generator."""
from __future__ import annotations

import random

from .canvas import MONOSPACED, PROPORTIONAL, Canvas
from .content import CURRENCIES, MONTHS, Receipt, STREETS, TOWNS

NUMBER_LABELS = ["Receipt No", "Receipt No.", "Receipt #", "Receipt", "Receipt number", "Ticket", "Ticket No", "Invoice No",
                 "Bill No", "Bon-Nr.", "Slip", "Transaction", "Order", "Ref", "No", "RECEIPT NO", "TICKET #", "BILL"]
DATE_LABELS = ["Date", "Date", "DATE", "Datum", "Printed", "Sold on", "", "", ""]
TOTAL_LABELS = ["TOTAL", "Total", "TOTAL", "Total due", "Amount due", "Grand total", "To pay", "TOTAL DUE", "Balance due",
                "Summe", "SUM", "Total amount"]
SUBTOTAL_LABELS = ["Subtotal", "SUBTOTAL", "Sub-total", "Net", "Goods"]
TAX_LABELS = ["VAT", "Tax", "TAX", "MwSt", "Incl. VAT"]
FAREWELLS = ["Thank you!", "Thank you for your visit", "Please come again", "THANK YOU", "Have a nice day", "See you soon",
             "Goods can be returned in 14 days", "Vielen Dank", "www.example.com", "Keep this receipt"]


class ReceiptDrawing:
    """One receipt on one canvas. `width` and `height` are those of the page in points."""

    def __init__(self, r: random.Random, canvas: Canvas, receipt: Receipt, width: float, height: float):
        self.r, self.canvas, self.receipt, self.width, self.height = r, canvas, receipt, width, height
        self.family = r.choice(MONOSPACED) if r.random() < 0.55 else r.choice(PROPORTIONAL)
        self.size = r.uniform(7.6, 9.2)
        self.pitch = self.size * r.uniform(1.15, 1.45)
        self.left = r.uniform(5, 14)
        self.right = width - r.uniform(5, 14)
        self.baseline = r.uniform(6, 14)
        self.comma = receipt.currency == "EUR" and r.random() < 0.5
        self.date_style = r.randint(0, 5)
        self.quantity_style = r.randint(0, 3)
        self.symbol = CURRENCIES[receipt.currency]
        self.amount_style = r.randint(0, 2)  # bare; symbol before; symbol after: on every amount
        self.total_style = r.randint(0, 3)  # symbol before, symbol after, code before, code after

    def draw(self):
        """Draws everything that fits; returns False when the page was too small."""
        self.plain()
        self.header()
        self.separator()
        self.identity()
        self.separator()
        for ordinal, item in enumerate(self.receipt.items, 1):
            self.item(ordinal, item)
        self.separator()
        self.totals()
        if self.r.random() < 0.6:
            self.payment()
        if self.r.random() < 0.6 and self.baseline + 2 * self.pitch < self.height:
            self.line()
            self.centred(self.r.choice(FAREWELLS))
        return self.baseline < self.height - 2

    def plain(self, bold: bool = False):
        self.canvas.font(self.family, self.size, bold)

    def line(self, factor: float = 1.0):
        self.baseline += self.pitch * factor

    def fitted(self, text: str, available: float, size: float, bold: bool):
        """Chooses the largest size up to `size` at which the text fits."""
        self.canvas.font(self.family, size, bold)
        while self.canvas.width(text) > available and size > 5:
            size -= 0.3
            self.canvas.font(self.family, size, bold)

    def centred(self, text: str, field: str = ""):
        x = (self.left + self.right - self.canvas.width(text)) / 2
        self.canvas.text(max(x, self.left), self.baseline, text, field)

    def header(self):
        r = self.r
        place = self.centred if r.random() < 0.7 else lambda t, f="": self.canvas.text(self.left, self.baseline, t, f)
        self.line(0.4)
        size = self.size * r.choice([1.0, 1.2, 1.35, 1.5, 1.7])
        self.fitted(self.receipt.merchant, self.right - self.left, size, r.random() < 0.5)
        self.baseline += self.canvas.size * 0.8
        place(self.receipt.merchant, "merchant")
        self.plain()
        lines = [f"{r.randint(1, 199)} {r.choice(STREETS)} {r.choice(['Street', 'Road', 'Lane', 'Ave'])}",
                 f"{r.choice(TOWNS)} {r.randint(1000, 99999)}",
                 f"{r.choice(['Tel', 'Phone', 'T'])}{r.choice([':', '.', ''])} {r.randint(100, 999)} {r.randint(1000000, 9999999)}",
                 f"{r.choice(['VAT', 'Tax ID', 'UID'])} {r.choice(['GB', 'DE', 'CHE', ''])}{r.randint(100000000, 999999999)}"]
        for text in lines:
            if r.random() < 0.4:
                self.line()
                place(text)

    def separator(self):
        style = self.r.randint(0, 4)
        if style == 0:
            self.line(0.6)
        elif style in (1, 2):
            self.line(0.5)
            self.canvas.rule(self.left, self.right, self.baseline, self.r.uniform(0.3, 1), style == 2)
            self.line(0.2)
        else:
            self.line()
            mark = self.r.choice("-=*-")
            count = int((self.right - self.left) / max(self.canvas.width(mark), 1))
            self.canvas.text(self.left, self.baseline, mark * count)

    def label(self, text: str) -> str:
        return text + self.r.choice([":", "", ": "]) if text and not text.endswith("#") else text

    def date(self, x: float) -> float:
        year, month, day = self.receipt.date
        parts = {0: [("date.year", "%04d" % year), ("", "-"), ("date.month", "%02d" % month), ("", "-"), ("date.day", "%02d" % day)],
                 1: [("date.day", "%02d" % day), ("", "."), ("date.month", "%02d" % month), ("", "."), ("date.year", "%04d" % year)],
                 2: [("date.day", "%02d" % day), ("", "/"), ("date.month", "%02d" % month), ("", "/"), ("date.year", "%04d" % year)],
                 3: [("date.day", str(day)), ("", " "), ("date.month", MONTHS[month - 1]), ("", " "), ("date.year", str(year))],
                 4: [("date.month", MONTHS[month - 1]), ("", " "), ("date.day", str(day)), ("", ", "), ("date.year", str(year))],
                 5: [("date.year", "%04d" % year), ("", "/"), ("date.month", "%02d" % month), ("", "/"), ("date.day", "%02d" % day)],
                 }[self.date_style]
        for field, text in parts:
            x = self.canvas.text(x, self.baseline, text, field)
        return x

    def time(self) -> str:
        return "%02d:%02d" % (self.r.randint(7, 22), self.r.randint(0, 59)) if self.r.random() < 0.6 else ""

    def identity(self):
        """Date and receipt number: one line or two, in either order, among other lines."""
        r = self.r

        def date_line():
            self.line()
            x = self.canvas.text(self.left, self.baseline, self.label(r.choice(DATE_LABELS)))
            x = self.date(x + (3 if x > self.left else 0))
            time = self.time()
            if time:
                if r.random() < 0.5:
                    self.canvas.text(x + self.size * 0.6, self.baseline, time)
                elif self.right - self.canvas.width(time) > x + 4:
                    self.canvas.text(self.right - self.canvas.width(time), self.baseline, time)

        def number_line():
            self.line()
            x = self.canvas.text(self.left, self.baseline, self.label(r.choice(NUMBER_LABELS)))
            width = self.canvas.width(self.receipt.number)
            if r.random() < 0.25 and self.right - width > x + 4:
                x = self.right - width
            else:
                x += self.size * 0.5
            self.canvas.text(x, self.baseline, self.receipt.number, "number")

        def other_line():
            self.line()
            self.canvas.text(self.left, self.baseline, r.choice(
                [f"Cashier: {r.randint(1, 40)}", f"Till {r.randint(1, 9)}", f"Table {r.randint(1, 60)}", f"Served by {r.choice(TOWNS)}",
                 f"Terminal {r.randint(100, 9999)}", f"Guests: {r.randint(1, 9)}", f"Store {r.randint(10, 999)}"]))

        order = [date_line, number_line]
        if r.random() < 0.5:
            order.reverse()
        if r.random() < 0.35:
            order.insert(r.randint(0, 2), other_line)
        for draw in order:
            draw()

    def amount_text(self, cents: int) -> str:
        text = "%d.%02d" % (cents // 100, cents % 100)
        return text.replace(".", ",") if self.comma else text

    def amount(self, cents: int, field: str, ordinal: int = 0, style: int | None = None):
        """An amount that ends at the right margin; returns where it starts."""
        style = self.amount_style if style is None else style
        before, after = {0: ("", ""), 1: (self.symbol, ""), 2: ("", " " + self.symbol), 3: (self.receipt.currency + " ", ""),
                         4: ("", " " + self.receipt.currency)}[style]
        if before == "CHF":
            before = "CHF "
        text = self.amount_text(cents)
        start = self.right - self.canvas.width(before + text + after)
        x = self.canvas.text(start, self.baseline, before, "currency") if before else start
        x = self.canvas.text(x, self.baseline, text, field, ordinal)
        if after:
            self.canvas.text(x, self.baseline, after, "currency")
        return start

    def item(self, ordinal: int, item):
        canvas = self.canvas
        self.line()
        self.plain()
        cents = self.amount_text(item.cents)
        available = self.right - self.left - canvas.width(cents + "MMMM")
        quantity = str(item.quantity)
        single = item.cents // item.quantity
        x = self.left
        style = self.quantity_style
        if style == 0 or (style == 1 and item.quantity > 1):
            x = canvas.text(x, self.baseline, quantity, "quantity", ordinal)
            x = canvas.text(x, self.baseline, self.r.choice(["x ", " x ", " "]) if style == 1 else "  ")
        self.fitted(item.description, available - (x - self.left), self.size, False)
        x = canvas.text(x, self.baseline, item.description, "description", ordinal)
        self.plain()
        if style == 2 and item.quantity > 1:
            canvas.text(x, self.baseline, " x", "", ordinal)
            canvas.text(x + canvas.width(" x"), self.baseline, quantity, "quantity", ordinal)
        if style == 3 and item.quantity > 1:
            self.line()
            x = canvas.text(self.left + self.size, self.baseline, quantity, "quantity", ordinal)
            canvas.text(x, self.baseline, " x " + self.amount_text(single))
        self.amount(item.cents, "amount", ordinal)

    def totals(self):
        r, receipt = self.r, self.receipt
        tax = receipt.total_cents * receipt.tax_percent // (100 + receipt.tax_percent)
        extra = []
        if receipt.tax_percent and r.random() < 0.7:
            extra = [(r.choice(SUBTOTAL_LABELS), receipt.total_cents - tax), (f"{r.choice(TAX_LABELS)} {receipt.tax_percent}%", tax)]
        for label, cents in extra:
            self.line()
            self.canvas.text(self.left, self.baseline, label)
            self.amount(cents, "")
        self.line(r.choice([1, 1.2]))
        size = self.size * r.choice([1, 1, 1.15, 1.3])
        self.canvas.font(self.family, size, r.random() < 0.5)
        self.baseline += (size - self.size) * 0.8
        start = self.amount(receipt.total_cents, "total", style=self.total_style + 1)
        label = r.choice(TOTAL_LABELS)
        if self.left + self.canvas.width(label) < start - 2:
            self.canvas.text(self.left, self.baseline, label)
        else:
            self.canvas.text(self.left, self.baseline, "SUM")
        self.plain()

    def payment(self):
        r, total = self.r, self.receipt.total_cents
        if r.random() < 0.5:
            self.line()
            self.canvas.text(self.left, self.baseline, r.choice(["Card", "VISA", "Mastercard", "EC card", "DEBIT", "Contactless"]))
            self.amount(total, "")
        else:
            given = (total // 1000 + 1) * 1000
            for label, cents in ((r.choice(["Cash", "CASH", "Given"]), given), (r.choice(["Change", "CHANGE"]), given - total)):
                self.line()
                self.canvas.text(self.left, self.baseline, label)
                self.amount(cents, "")
