"""Random lives through the verbs of the program: whatever is refused is left out, whatever is done is done as officers do it."""

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import IntegrityError, transaction

from benan.accounts.models import User
from benan.agencies import queries as agencies
from benan.agencies.models import Agency
from benan.cases.actions import closing, corrections, identities, receptions
from benan.cases.models import Case
from benan.core.refusals import Refused
from benan.needs.kinds import ASSESSED, GROUPS, INITIAL
from benan.needs.models import Need, Provision
from benan.places import queries as places
from benan.protection.actions import measures
from benan.shell.demo import lives
from benan.shell.demo.cast import Officers
from benan.shell.demo.player import calendar_open_at
from benan.shell.demo.telling import Telling
from benan.support.actions import screening
from benan.verification import actions as verification

LEFT_OUT = (Refused, IntegrityError, PermissionDenied, ObjectDoesNotExist, LookupError, StopIteration)
INITIAL_KINDS, ASSESSED_KINDS = sorted(INITIAL), sorted(ASSESSED)
DANGERS = ("no", "yes", "unknown")
NATIONALITIES = ("citizen", "citizen", "citizen", "", "foreigner", "stateless", "stateless_resident")


@dataclass(frozen=True)
class Deed:
    """One thing to try: its name, days after the one before, and a number from which all choices are drawn."""

    name: str
    later: int
    draw: int


class Draw:
    """Choices from one number, so that the same number makes the same choices."""

    case = None  # the case that was chosen already

    def __init__(self, number):
        self._random = random.Random(number)

    def below(self, many):
        """A number below another."""
        return self._random.randrange(many)

    def one(self, rows):
        """One of some rows. Raises LookupError where there is none."""
        rows = list(rows)
        return rows[self.below(len(rows))] if rows else rows[0]

    def some(self, rows):
        """Some of some rows."""
        return [row for row in rows if self.below(3) == 0]


@dataclass(frozen=True)
class Scene:
    """Where people live from a first day on, and who works there besides the cast (by role and agency's key)."""

    first: dt.date
    communes: tuple[str, ...]
    districts: tuple[str, ...]
    officers: Mapping[tuple[str, str], User]

    @property
    def areas(self):
        """The codes of its places."""
        return [*self.districts, *self.communes]

    @property
    def agencies(self):
        """The keys of its offices of labour and of communes."""
        return [key for role, key in self.officers if role in ("receiver", "caseworker")]


def scene_of(cast, first, *communes):
    """Communes as they are on a first day, with officers at each, and at the labour office and police of its district."""
    districts = tuple(dict.fromkeys(places.unit(commune, first).parent_code for commune in communes))
    seats = [("receiver", office.key) for office in Agency.objects.filter(kind="commune", unit_code__in=communes)]
    for role, office in (("caseworker", "labour"), ("investigator", "police"), ("police_head", "police")):
        seats += [(role, f"{office}-{district}") for district in districts]
    officers = {(role, key): cast.appoint(f"{role}_{key}", "Người Giả Lập", role, key) for role, key in seats}
    return Scene(first, communes, districts, officers)


