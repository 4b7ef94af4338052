"""Every expected record validates under its schema, and says what the truth says."""

import json
import random

import jsonschema

from gleaner_mini.generator import documents, fields, kinds, tasks


def test_records_validate(sample):
    for document in sample:
        for seed in range(8):
            task = tasks.extraction(document, random.Random(seed))
            jsonschema.Draft202012Validator.check_schema(task.schema)
            jsonschema.Draft202012Validator(task.schema, format_checker=jsonschema.FormatChecker()).validate(
                json.loads(task.answer)
            )
            assert json.loads(task.system.partition("\n")[2]) == task.schema


def test_absent_fields_are_asked_for(sample):
    answers = [
        json.loads(tasks.extraction(document, random.Random(seed)).answer) for document in sample for seed in range(4)
    ]
    assert any(value is None for answer in answers for value in answer.values())


def test_every_field_is_described():
    for kind in kinds.KINDS:
        for seed in range(20):
            truth = kinds.make(kind, random.Random(seed), False).truth
            for path, value in documents.leaves(truth):
                assert fields.lookup(documents.field_path(path), value).names


def test_regions_are_parts_of_pages(sample):
    for document in sample:
        whole = [documents.text_of(page) for page in documents.truth(document, [], {})["pages"]]
        task = tasks.region(document, random.Random(3))
        assert set(task.answer.split()) <= set(whole[task.pages[0]].split())
        assert tasks.transcription(document, random.Random(3)).answer in whole
