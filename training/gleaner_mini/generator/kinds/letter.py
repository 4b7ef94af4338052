"""Letters: reminders, appointments, cancellations and offers, whose facts stand in sentences."""

from __future__ import annotations

from decimal import Decimal

from ..blocks import Prose, Run, Sheet, Signature, text
from ..scene import Scene
from . import common

TOPICS = ("reminder", "appointment", "cancellation", "offer")


def make(scene: Scene) -> Sheet:
    r, formats = scene.r, scene.formats
    topic = r.choice(TOPICS)
    by_person = topic == "cancellation"
    sender, recipient = scene.actor(person=by_person), scene.actor(person=not by_person and scene.chance(0.7))
    truth: dict = {"topic": topic}
    minutes = r.randint(16, 34) * 30
    values = {
        "document_number": scene.code("V", "AZ"),
        "document_date": scene.days_later(-90, -10),
        "deadline": scene.days_later(7, 60),
        "amount": Decimal(r.randint(1500, 900000)) / 100,
        "appointment_date": scene.days_later(3, 40),
        "appointment_time": f"{minutes // 60:02d}:{minutes % 60:02d}",
    }
    printed = {
        name: scene.date(value, name)
        if hasattr(value, "year")
        else text(Run(value, name))
        if isinstance(value, str)
        else formats.money(value, name)
        for name, value in values.items()
    }
    printed["appointment_time"] = text(Run(formats.time(minutes), "appointment_time"))
    body_pattern, subject_pattern = scene.word(f"letter.{topic}.body"), scene.word(f"letter.{topic}.subject")
    used = {name for name in values if "{" + name + "}" in body_pattern}
    truth |= {name: value if name in used else None for name, value in values.items()}
    truth["currency"] = scene.currency if "amount" in used else None

    pairs = common.optional_facts(
        scene,
        truth,
        [
            ("date", 0.95, scene.today),
            ("reference", 0.35, scene.code("REF", "Z")),
            ("contact", 0.2, scene.actor(person=True).name if not by_person else ""),
        ],
    )
    truth["contact"] = truth["contact"] or None
    pairs = [p for p in pairs if p.value]
    truth["sender"], issuer = common.issuer(scene, sender, "sender")
    if by_person:  # a private letter has no tax number
        issuer.lines = [line for line in issuer.lines if not any(run.field == "sender.tax_id" for run in line)]
        truth["sender"]["tax_id"] = None
    truth["recipient"], to = common.other_party(scene, recipient, "recipient", "", tax=0)
    del truth["recipient"]["tax_id"]
    subject = scene.fill(subject_pattern, **printed)
    truth["subject"] = "".join(run.text for run in subject)
    subject = tuple(Run(run.text, f"{run.field} subject".strip()) for run in subject)
    lead = scene.chance(0.4)
    title = text(scene.label("letter_subject").rstrip(": ") + ": ", subject) if lead else subject
    if (
        recipient.first_name
        and recipient.name == f"{recipient.first_name} {recipient.last_name}"
        and scene.chance(0.85)
    ):
        salutation = scene.sentence(
            "salutation.female" if recipient.female else "salutation.male", name=recipient.last_name
        )
    else:
        salutation = scene.sentence("salutation.any")
    sentences = [scene.fill(s.strip(), **printed) for s in body_pattern.split("//")]
    if not by_person:
        for _ in range(r.choice([0, 1, 1, 2, 3])):
            filler = text(scene.word("letter.filler"))
            if filler not in sentences:
                sentences.insert(r.randint(1, len(sentences)), filler)
    if scene.language in ("en", "es"):  # the others go on in small letters after the salutation's comma
        first = sentences[0][0]
        sentences[0] = (Run(first.text[0].upper() + first.text[1:], first.field),) + sentences[0][1:]
    paragraphs = [salutation]
    while sentences:  # paragraphs of one or two sentences
        take = r.choice([1, 1, 2])
        paragraphs.append(text(*(part for k, s in enumerate(sentences[:take]) for part in ((" ", s) if k else (s,)))))
        sentences = sentences[take:]
    paragraphs.append(scene.sentence("closing"))
    signer = sender.name if by_person else scene.actor(person=True).name
    truth["signatory"] = signer
    body = [Prose(paragraphs), Signature("" if by_person else scene.word("role"), text(Run(signer, "signatory")))]
    footer = []
    if not by_person and scene.chance(0.6):
        footer = [[text(sender.name), text(sender.street), scene.town_line(sender, "sender")]]
    return Sheet(
        "letter",
        scene.language,
        truth,
        title,
        issuer.lines[0],
        issuer,
        [to],
        common.facts(scene, pairs),
        body,
        footer,
        tagline="" if by_person else scene.word("trades"),
        **common.decoration(scene, stamp=0.06, watermark=0.02),
    )