class RandomLives:
    """Everybody who is received while deeds are tried, from the first day of a scene on."""

    def __init__(self, cast, scene):
        self.cast, self.scene, self.officers = cast, scene, Officers()
        self.on, self.cases = scene.first, []

    def try_deeds(self, deeds):
        """Try each; gives the names of those that were done."""
        done = []
        for deed in deeds:
            self.on += dt.timedelta(days=deed.later)
            draw = Draw(deed.draw)
            with calendar_open_at(self.on):
                try:
                    with transaction.atomic():
                        getattr(self, deed.name)(draw)
                    done.append(deed.name)
                except LEFT_OUT:
                    continue
        return done

    # Who

    def receive(self, draw):
        self._few(draw)
        commune = draw.one([self.scene.communes[0], *self.scene.communes])
        came_on = self.on - dt.timedelta(days=draw.one([0, 0, 1, 4]))
        case = receptions.receive(
            by=self._receiver(commune), channel=draw.one(["self", "returned", "border", "brought"]), came_on=came_on, area_code=commune,
            nationality=draw.one(NATIONALITIES), resides_here=draw.one([None, True, False]),
        )  # fmt: skip
        self.cases.append(case.pk)

    def companion(self, draw):
        self._few(draw)
        case = self._case(draw)
        by = self._receiver(case.area_code)
        kind = draw.one(["minor", "relative"])
        self.cases.append(receptions.add_companion(by=by, case=case, kind=kind, nationality="citizen").pk)

    def join(self, draw):
        one, other = self._case(draw), self._case(draw)
        self._by(one, identities.join, other=other)

    def unjoin(self, draw):
        case = draw.one(self._rows().exclude(joined_to=None))
        self._by(case, identities.unjoin, words="Hai người.")

    def facts(self, draw):
        case = self._case(draw)
        self._by(case, receptions.record_facts, nationality=draw.one(NATIONALITIES))

    def correct(self, draw):
        step = draw.one(self._case(draw).steps.filter(corrected_by=None).exclude(event="").order_by("pk"))
        on = step.on + dt.timedelta(days=draw.one([-9, -3, -1, 1, 2, 6]))
        correct = {"step": step, "on": min(on, self.on), "words": "Chép nhầm."}
        self._by(step.case, lambda by, case, **values: corrections.correct_day(by=by, **values), **correct)

    def remark(self, draw):
        case = self._case(draw)
        self._by(case, corrections.remark, on=self.on, words="Đã gọi điện.")

    # What the demo tells

    def go_on(self, draw):
        """What usually comes next for somebody who says that they are a victim."""
        case = draw.one(list(self._rows().filter(kind="claimant", closed_on=None))[-2:])
        here = {track.kind: track.stage for track in case.tracks.all()}
        ways = [way for kind, stage in here.items() for way in NEXT.get((kind, stage), ())]
        draw.case = case.pk
        getattr(self, draw.one(ways))(draw)

    def notify(self, draw):
        self._tell(draw, "notify")

    def take(self, draw):
        self._tell(draw, "take")

    def request(self, draw):
        self._tell(draw, "request", draw.one([self.scene.districts[0], *self.scene.districts, "001"]))

    def receipt(self, draw):
        self._tell(draw, "receipt")

    def report(self, draw):
        self._tell(draw, "report", "complex")

    def report_receipt(self, draw):
        self._tell(draw, "report_receipt")

    def answer(self, draw):
        """Signed by a head, or recorded for a police that answers on paper."""
        outcome = draw.one(["victim", "victim", "not_victim"])
        telling = self._telling(self._case(draw))
        if telling._behalf():
            telling.answer(outcome, "forced_labour")
        else:
            telling.draft(outcome, "forced_labour")
            telling.case.refresh_from_db()
            telling.sign()

    def proof(self, draw):
        self._tell(draw, "proof", "district_police", "district_police", no="3/GXN", dated=f"{self.on:%d/%m/%Y}")

    def stop_verifying(self, draw):
        case = self._case(draw)
        self._by(case, verification.close_verification, on=self.on, reason=draw.one(["left", "declined", "died"]))

    def screen(self, draw):
        case = self._case(draw)
        by = self._receiver(case.area_code)
        screening.screen(by=by, case=case, on=self.on, danger=draw.one(DANGERS), needs=draw.some(INITIAL_KINDS))

    def assess(self, draw):
        case = self._case(draw)
        groups = list(GROUPS) if draw.below(2) else draw.some(GROUPS)
        safety = draw.one([True, True, False])
        self._by(
            case, screening.assess, on=self.on, needs=draw.some(ASSESSED_KINDS), groups=groups, safety_asked=safety,
            danger=draw.one(DANGERS) if safety else None, advice_asked=draw.one([True, False]),
            poor_household=draw.one([True, False]),
        )  # fmt: skip

    def provide(self, draw):
        self._provide(draw, "provide")

    def offer(self, draw):
        self._provide(draw, "offer")

    def refuse(self, draw):
        self._provide(draw, "refuse")

    def no_longer(self, draw):
        self._provide(draw, "no_longer")

    def take_back(self, draw):
        case = self._case(draw)
        provision = draw.one(Provision.objects.of(case).order_by("pk").select_related("need"))
        self._telling(case).take_back(provision.need.kind)

    def protect(self, draw):
        self._tell(draw, "protect", "refuge", draw.one(["over", "stands"]))

    def unprotect(self, draw):
        self._tell(draw, "unprotect")

    def decline_protection(self, draw):
        case = self._case(draw)
        self._by(case, measures.decline, on=self.on, words="Không có căn cứ.", paper_no="5/CAH", paper_on=self.on)

    def refuse_protection(self, draw):
        self._tell(draw, "refuse_protection")

    def refer(self, draw):
        kind, to = draw.one(
            [
                ("residence", f"labour-{draw.one(self.scene.districts)}"),
                ("residence", "outside_labour"),
                ("shelter", "shelter_bien_hoa"),
            ]
        )
        self._tell(draw, "refer", kind, to)

    def accept(self, draw):
        self._tell(draw, "accept")

    def arrive(self, draw):
        self._tell(draw, "arrive", draw.one(["care", "child"]))

    def leave(self, draw):
        self._tell(draw, "leave")

    def home(self, draw):
        self._tell(draw, "home", draw.one(self.scene.communes), safe="yes")

    def reintegrate(self, draw):
        self._tell(draw, "reintegrate")

    def close(self, draw):
        case = self._case(draw)
        ways = [way for way in Case.Closing.values if way != "joined"] + ["transferred"] * 4
        self._by(case, closing.close, on=self.on, closing=draw.one(ways), needs_gone=bool(draw.below(2)))

    def reopen(self, draw):
        case = draw.one(self._rows().exclude(closed_on=None))
        self._by(case, closing.reopen, words="Kết thúc nhầm.")

    def _few(self, draw):
        if len(self.cases) > 3 and draw.below(6):
            raise LookupError

    def _rows(self):
        return (
            Case.objects.unscoped(reason="tests")
            .filter(pk__in=self.cases)
            .order_by("pk")
            .select_related("reception", "agency")
        )

    def _case(self, draw):
        """One of them, mostly one of the last four."""
        rows = list(self._rows().filter(pk=draw.case) if draw.case else self._rows())
        return draw.one(rows[-4:] if draw.below(5) else rows)

    def _by(self, case, verb, **values):
        """The verb, by the first officer who may."""
        values = {"case": case} | values
        for by in (self._telling(case)._caseworker(), *self._workers()):
            try:
                with transaction.atomic():
                    return verb(by=by, **values)
            except PermissionDenied:
                continue
        raise PermissionDenied

    def _receiver(self, commune):
        office = agencies.of_unit("commune", commune, self.on)
        if office is None:
            raise LookupError(commune)
        return self.scene.officers["receiver", office.key]

    def _workers(self):
        return [*self.scene.officers.values(), *map(self.cast.officer, WORKERS)]

    def _telling(self, case):
        telling = Telling(lives.Life("", case.area_code, {}, (SimpleNamespace(on=self.on),)), self.officers)
        telling.case, telling.on = case, self.on
        return telling

    def _tell(self, draw, deed, *words, **options):
        telling = self._telling(self._case(draw))
        for telling.by in (None, *self._workers()):
            try:
                with transaction.atomic():
                    return getattr(telling, deed)(*words, **options)
            except (PermissionDenied, LookupError):
                continue
        raise PermissionDenied

    def _provide(self, draw, deed):
        case = self._case(draw)
        need = draw.one(Need.objects.of(case).filter(met_on=None, refused_on=None, gone_on=None).order_by("pk"))
        getattr(self._telling(case), deed)(need.kind)


