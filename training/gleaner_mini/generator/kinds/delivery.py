"""Delivery notes and shipping labels."""

from __future__ import annotations

from decimal import Decimal

from .. import checksums, goods
from ..blocks import Code, Facts, Pair, Prose, Run, Sheet, Signature, text
from ..scene import Scene
from . import common

CARRIERS = "DHL UPS DPD GLS FedEx Hermes TNT PostNL Correos Chronopost".split()


def tracking_number(scene: Scene) -> str:
    r, d = scene.r, lambda n: checksums.digits(scene.r, n)
    return r.choice(["1Z" + d(16), d(12), "JD" + d(16), f"{d(4)} {d(4)} {d(4)}", f"RR{d(9)}{scene.country}", d(14)])


def weight(scene: Scene) -> Decimal:
    return Decimal(scene.r.randint(2, 4800)) / scene.r.choice([10, 100])


def make_note(scene: Scene) -> Sheet:
    r, formats, sender = scene.r, scene.formats, scene.actor()
    truth: dict = {}
    pairs = common.optional_facts(
        scene,
        truth,
        [
            ("delivery_number", 1, scene.code("LS", "DN", "BL", "L")),
            ("delivery_date", 1, scene.today),
            ("order_number", 0.6, scene.code("PO", "O")),
            ("customer_number", 0.35, scene.code("C", "K")),
            ("carrier", 0.5, r.choice(CARRIERS)),
            ("tracking_number", 0.3, tracking_number(scene)),
        ],
    )
    truth["weight_kg"] = weight(scene) if scene.chance(0.45) else None
    if truth["weight_kg"]:
        pairs.append(Pair(scene.label("weight"), text(Run(formats.number(truth["weight_kg"]), "weight_kg"), " kg")))
    truth["packages"] = r.randint(1, 24) if scene.chance(0.45) else None
    if truth["packages"]:
        pairs.append(Pair(scene.label("packages"), text(Run(str(truth["packages"]), "packages"))))
    truth["supplier"], issuer = common.issuer(scene, sender, "supplier")
    truth["recipient"], to = common.other_party(
        scene, scene.actor(person=scene.chance(0.2)), "recipient", scene.label("ship_to", colon=True), tax=0
    )
    del truth["recipient"]["tax_id"]
    truth["lines"], table = common.goods_table(
        scene, goods.items(scene, goods.row_count(scene), r.choice(["office", "tech", "food", "trade"])), False, False
    )
    body: list = [table, Prose([scene.sentence("delivery_text")])]
    if scene.chance(0.5):
        body.append(Signature(scene.words.trained("signature")[0]))
    if scene.chance(0.25):
        body.append(Code("code128", truth["delivery_number"], text(Run(truth["delivery_number"], "delivery_number"))))
    footer = (
        [[text(sender.name), text(sender.street), scene.town_line(sender, "supplier")]] if scene.chance(0.4) else []
    )
    return Sheet(
        "delivery_note",
        scene.language,
        truth,
        text(scene.label("title.delivery_note")),
        issuer.lines[0],
        issuer,
        [to],
        common.facts(scene, pairs),
        body,
        footer,
        tagline=scene.word("trades"),
        **common.decoration(scene),
    )


def make_label(scene: Scene) -> Sheet:
    r, formats = scene.r, scene.formats
    sender, recipient = scene.actor(), scene.actor(person=scene.chance(0.7))
    truth: dict = {"tracking_number": tracking_number(scene)}
    service = r.choice(["standard", "express"]) if scene.chance(0.7) else None
    truth["service"] = service
    truth["carrier"] = r.choice(CARRIERS) if scene.chance(0.7) else None
    truth["weight_kg"] = weight(scene) if scene.chance(0.7) else None
    pairs = [Pair(scene.label("service"), text(Run(scene.word(f"service.{service}"), "service")))] if service else []
    if truth["weight_kg"]:
        pairs.append(
            Pair(
                scene.label("weight"),
                text(Run(formats.number(truth["weight_kg"]), "weight_kg"), r.choice([" kg", " KG"])),
            )
        )
    pairs += common.optional_facts(
        scene, truth, [("date", 0.5, scene.today), ("reference", 0.4, scene.code("REF", "O"))]
    )
    truth["packages"] = None
    if scene.chance(0.3):
        truth["packages"] = r.randint(1, 5)
        pairs.append(
            Pair(
                scene.label("packages"),
                text(f"{r.randint(1, truth['packages'])}/", Run(str(truth["packages"]), "packages")),
            )
        )
    country = scene.chance(0.6)
    truth["sender"] = scene.party_truth(sender, country)
    truth["recipient"] = scene.party_truth(recipient, country)
    truth["recipient"]["phone"] = recipient.phone if scene.chance(0.3) else None
    to = common.Party(scene.label("to", colon=True), scene.address_lines(recipient, "recipient", country))
    if truth["recipient"]["phone"]:
        to.lines.append(text(scene.label("phone", colon=True) + " ", Run(recipient.phone, "recipient.phone")))
    issuer = common.Party(scene.label("from", colon=True), scene.address_lines(sender, "sender", country))
    code = Code(
        "code128", truth["tracking_number"].replace(" ", ""), text(Run(truth["tracking_number"], "tracking_number"))
    )
    body: list = [Facts(pairs)] if pairs else []
    body += [code] + ([Code("qr", truth["tracking_number"])] if scene.chance(0.4) else [])
    name = text(Run(truth["carrier"], "carrier")) if truth["carrier"] else text(scene.label("title.shipping_label"))
    return Sheet(
        "shipping_label",
        scene.language,
        truth,
        text(scene.label("title.shipping_label")) if truth["carrier"] else (),
        name,
        issuer,
        [to],
        Facts([]),
        body,
    )
