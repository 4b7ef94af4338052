"""Forms that somebody filled in: applications and claims. What is left empty is absent."""

from __future__ import annotations

import datetime
from decimal import Decimal

from ..blocks import Entry, Prose, Run, Section, Sheet, Signature, text
from ..scene import Scene
from . import common


class Filler:
    """Entries with their truth; a value that is left empty is None."""

    def __init__(self, scene: Scene):
        self.scene, self.truth = scene, {}

    def entry(
        self, name: str, value, printed=None, filled: float = 0.85, wide: bool = False, label: str | None = None
    ) -> Entry:
        path = name
        keep = self.scene.chance(filled)
        self.truth[name] = value if keep else None
        printed = printed or (
            self.scene.date(value, path)
            if isinstance(value, datetime.date)
            else self.scene.formats.money(value, path)
            if isinstance(value, Decimal)
            else text(Run(str(value), path))
        )
        return Entry(self.scene.label(label or name), printed if keep else (), wide=wide)

    def choice(
        self, name: str, prefix: str, options: list[str], filled: float = 0.85, values: dict | None = None
    ) -> Entry:
        """Boxes of which at most one is ticked."""
        chosen = self.scene.r.choice(options) if self.scene.chance(filled) else None
        self.truth[name] = (values or {}).get(chosen, chosen)
        words = [
            (text(Run(self.scene.label(prefix + option), name if option == chosen else "")), option == chosen)
            for option in options
        ]
        return Entry(self.scene.label(name), options=words, wide=True)

    def address(self, actor) -> list[Entry]:
        scene = self.scene
        self.truth["address"] = {"street": actor.street, "postal_code": actor.postal_code, "city": actor.city}
        return [
            Entry(scene.label("street"), text(Run(actor.street, "address.street")), wide=True),
            Entry(scene.label("postal_city"), scene.town_line(actor, "address"), wide=scene.chance(0.5)),
        ]

    def person(self) -> tuple[object, list[Entry]]:
        scene, actor = self.scene, self.scene.actor(person=True)
        birth = datetime.date(1938, 1, 1) + datetime.timedelta(days=scene.r.randrange(66 * 365))
        entries = [
            self.entry("last_name", actor.last_name, filled=1),
            self.entry("first_name", actor.first_name, filled=1),
            self.entry("birth_date", birth),
        ]
        return actor, entries


def organisation(scene: Scene, truth: dict, path: str):
    truth[path], issuer = common.issuer(scene, scene.actor(), path)
    return issuer


def sheet(scene: Scene, kind: str, filler: Filler, sections: list[Section], pairs: list) -> Sheet:
    truth = filler.truth
    issuer = organisation(scene, truth, "organisation")
    place = scene.word(f"city.{scene.country}")
    truth["signed_on"] = scene.today if scene.chance(0.7) else None
    body: list = list(sections)
    body.append(Prose([scene.sentence("declaration")], small=True))
    signed = text(place, ", ", scene.date(scene.today, "signed_on")) if truth["signed_on"] else ()
    body.append(Section("", [Entry(scene.label("place_date"), signed, wide=False)]))
    body.append(Signature(scene.label("signature")))
    return Sheet(
        kind,
        scene.language,
        truth,
        text(scene.label(f"title.{kind}")),
        issuer.lines[0],
        issuer,
        [],
        common.facts(scene, pairs),
        body,
        **common.decoration(scene),
    )


def make_application(scene: Scene) -> Sheet:
    r, filler = scene.r, Filler(scene)
    pairs = common.optional_facts(scene, filler.truth, [("application_number", 0.6, scene.code("A", "AP"))])
    actor, personal = filler.person()
    if scene.chance(0.6):
        personal.append(filler.entry("nationality", scene.word("nationalities")))
    if scene.chance(0.6):
        personal.append(filler.choice("marital_status", "marital.", ["single", "married", "divorced", "widowed"]))
    contact = filler.address(actor) + [
        filler.entry("phone", actor.phone),
        filler.entry("email", actor.email, filled=0.7),
    ]
    request = []
    if scene.chance(0.6):
        request.append(filler.entry("occupation", scene.word("occupations")))
    if scene.chance(0.5):
        request.append(filler.choice("employment", "employment.", ["employed", "self_employed", "student", "retired"]))
    if scene.chance(0.6):
        request.append(filler.entry("monthly_income", Decimal(r.randint(900, 7800))))
    if scene.chance(0.6):
        request.append(filler.entry("requested_amount", Decimal(r.randint(5, 400) * 100)))
    request.append(filler.entry("start_date", scene.days_later(5, 90)))
    if scene.chance(0.4):
        request.append(filler.choice("newsletter", "", ["yes", "no"], values={"yes": True, "no": False}))
    sections = [
        Section(scene.label("section.personal"), personal),
        Section(scene.label("section.contact"), contact),
        Section(scene.label("section.request"), request),
    ]
    for name in (
        "nationality",
        "marital_status",
        "occupation",
        "employment",
        "monthly_income",
        "requested_amount",
        "newsletter",
    ):
        filler.truth.setdefault(name, None)
    filler.truth["currency"] = (
        scene.currency if filler.truth["monthly_income"] or filler.truth["requested_amount"] else None
    )
    return sheet(scene, "application", filler, sections, pairs)


def make_claim(scene: Scene) -> Sheet:
    r, filler = scene.r, Filler(scene)
    pairs = common.optional_facts(scene, filler.truth, [("claim_number", 0.5, scene.code("CL", "S"))])
    actor, personal = filler.person()
    contract = [filler.entry("policy_number", scene.code("P", "VS", "H"), filled=0.95)]
    personal += filler.address(actor) + [
        filler.entry("phone", actor.phone),
        filler.entry("email", actor.email, filled=0.6),
    ]
    story = " ".join(scene.r.sample(scene.words.trained("incidents"), r.choice([1, 1, 2])))
    loss = [
        filler.entry("loss_date", scene.days_later(-60, -1)),
        filler.entry("loss_place", scene.word(f"city.{scene.country}")),
        filler.choice("loss_kind", "loss.", ["water", "fire", "theft", "storm", "collision"]),
        filler.entry("loss_description", story, filled=0.9, wide=True),
        filler.entry("estimated_amount", Decimal(r.randint(8000, 900000)) / 100, filled=0.7),
    ]
    if scene.chance(0.6):
        loss.append(filler.choice("police_informed", "", ["yes", "no"], values={"yes": True, "no": False}))
    filler.truth.setdefault("police_informed", None)
    filler.truth["currency"] = scene.currency if filler.truth["estimated_amount"] else None
    sections = [
        Section(scene.label("section.contract"), contract),
        Section(scene.label("section.personal"), personal),
        Section(scene.label("section.loss"), loss),
    ]
    if scene.chance(0.3):
        r.shuffle(sections)
    return sheet(scene, "claim", filler, sections, pairs)