NEXT = {
    ("verification", "received"): ("notify", "screen"),
    ("verification", "notified"): ("request", "request", "take", "proof"),
    ("verification", "taken"): ("request",),
    ("verification", "requested"): ("receipt",),
    ("verification", "verifying"): ("answer", "answer", "report"),
    ("verification", "reported_up"): ("report_receipt",),
    ("verification", "verifying_province"): ("answer",),
    ("verification", "victim"): ("assess", "answer"),
    ("protection", "needed"): ("protect", "protect", "decline_protection", "refuse_protection"),
    ("protection", "in_force"): ("unprotect",),
    ("support", "initial"): ("provide", "offer", "refuse", "assess"),
    ("support", "assessed"): ("provide", "offer", "refuse", "no_longer", "refer", "accept", "arrive", "home"),
    ("support", "in_shelter"): ("leave", "home", "provide"),
    ("support", "at_residence"): ("reintegrate", "provide", "close"),
    ("support", "reintegrating"): ("provide", "close"),
}
WORKERS = ("hanh", "lan", "dung", "thu", "quang", "quyen", "hoa", "minh")
# What is tried, the usual more often than the rest.
USUAL = (
    "go_on", "go_on", "go_on", "go_on", "go_on", "go_on", "go_on", "go_on", "go_on", "receive", "companion", "provide", "correct",
    "join",
)  # fmt: skip
NAMES = tuple(name for name in vars(RandomLives) if not name.startswith("_") and name != "try_deeds")
