"""From a procedure file to a `Procedure`, checked: no word in it may point at nothing."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from benan.rules.reading import Entry
from benan.rules.schema import Duty, Move, Procedure, ProcedureEvent, ProcedureTrack, Stage


def procedure(entry: Entry) -> Procedure:
    """The procedure a file describes. Raises `Unreadable` with the line of the first fault."""
    top = entry.fields(
        "procedure", "label", "in_force", "ended", "sources", "agencies", "events", "conditions", "facts", "tracks",
        "moves", "limits", optional=("notice", "channels", "records", "takes_over"),
    )  # fmt: skip
    agencies, conditions, facts = (_sentences(top[key]) for key in ("agencies", "conditions", "facts"))
    events = {key: _event(key, value, top["events"].mapping()) for key, value in top["events"].mapping().items()}
    tracks = {key: _track(key, value, agencies) for key, value in top["tracks"].mapping().items()}
    moves = tuple(_move(value, tracks, events, conditions) for value in top["moves"].entries())
    if "records" in top:
        moves += tuple(_record(value, events, conditions) for value in top["records"].entries())
    _check_moves(top, moves, tracks)
    duties: list[Duty] = []
    for value in top["limits"].entries():
        duties.append(_duty(value, tracks, agencies, events, facts, {duty.limit for duty in duties}))
    return Procedure(
        key=top["procedure"].text(),
        label=top["label"].text(),
        in_force=top["in_force"].period(),
        ended=top["ended"].text(),
        sources=tuple(_source(value) for value in top["sources"].entries()),
        agencies=agencies,
        events=events,
        conditions=conditions,
        facts=facts,
        tracks=tracks,
        moves=moves,
        duties=tuple(duties),
        notice=top["notice"].text() if "notice" in top else "",
        channels=top["channels"].texts() if "channels" in top else (),
        takes_over=dict(_taken_over(value, tracks) for value in top["takes_over"].entries())
        if "takes_over" in top
        else {},
    )


def _sentences(entry: Entry) -> dict[str, str]:
    return {key: value.text() for key, value in entry.mapping().items()}


def _source(entry: Entry) -> tuple[str, str]:
    found = entry.fields("instrument", "articles")
    return found["instrument"].text(), found["articles"].text()


def _event(key: str, entry: Entry, known: Collection[str]) -> ProcedureEvent:
    found = entry.fields("label", optional=("after",))
    return ProcedureEvent(key, found["label"].text(), _known(found.get("after"), known, _("việc")))


def _track(key: str, entry: Entry, agencies: Collection[str]) -> ProcedureTrack:
    found = entry.fields("label", "goal", "stages", optional=("progress", "for_claimants", "usual"))
    stages = {}
    for value in found["stages"].entries():
        parts = value.fields("key", "label", "holder", optional=("aside", "ends", "goal", "marks", "sentence", "usual"))
        stage = Stage(
            key=parts["key"].text(),
            label=parts["label"].text(),
            holder=parts["holder"].one_of(agencies, _("cơ quan")),
            aside="aside" in parts and parts["aside"].truth(),
            ends="ends" in parts and parts["ends"].truth(),
            goal=parts["goal"].text() if "goal" in parts else "",
            marks=parts["marks"].texts() if "marks" in parts else (),
            sentence=parts["sentence"].text() if "sentence" in parts else "",
            usual=parts["usual"].texts() if "usual" in parts else (),
        )
        if stage.key in stages:
            raise value.fault(_("giai đoạn «%(key)s» được ghi hai lần.") % {"key": stage.key})
        stages[stage.key] = stage
    progress = tuple(_group(value, stages) for value in found["progress"].entries()) if "progress" in found else ()
    claimants = "for_claimants" in found and found["for_claimants"].truth()
    opening = found["usual"].texts() if "usual" in found else ()
    return ProcedureTrack(key, found["label"].text(), found["goal"].text(), stages, progress, claimants, opening)


def _group(entry: Entry, stages: Collection[str]) -> tuple[str, ...]:
    """Stages that are equally far: "in_shelter at_residence"."""
    group = tuple(entry.text().split())
    for key in group:
        if key not in stages:
            raise entry.fault(_("không có giai đoạn nào là «%(key)s».") % {"key": key})
    return group


def _taken_over(entry: Entry, tracks: Mapping[str, ProcedureTrack]) -> tuple[dt.date, dict[str, dict[str, str]]]:
    """The first day of an earlier version, and where each of its stages goes on."""
    found = entry.fields("version", "stages")
    mapped = {}
    for track, stages in found["stages"].mapping().items():
        if track not in tracks:
            raise stages.fault(_("không có quy trình nào là «%(key)s».") % {"key": track})
        known = tracks[track].stages
        mapped[track] = {old: new.one_of(known, _("giai đoạn")) for old, new in stages.mapping().items()}
    return found["version"].day(), mapped


def _move(
    entry: Entry, tracks: Mapping[str, ProcedureTrack], events: Collection[str], conditions: Collection[str]
) -> Move:
    found = entry.fields(
        "key", "track", "from", "permission", "label", "article", optional=("to", "event", *_OF_AN_ACT)
    )  # fmt: skip
    track = found["track"].one_of(tracks, _("quy trình"))
    stages = tracks[track].stages
    sources = _known(found["from"], stages, _("giai đoạn"))
    if "to" not in found and not sources:
        raise entry.fault(_("bước không dẫn đến giai đoạn nào thì cần ghi làm được từ giai đoạn nào."))
    return Move(
        track=track,
        sources=sources,
        target=found["to"].one_of(stages, _("giai đoạn")) if "to" in found else "",
        **_act(found, events, conditions),
    )


def _record(entry: Entry, events: Collection[str], conditions: Collection[str]) -> Move:
    """An act that belongs to no track: it may be done at any stage."""
    found = entry.fields("key", "permission", "label", optional=("article", "event", *_OF_AN_ACT))
    return Move(track="", sources=(), target="", **_act(found, events, conditions))


_OF_AN_ACT = ("needs", "button", "title", "hint")


def _act(found: dict[str, Entry], events: Collection[str], conditions: Collection[str]) -> dict[str, Any]:
    return {
        "key": found["key"].text(),
        "permissions": found["permission"].texts(),
        "needs": _known(found.get("needs"), conditions, _("điều kiện")),
        "label": found["label"].text(),
        "article": found["article"].text() if "article" in found else "",
        "event": found["event"].one_of(events, _("việc")) if "event" in found else "",
        **{name: found[name].text() for name in ("button", "title", "hint") if name in found},
    }


def _check_moves(top: dict[str, Entry], moves: Iterable[Move], tracks: Mapping[str, ProcedureTrack]) -> None:
    keys = [move.key for move in moves]
    for key in keys:
        if keys.count(key) > 1:
            raise top["moves"].fault(_("bước «%(key)s» được ghi hai lần.") % {"key": key})
    for track in tracks.values():
        _check_usual(top["tracks"], track, moves)
        reached = {move.target for move in moves if move.track == track.key}
        left = {source for move in moves if move.track == track.key and move.target for source in move.sources}
        for stage in track.stages.values():
            if stage.key not in reached:
                raise top["tracks"].fault(_("không bước nào dẫn đến «%(stage)s».") % {"stage": stage.key})
            if stage.key not in left and not stage.ends:
                raise top["tracks"].fault(_("không bước nào đi tiếp từ «%(stage)s».") % {"stage": stage.key})
    used = {name for move in moves for name in move.needs}
    for name, entry in top["conditions"].mapping().items():
        if name not in used:
            raise entry.fault(_("không bước nào cần điều kiện «%(name)s».") % {"name": name})


def _check_usual(entry: Entry, track: ProcedureTrack, moves: Iterable[Move]) -> None:
    """The acts that usually come next are acts of that stage, or belong to no track."""
    possible = {move.key: move for move in moves if move.track in (track.key, "")}
    for stage, keys in {"": track.usual, **{key: stage.usual for key, stage in track.stages.items()}}.items():
        for key in keys:
            move = possible.get(key)
            if move is None or (move.track and stage not in (move.sources or ("",))):
                raise entry.fault(_("«%(key)s» không phải bước đi từ «%(stage)s».") % {"key": key, "stage": stage})


def _duty(
    entry: Entry,
    tracks: Collection[str],
    agencies: Collection[str],
    events: dict[str, Any],
    facts: dict[str, Any],
    before: Collection[str],
) -> Duty:
    found = entry.fields(
        "limit", "track", "whose", "label", "met_by",
        optional=("starts", "convention", "due_of", "replaced_by", "when", "unless", "later", "lapses", "button", "act", "owed_to_child",
                  "done_by"),
    )  # fmt: skip
    if ("starts" in found) == ("due_of" in found):
        raise entry.fault(_("cần đúng một trong hai mục «starts», «due_of»."))
    return Duty(
        limit=found["limit"].text(),
        track=found["track"].one_of(tracks, _("quy trình")),
        whose=found["whose"].one_of(agencies, _("cơ quan")),
        label=found["label"].text(),
        starts=_known(found.get("starts"), events, _("việc")),
        convention=_known(found.get("convention"), events, _("việc")),
        due_of=found["due_of"].one_of(before, _("hạn ở trên")) if "due_of" in found else "",
        met_by=_known(found["met_by"], events, _("việc")),
        replaced_by=_known(found.get("replaced_by"), events, _("việc")),
        when=_known(found.get("when"), events | facts, _("việc hoặc điều")),
        lapses="lapses" in found and found["lapses"].truth(),
        unless=_known(found.get("unless"), events | facts, _("việc hoặc điều")),
        later="later" in found and found["later"].truth(),
        button=found["button"].text() if "button" in found else "",
        act=found["act"].text() if "act" in found else "",
        owed_to_child=found["owed_to_child"].one_of(("always", "if_under_16"), _("cách"))
        if "owed_to_child" in found
        else "",
        done_by=found["done_by"].texts() if "done_by" in found else (),
    )


def _known(entry: Entry | None, known: Collection[str], noun: Any) -> tuple[str, ...]:
    return entry.each_of(known, noun) if entry else ()
