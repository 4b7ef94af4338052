"""Staff records and curricula vitae."""

from corpus.notation import *


def month():
    return pattern("^(19|20)[0-9]{2}(-(0[1-9]|1[0-2]))?$")


@schema("resume", variants=4)
def resume(v):
    location = closed(
        {
            "address": text("street"),
            "postalCode": text("word"),
            "city": text("city"),
            "countryCode": pattern("^[A-Z]{2}$"),
            "region": text("city"),
        }
    )
    basics = v.pick(closed, obj)(
        {
            "name!": text("name"),
            "label": text("words"),
            "email": formatted("email"),
            "phone": text("phone"),
            "url": formatted("uri"),
            "summary": text("paragraph"),
            "location": location,
            "profiles": array(closed({"network!": text("word"), "username": text("slug"), "url": formatted("uri")})),
        }
    )
    period = {
        "startDate": v.pick(month(), formatted("date"), ref("month")),
        "endDate": v.pick(month(), formatted("date"), nullable(ref("month"))),
    }
    sections = {
        "work": array(
            obj({"name!": text("company"), "position": text("words"), "highlights": array(text("sentence"))} | period)
        ),
        "education": array(
            obj(
                {
                    "institution!": text("company"),
                    "area": text("words"),
                    "studyType": words("BSc", "MSc", "PhD", "Diploma"),
                    "score": any_of(number(0, 100), text("word")),
                    "courses": array(text("words")),
                }
                | period
            )
        ),
        "skills": array(
            closed(
                {
                    "name!": text("word"),
                    "level": words("beginner", "intermediate", "advanced", "master"),
                    "keywords": array(text("word")),
                }
            )
        ),
        "languages": array(
            closed({"language!": text("word"), "fluency": words("A1", "A2", "B1", "B2", "C1", "C2", "native")})
        ),
        "awards": array(obj({"title!": text("words"), "date": formatted("date"), "awarder": text("company")})),
        "publications": array(
            obj(
                {
                    "name!": text("words"),
                    "publisher": text("company"),
                    "releaseDate": formatted("date"),
                    "doi": pattern("^10\\.[0-9]{4,9}/[-._;()/:A-Za-z0-9]+$"),
                }
            )
        ),
        "references": array(closed({"name!": text("name"), "reference": text("sentence")})),
    }
    return v.pick(closed, obj)(
        {"basics!": basics}
        | v.some(sections, 0.65)
        | {"meta": obj({"version": text("version"), "lastModified": formatted("date-time")})},
        **{"$defs": {"month": month()}}
    )


@schema("extracted-cv", variants=2)
def extracted_cv(v):
    def strict(properties):
        return closed({k + "!": s for k, s in properties.items()})

    job = strict(
        {
            "employer": text("company"),
            "role": text("words"),
            "start": nullable(month()),
            "end": nullable(month()),
            "tasks": array(text("sentence"), high=12),
        }
    )
    return strict(
        {
            "name": text("name"),
            "contact": strict(
                {"email": nullable(formatted("email") if v.index else text("email")), "phone": nullable(text("phone"))}
            ),
            "jobs": array(job, high=30),
            "degrees": array(
                strict(
                    {"title": text("words"), "school": nullable(text("company")), "year": nullable(integer(1950, 2035))}
                ),
                high=10,
            ),
            "skills": array(text("word", 1, 40), high=60),
            "years": nullable(number(0, 60)),
        }
    )


@schema("employee", variants=3)
def employee(v):
    contract = tagged(
        "type",
        {
            "permanent": {"probationEnds": formatted("date")},
            "fixed": {"until!": formatted("date")},
            "freelance": {"rate!": number(0, 1000), "company": text("company")},
        },
    )
    return obj(
        v.some(
            {
                "id!": pattern("^E[0-9]{5}$"),
                "name!": closed({"first!": text("first", 1), "middle": text("first"), "last!": text("last", 1)}),
                "born": formatted("date"),
                "department!": words("engineering", "sales", "finance", "people", "legal", "support"),
                "manager": nullable(pattern("^E[0-9]{5}$")),
                "contract": contract,
                "salary": closed(
                    {
                        "amount!": number(0, 10000000, 0.01),
                        "currency!": words("EUR", "USD", "SEK"),
                        "per!": words("hour", "month", "year"),
                    }
                ),
                "fte": number(0, 1, 0.05),
                "equipment": array(one_of(pattern("^LT-[0-9]{4}$"), pattern("^PH-[0-9]{4}$")), unique=True),
                "emergency": array(closed({"name!": text("name"), "phone!": pattern("^\\+[0-9]{6,15}$")}), high=3),
                "custom": mapping({"type": ["string", "number", "boolean", "null"]}, high=10),
            },
            0.75,
        ),
        **v.closing()
    )


@schema("organisation-chart", variants=2)
def organisation_chart(v):
    node = closed(
        {
            "name!": text("name"),
            "title!": text("words"),
            "reports": array(ref("#"), high=20) if v.index == 0 else mapping(ref("#")),
        }
    )
    return node


