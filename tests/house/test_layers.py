"""Arrows point down: by import (the linter's part) and by foreign key, which only the models themselves tell."""

import ast
from collections import Counter

from django.apps import apps
from django.db.models import BinaryField

from tests.expected import gathered
from tests.house import LAYERS, PROGRAM, ours, parsed

RANK = {app: rank for rank, layer in enumerate(reversed(LAYERS)) for app in layer}
MODELS = ours()
POINTERS = [(model, field) for model in MODELS for field in model._meta.concrete_fields if field.is_relation]


def app_of(model):
    """The app a model lives in."""
    return model._meta.app_label


def test_a_foreign_key_points_down_or_within_its_app():
    upwards = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model, field in POINTERS
        if app_of(model) != app_of(field.related_model) and RANK[app_of(field.related_model)] >= RANK[app_of(model)]
    ]
    assert upwards == []


def test_outside_the_vault_only_pseudonyms_are_pointed_at():
    wrong = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label} as {field.remote_field.related_name}"
        for model, field in POINTERS
        if app_of(field.related_model) == "vault" and app_of(model) != "vault"
        and (field.related_model.__name__, field.remote_field.related_name) != ("Person", "+")
    ]  # fmt: skip
    assert wrong == []


def test_every_app_of_the_program_has_its_layer():
    assert {
        config.name.removeprefix("benan.") for config in apps.get_app_configs() if config.name.startswith("benan.")
    } == set(RANK)


def test_installed_apps_stand_in_the_order_of_their_layers():
    installed = [config.label for config in apps.get_app_configs() if config.name.startswith("benan.")]
    assert [RANK[app] for app in installed] == sorted(RANK[app] for app in installed)


def test_each_field_says_once_whether_it_is_public_restricted_or_identifying():
    wrong = {}
    for model in MODELS:
        declared = Counter([*model.Privacy.public, *model.Privacy.restricted, *model.Privacy.identifying])
        fields = Counter(field.name for field in model._meta.concrete_fields if field.name != "id")
        if declared != fields:
            wrong[model._meta.label] = {"not declared": [*(fields - declared)], "no such field": [*(declared - fields)]}
    assert wrong == {}


def test_what_identifies_somebody_is_sealed():
    plain = [
        f"{model._meta.label}.{name}"
        for model in MODELS
        for name in model.Privacy.identifying
        if not isinstance(model._meta.get_field(name), BinaryField)
    ]
    assert plain == []


def test_what_is_sealed_is_declared_so():
    binary = {
        f"{m._meta.label}.{f.name}": (m, f.name)
        for m in MODELS
        for f in m._meta.concrete_fields
        if isinstance(f, BinaryField)
    }
    assert {label for label, (model, name) in binary.items() if name not in model.Privacy.identifying} == gathered(
        "KEYS", set
    )


def test_no_constraint_is_named_twice_and_each_is_a_sentence():
    names = [constraint.name for model in MODELS for constraint in model._meta.constraints]
    assert len(names) == len(set(names))
    assert [name for name in names if name.count("_") < 2] == []


def test_the_vaults_models_are_named_in_the_vault_alone():
    found = []
    for path in PROGRAM:
        if "vault" not in path.parts:
            found += [
                str(path)
                for node in ast.walk(parsed(path))
                if isinstance(node, ast.ImportFrom) and node.module == "benan.vault.models"
            ]
    assert found == []
