"""What a synthetic receipt says: shop, date, number, lines, total; and the record it should be read as."""
from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass

CURRENCIES = {"EUR": "€", "USD": "$", "GBP": "£", "CHF": "CHF"}
FIRST = """Corner Golden Green Blue Silver Royal Sunny Happy Old New Central Station Harbour River Lake Hill Park Garden
Market Village City Town Urban Metro Express Quick Daily Fresh Pure Prime Grand Little Big Red White Black North South East West
Oak Pine Maple Willow Rose Lily Fox Bear Eagle Swan Lion Star Moon Sun Sky Cloud Stone Iron Copper Crystal Diamond Anna Peter
Maria John Luca Emma Oscar Nora Felix Ida Hugo Clara Max Ruby Leo Alma Theo Mia Smith Meyer Garcia Rossi Dubois Novak Jensen
Keller Wagner Costa Silva Brown Taylor Walker Hansen Larsen Moreau Lefevre Romano Ferrari Weber Schulz Becker Hoffmann""".split()
KIND = """Bakery Cafe Market Store Foods Grocery Pharmacy Books Shop Hardware Kitchen Deli Diner Bistro Pizza Grill Bar
Coffee Tea House Flowers Garden Toys Sports Fashion Shoes Electronics Supplies Stationery Optics Cycles Motors Fuel Station Hotel
Inn Restaurant Supermarket Butcher Fish Wines Spirits Cosmetics Salon Laundry Cleaners Print Copy Media Music Games""".split()
ENDING = ["", "", "", "", " Ltd", " GmbH", " & Co", " Inc", " AG", " LLC", " 24", " Express"]
GOODS = """Milk Bread Butter Cheese Eggs Apples Bananas Oranges Tomatoes Potatoes Onions Carrots Rice Pasta Flour Sugar Salt
Coffee Tea Juice Water Cola Beer Wine Chocolate Cookies Cake Muffin Croissant Bagel Sandwich Salad Soup Pizza Burger Fries Steak
Chicken Salmon Tuna Ham Sausage Yogurt Cream Honey Jam Oil Vinegar Pepper Mustard Ketchup Soap Shampoo Toothpaste Tissue Towel
Candle Battery Lamp Bulb Cable Charger Mouse Keyboard Notebook Pencil Pen Marker Paper Folder Stapler Tape Glue Scissors Screws
Nails Hammer Drill Paint Brush Socks Shirt Jacket Jeans Shoes Belt Hat Gloves Scarf Umbrella Bag Wallet Book Magazine Newspaper
Card Stamp Ticket Parking Diesel Unleaded Espresso Latte Cappuccino Mocha Brownie Donut Pretzel Waffle Pancake Omelette""".split()
QUALITY = """Fresh Organic Whole Large Small Red Green Dark Light Mini Family Premium Classic Natural Sweet Salted Smoked
Grilled Frozen Dried Vegan Daily Extra Double Soft Blue White Black""".split()
SIZE = ["1L", "0.5L", "2L", "500g", "250g", "1kg", "330ml", "XL", "M", "L", "12pk", "6pk", "A4", "2m", "40W"]
STREETS = "Main High Church Station Park Mill Bridge King Queen Market School Victoria London Spring Garden".split()
TOWNS = """London Leeds York Bristol Berlin Hamburg Munich Zurich Basel Bern Paris Lyon Nice Madrid Rome Milan Boston Austin
Denver Dallas Seattle Chicago""".split()
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@dataclass(frozen=True)
class Item:
    description: str
    quantity: int
    cents: int  # of the whole line


@dataclass(frozen=True)
class Receipt:
    merchant: str
    date: tuple[int, int, int]  # year, month, day
    number: str
    currency: str
    items: tuple[Item, ...]
    total_cents: int
    tax_percent: int

    def values(self) -> dict:
        """The record, in the order of schemas/receipt.json. Amounts are strings that stand for JSON numbers: see `amount`."""
        return {
            "merchant": self.merchant,
            "date": "%04d-%02d-%02d" % self.date,
            "receipt_number": self.number,
            "currency": self.currency,
            "items": [{"description": i.description, "quantity": i.quantity, "amount": Amount(i.cents)} for i in self.items],
            "total": Amount(self.total_cents),
        }


class Amount(float):
    """A number that is written with both decimals, as it is printed."""

    def __new__(cls, cents: int):
        return super().__new__(cls, cents / 100)


def to_json(value) -> str:
    """Compact JSON as the decoder is to write it."""
    import json
    if isinstance(value, Amount):
        return "%.2f" % value
    if isinstance(value, dict):
        return "{" + ",".join(json.dumps(k) + ":" + to_json(v) for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(to_json, value)) + "]"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def is_held_out(merchant: str) -> bool:
    """A tenth of all shop names, chosen by hash, is never trained on."""
    return hashlib.sha256(merchant.encode()).digest()[0] % 10 == 0


def merchant_name(r: random.Random, held_out: bool) -> str:
    while True:
        style = r.random()
        if style < 0.45:
            name = f"{r.choice(FIRST)} {r.choice(KIND)}"
        elif style < 0.6:
            name = f"{r.choice(FIRST)}'s {r.choice(KIND)}"
        elif style < 0.75:
            name = f"The {r.choice(FIRST)} {r.choice(KIND)}"
        elif style < 0.85:
            name = f"{r.choice(FIRST)} & {r.choice(FIRST)}"
        else:
            name = f"{r.choice(FIRST)}{r.choice(KIND).lower()}"
        name += r.choice(ENDING)
        name = name.upper() if r.random() < 0.3 else name
        if len(name) <= 24 and is_held_out(name.upper()) == held_out:
            return name


def receipt_number(r: random.Random) -> str:
    style = r.random()
    digits = lambda n: "".join(r.choice("0123456789") for _ in range(n))
    if style < 0.4:
        return digits(r.randint(4, 8))
    if style < 0.6:
        return r.choice("ABCDEFGHKLMNPRSTVWX") + "-" + digits(r.randint(4, 6))
    if style < 0.75:
        return f"20{r.randint(10, 29)}-{digits(r.randint(4, 5))}"
    if style < 0.88:
        return f"{digits(r.randint(2, 4))}/{digits(r.randint(2, 4))}"
    return "".join(r.choice("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789") for _ in range(r.randint(5, 8)))


def item(r: random.Random) -> Item:
    words = [r.choice(GOODS)]
    if r.random() < 0.4:
        words.insert(0, r.choice(QUALITY))
    if r.random() < 0.25:
        words.append(r.choice(SIZE))
    text = " ".join(words)
    case = r.random()
    text = text.upper() if case < 0.3 else text.lower() if case < 0.35 else text
    quantity = r.choice([1, 1, 1, 1, 1, 2, 2, 3, 4, 5, 6, 10, 12])
    price = r.choice([r.randint(20, 999), r.randint(100, 2999), r.randint(1000, 19999)])
    return Item(text, quantity, price * quantity)


def receipt(r: random.Random, most_items: int, held_out: bool = False) -> Receipt:
    items = tuple(item(r) for _ in range(r.randint(1, max(1, most_items))))
    day = (r.randint(2005, 2032), r.randint(1, 12), r.randint(1, 28 if r.random() < 0.9 else 30))
    if day[1] == 2:
        day = (day[0], 2, min(day[2], 28))
    return Receipt(merchant_name(r, held_out), day, receipt_number(r), r.choice(list(CURRENCIES)), items,
                   sum(i.cents for i in items), r.choice([0, 5, 7, 8, 10, 19, 20]))