@schema("leave-request", variants=2)
def leave(v):
    if v.index == 0:
        return closed(
            {
                "employee!": pattern("^E[0-9]{5}$"),
                "kind!": words("vacation", "sick", "parental", "unpaid"),
                "from!": formatted("date"),
                "to!": formatted("date"),
                "halfDays": array(words("first", "last"), high=2),
                "certificate": boolean(),
                "substitute": nullable(text("name")),
            },
            **when("kind", "sick", {"required": ["certificate"]})
        )
    return tagged(
        "kind",
        {
            "vacation": {"days!": number(0.5, 40, 0.5), "from!": formatted("date")},
            "sick": {"from!": formatted("date"), "certificate!": boolean()},
            "training": {"course!": text("words"), "cost": number(0, 20000)},
        },
    )


@schema("job-posting", variants=2)
def job_posting(v):
    salary = v.pick(
        any_of(number(0), closed({"min!": number(0), "max!": number(0), "unit": words("HOUR", "MONTH", "YEAR")})),
        closed({"value!": number(0)}),
    )
    return obj(
        v.some(
            {
                "title!": text("words", 3, 120),
                "description!": text("paragraph", 10),
                "employmentType!": v.pick(
                    words("FULL_TIME", "PART_TIME", "CONTRACTOR", "INTERN"),
                    array(words("FULL_TIME", "PART_TIME", "CONTRACTOR", "INTERN"), low=1),
                ),
                "datePosted!": formatted("date"),
                "validThrough": formatted("date-time"),
                "hiringOrganization!": obj({"name!": text("company"), "sameAs": formatted("uri")}),
                "location": one_of(const("remote"), obj({"city!": text("city"), "country!": pattern("^[A-Z]{2}$")})),
                "baseSalary": salary,
                "skills": array(text("word"), high=25),
                "experienceMonths": integer(0, 360, 6),
            },
            0.8,
        )
    )


@schema("performance-review")
def review(v):
    goal = closed(
        {
            "text!": text("sentence"),
            "weight!": integer(5, 100, 5),
            "rating": nullable(integer(1, 5)),
            "evidence": array(formatted("uri"), high=5),
        }
    )
    return closed(
        {
            "period!": pattern("^20[0-9]{2}-(H[12]|Q[1-4])$"),
            "goals!": array(goal, 1, 8),
            "competencies": closed(
                {c: integer(1, 5) for c in ("communication", "teamwork", "ownership", "craft", "leadership")},
                minProperties=3,
            ),
            "overall": enum(1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5),
            "signedOff": boolean(),
            "signedBy": text("name"),
        },
        dependentRequired={"signedOff": ["signedBy"]},
    )


@schema("timesheet", variants=2)
def timesheet(v):
    day = array(
        closed(
            {"project!": pattern("^P-[0-9]{4}$"), "hours!": number(0.25, 24, 0.25), "note": text("sentence", high=120)}
        ),
        high=10,
    )
    if v.index == 0:
        return closed(
            {
                "week!": pattern("^20[0-9]{2}-W(0[1-9]|[1-4][0-9]|5[0-3])$"),
                "days!": closed({d: day for d in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}),
                "submitted": formatted("date-time"),
            }
        )
    return closed(
        {
            "month!": month(),
            "entries!": {
                "type": "object",
                "patternProperties": {"^(0[1-9]|[12][0-9]|3[01])$": day},
                "additionalProperties": False,
                "minProperties": 1,
            },
        }
    )


@schema("directory-user", variants=2)
def directory_user(v):
    emails = array(
        closed({"value!": formatted("email"), "type": words("work", "home", "other"), "primary": boolean()}), low=1
    )
    return obj(
        {
            "schemas!": array(pattern("^urn:[a-z0-9:.]+[A-Za-z]+$"), low=1),
            "userName!": text("slug", 1),
            "name": obj({"formatted": text("name"), "familyName": text("last"), "givenName": text("first")}),
            "emails": emails,
            "active": boolean(),
            "groups": array(closed({"value!": formatted("uuid"), "display": text("words")})),
            "meta": closed(
                {
                    "resourceType": const("User"),
                    "created": formatted("date-time"),
                    "version": pattern('^W/"[0-9a-f]{8,16}"$'),
                }
            ),
        },
        **({"patternProperties": {"^urn:": {"type": "object"}}, "additionalProperties": False} if v.index else {})
    )


@schema("interview-scorecard")
def scorecard(v):
    score = row(words("coding", "design", "values"), integer(1, 4), minItems=2, rest=text("sentence"))
    return closed(
        {
            "candidate!": formatted("uuid"),
            "scores!": array(score, 1, 10),
            "decision!": words("strong_no", "no", "yes", "strong_yes"),
            "veto": const(True),
        },
        **{"not": {"required": ["veto"], "properties": {"decision": {"enum": ["yes", "strong_yes"]}}}}
    )


@schema("diploma")
def diploma(v):
    return closed(
        {
            "holder!": text("name", 1),
            "degree!": words("BA", "BSc", "MA", "MSc", "PhD"),
            "awarded!": formatted("date"),
            "grade": any_of(number(1, 5, 0.1), words("cum laude", "magna cum laude", "summa cum laude")),
            "modules": array(
                closed(
                    {
                        "code!": pattern("^[A-Z]{2,4}[0-9]{3}$"),
                        "credits!": number(0.5, 60, 0.5),
                        "grade!": any_of(words("A", "B", "C", "D", "E", "F", "P"), number(0, 100)),
                    }
                ),
                high=80,
            ),
            "seal": pattern("^[0-9a-f]{40}$"),
        }
    )
