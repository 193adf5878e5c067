"""From a procedure file to a `Procedure`, checked: no word in it may point at nothing."""

from django.utils.translation import gettext_lazy as _

from benan.rules.reading import Entry
from benan.rules.schema import Duty, Event, Move, Procedure, Stage, Track


def procedure(entry: Entry) -> Procedure:
    """The procedure a file describes. Raises `Unreadable` with the line of the first fault."""
    top = entry.fields(
        "procedure", "label", "in_force", "ended", "sources", "agencies", "events", "conditions", "facts", "tracks",
        "moves", "limits", optional=("notice",),
    )  # fmt: skip
    agencies, conditions, facts = (_sentences(top[key]) for key in ("agencies", "conditions", "facts"))
    events = {key: _event(key, value, top["events"].mapping()) for key, value in top["events"].mapping().items()}
    tracks = {key: _track(key, value, agencies) for key, value in top["tracks"].mapping().items()}
    moves = tuple(_move(value, tracks, events, conditions) for value in top["moves"].entries())
    _check_moves(top, moves, tracks, conditions)
    duties = []
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
    )


def _sentences(entry):
    return {key: value.text() for key, value in entry.mapping().items()}


def _source(entry):
    found = entry.fields("instrument", "articles")
    return found["instrument"].text(), found["articles"].text()


def _event(key, entry, known):
    found = entry.fields("label", optional=("after",))
    return Event(key, found["label"].text(), _known(found.get("after"), known, _("việc")))


def _track(key, entry, agencies):
    found = entry.fields("label", "goal", "stages")
    stages = {}
    for value in found["stages"].entries():
        parts = value.fields("key", "label", "holder", optional=("aside", "ends", "goal"))
        stage = Stage(
            key=parts["key"].text(),
            label=parts["label"].text(),
            holder=parts["holder"].one_of(agencies, _("cơ quan")),
            aside="aside" in parts and parts["aside"].truth(),
            ends="ends" in parts and parts["ends"].truth(),
            goal=parts["goal"].text() if "goal" in parts else "",
        )
        if stage.key in stages:
            raise value.fault(_("giai đoạn «%(key)s» được ghi hai lần.") % {"key": stage.key})
        stages[stage.key] = stage
    return Track(key, found["label"].text(), found["goal"].text(), stages)


def _move(entry, tracks, events, conditions):
    found = entry.fields("key", "track", "from", "to", "permission", "label", "article", "event", optional=("needs",))
    track = found["track"].one_of(tracks, _("dòng việc"))
    stages = tracks[track].stages
    return Move(
        key=found["key"].text(),
        track=track,
        sources=_known(found["from"], stages, _("giai đoạn")),
        target=found["to"].one_of(stages, _("giai đoạn")),
        permissions=found["permission"].texts(),
        needs=_known(found.get("needs"), conditions, _("điều kiện")),
        label=found["label"].text(),
        article=found["article"].text(),
        event=found["event"].one_of(events, _("việc")),
    )


def _check_moves(top, moves, tracks, conditions):
    keys = [move.key for move in moves]
    for key in keys:
        if keys.count(key) > 1:
            raise top["moves"].fault(_("bước «%(key)s» được ghi hai lần.") % {"key": key})
    for track in tracks.values():
        reached = {move.target for move in moves if move.track == track.key}
        left = {source for move in moves if move.track == track.key for source in move.sources}
        for stage in track.stages.values():
            if stage.key not in reached:
                raise top["tracks"].fault(_("không bước nào dẫn đến «%(stage)s».") % {"stage": stage.key})
            if stage.key not in left and not stage.ends:
                raise top["tracks"].fault(_("không bước nào đi tiếp từ «%(stage)s».") % {"stage": stage.key})
    used = {name for move in moves for name in move.needs}
    for name, entry in top["conditions"].mapping().items():
        if name not in used:
            raise entry.fault(_("không bước nào cần điều kiện «%(name)s».") % {"name": name})


def _duty(entry, tracks, agencies, events, facts, before):
    found = entry.fields(
        "limit", "track", "whose", "label", "met_by",
        optional=("starts", "convention", "due_of", "replaced_by", "when", "unless", "later", "lapses"),
    )  # fmt: skip
    if ("starts" in found) == ("due_of" in found):
        raise entry.fault(_("cần đúng một trong hai mục «starts», «due_of»."))
    return Duty(
        limit=found["limit"].text(),
        track=found["track"].one_of(tracks, _("dòng việc")),
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
    )


def _known(entry, known, noun):
    return entry.each_of(known, noun) if entry else ()
