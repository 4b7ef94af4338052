"""Purchase orders: the buyer's letterhead, to a supplier."""

from __future__ import annotations

from decimal import Decimal

from .. import goods
from ..blocks import Pair, Prose, Run, Sheet, Signature, Totals, text
from ..scene import Scene
from . import common


def make(scene: Scene) -> Sheet:
    formats, buyer, supplier = scene.formats, scene.actor(), scene.actor()
    truth: dict = {}
    pairs = common.optional_facts(
        scene,
        truth,
        [
            ("order_number", 1, scene.code("PO", "BE", "O", "PED")),
            ("order_date", 1, scene.today),
            ("delivery_date", 0.6, scene.days_later(3, 60)),
            ("reference", 0.3, scene.code("Q", "AN")),
            ("contact", 0.4, scene.actor(person=True).name),
        ],
    )
    truth["currency"] = scene.currency
    truth["buyer"], issuer = common.issuer(scene, buyer, "buyer")
    truth["supplier"], to = common.other_party(
        scene, supplier, "supplier", scene.label("supplier", colon=True), tax=0.1
    )
    parties = [to]
    truth["ship_to"] = None
    if scene.chance(0.4):
        truth["ship_to"], ship_to = common.other_party(
            scene, scene.actor(country=scene.country), "ship_to", scene.label("ship_to", colon=True), tax=0
        )
        del truth["ship_to"]["tax_id"]
        parties.append(ship_to)
    items = goods.items(scene, goods.row_count(scene), discounts=scene.chance(0.1))
    truth["lines"], table = common.goods_table(scene, items, prices=True, rates=scene.chance(0.3))
    net = sum((i.amount for i in items), Decimal(0))
    truth["total"] = net
    body = [table, Totals([Pair(scene.label("net_total"), formats.money(net, "total"), strong=True)])]
    notes = [scene.sentence("order_note") for _ in range(scene.r.choice([0, 1, 2]))]
    if notes:
        body.append(Prose(notes[:1] if notes[0] == notes[-1] else notes))
    if scene.chance(0.5):
        body.append(
            Signature(
                scene.words.trained("signature")[0], text(Run(truth["contact"], "contact")) if truth["contact"] else ()
            )
        )
    footer = [[text(buyer.name), text(buyer.street), scene.town_line(buyer, "buyer")]] if scene.chance(0.4) else []
    return Sheet(
        "purchase_order",
        scene.language,
        truth,
        text(scene.label("title.purchase_order")),
        issuer.lines[0],
        issuer,
        parties,
        common.facts(scene, pairs),
        body,
        footer,
        tagline=scene.word("trades"),
        **common.decoration(scene),
    )
