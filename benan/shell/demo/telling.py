"""The words of the lines: what each of them does, by whom."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from benan.accounts.models import TeamMember, User
from benan.accounts.roles import P
from benan.agencies.models import Agency
from benan.audit.models import Event as Trail
from benan.cases import birth
from benan.cases.actions import closing, corrections, identities, minors, receptions
from benan.cases.models import Case
from benan.needs.actions import needs
from benan.needs.kinds import GROUPS
from benan.needs.models import UNMET, Need, Provision
from benan.protection.actions import measures
from benan.shell.demo import lives
from benan.shell.demo.cast import Officers
from benan.shell.demo.lives import Life, Line
from benan.shell.events import DemoEvent
from benan.support.actions import referrals, reintegration, screening, stays, visits
from benan.support.models import Referral, Visit
from benan.verification import actions as verification

MARK = "dữ liệu giả lập"
REASON = "the demo plays every case"


class Telling:
    """One life being played. A method is a word of the lines; its words and named details are the line's."""

    case: Case
    on: dt.date

    def __init__(self, life: Life, officers: Officers) -> None:
        self.life, self.officers = life, officers
        self.district = officers.district(life.at, life.began_on)
        self.people: dict[str, Case] = {}
        self.by: User | None = None

    def do(self, line: Line) -> None:
        """Play one line. Any may say `of` whom (a companion) and `by` whom (an officer)."""
        options = dict(line.options)
        whose, by = options.pop("of", ""), options.pop("by", "")
        if line.deed != "receive":
            self.case = self.people[whose] = Case.objects.unscoped(reason=REASON).get(pk=self.people[whose].pk)
        self.on, self.by = line.on, self.officers.named(by) if by else None
        getattr(self, line.deed)(*line.words, **options)
        self.case = self.people[""]

    # Receiving

    def receive(
        self,
        channel: str,
        *,
        country: str = "",
        told: str = "",
        at: str | None = None,
        unnamed: str = "",
        paper: str = "",
    ) -> None:
        """Somebody comes; who they are is on the life, unless they do not say it yet."""
        who = self.life.who
        identity = {} if unnamed else {name: who[name] for name in ("full_name", "phone", "id_number") if name in who}
        facts = {name: who[name] for name in ("sex", "nationality", "ethnic_code", "resides_here") if name in who}
        self.people[""] = receptions.receive(
            by=self._receiver(), channel=channel, came_on=self.on, area_code=self.life.at, came_at=_time(at),
            first_told_on=lives.day(told) if told else None, from_country=country, on_paper=bool(paper),
            identity=identity | self._birth(who), **facts | self._born(who),
        )  # fmt: skip

    def companion(self, name: str, kind: str, full_name: str, *, born: str, sex: str) -> None:
        """Somebody comes along."""
        said: dict[str, Any] = {"born": born}
        self.people[name] = receptions.add_companion(
            by=self._receiver(), case=self.case, kind=kind, sex=sex, nationality=self.life.who.get("nationality", ""),
            identity={"full_name": full_name} | self._birth(said), **self._born(said),
        )  # fmt: skip

    def family(self, harm: str, representative: str) -> None:
        """Whether the family of a minor did the harm, and who represents."""
        minors.record_guardianship(
            by=self._receiver(), case=self.case, on=self.on, harm=harm, representative=representative
        )

    def child_call(self, outcome: str, *, at: str | None = None) -> None:
        """The child-protection officer of the commune is told of a child."""
        minors.tell_child_protection(
            by=self._receiver(), case=self.case, on=self.on, at=_time(at), whom="commune", outcome=outcome
        )

    def tell(self) -> None:
        """The person says the rest of who they are."""
        who = self.life.who
        known = ("full_name", "phone", "other_names", "residence", "stay", "contact")
        values = {name: who[name] for name in known if name in who}
        values |= {name: f"{values[name]} ({MARK})" for name in ("residence", "stay") if name in values}
        receptions.record_identity_and_facts(by=self._receiver(), case=self.case, values=values)

    def words(self) -> None:
        """Their own words are written down and sealed."""
        words = f"{self.life.who['words']} ({MARK})"
        receptions.record_words(by=self._receiver(), case=self.case, words=words)

    def rights(self, language: str = "") -> None:
        """Their rights are explained."""
        receptions.explain_rights(by=self._receiver(), case=self.case, on=self.on, language=language)

    def notify(self, how: str = "call", *, at: str | None = None) -> None:
        """The commune tells the labour office."""
        receptions.notify_labour(by=self._receiver(), case=self.case, on=self.on, how=how, at=_time(at))

    def facts(self, **facts: str) -> None:
        """Facts become known or are corrected."""
        truth = {"yes": True, "no": False}
        values: dict[str, Any] = {name: truth.get(value, value) for name, value in facts.items()}
        receptions.record_facts(by=self._caseworker(), case=self.case, **values)

    # Verification

    def take(self) -> None:
        """The labour office takes the notice."""
        verification.take_notice(by=self._caseworker(), case=self.case, on=self.on)

    def proof(self, basis: str, issuer: str, *, no: str, dated: str) -> None:
        """A paper of Luật 66/2011, Điều 28 is found."""
        verification.record_proof(by=self._caseworker(), case=self.case, on=self.on, basis=basis, issuer=issuer,
                                  certificate_no=no, certificate_on=lives.day(dated))  # fmt: skip

    def request(self, district: str) -> None:
        """The labour office asks a district's police in writing."""
        verification.request_verification(by=self._caseworker(), case=self.case, on=self.on, to_unit=district,
                                          paper_no=self._number("LĐTBXH"), paper_on=self.on)  # fmt: skip

    def receipt(self) -> None:
        """The police note the request's arrival; of a police that answers on paper it is recorded for them."""
        police, behalf = self._police(), self._behalf()
        by = self._caseworker() if behalf else self._at("investigator", police.key)
        verification.receive_request(by=by, case=self.case, on=self.on, arrival_no=self._number("CVĐ"), **behalf)

    def report(self, reason: str) -> None:
        """The district police report the matter up."""
        by = self._at("investigator", self._police().key)
        verification.report_to_province(by=by, case=self.case, on=self.on, reason=reason,
                                        paper_no=self._number("BC-CAH"), paper_on=self.on)  # fmt: skip

    def report_receipt(self) -> None:
        """The provincial police note the report's arrival."""
        by = self._at("investigator", "police_province")
        verification.receive_report(by=by, case=self.case, on=self.on, arrival_no=self._number("CVĐ"))

    def draft(self, outcome: str, *grounds: str, sources: str = "own_statement") -> None:
        """An investigator drafts the finding."""
        by = self._at("investigator", self._police().key)
        verification.draft_finding(by=by, case=self.case, outcome=outcome, grounds=grounds, sources=sources.split(","),
                                   reasons=f"Lập luận của bản trình diễn ({MARK}).")  # fmt: skip

    def sign(self, *, dated: str = "") -> None:
        """The head signs it."""
        by = self._at("police_head", self._police().key)
        victim = self.case.findings.filter(on=None, withdrawn=False, outcome="victim").exists()
        verification.sign_finding(by=by, case=self.case, on=self.on, answer_no=self._number("TL-CA"),
                                  **self._certificate(dated) if victim else {})  # fmt: skip

    def answer(self, outcome: str, *grounds: str, dated: str = "") -> None:
        """The answer of a police on paper is recorded for them."""
        verification.record_answer(
            by=self._caseworker(), case=self.case, on=self.on, for_agency=self._police(), outcome=outcome,
            paper_no=self._number("TL-CA"), paper_on=lives.day(dated) if dated else self.on, grounds=grounds,
            **self._certificate(dated) if outcome == "victim" else {},
        )  # fmt: skip

    def told(self, onward: str) -> None:
        """The person is told that they were not found to be a victim."""
        verification.tell_outcome(by=self._caseworker(), case=self.case, on=self.on, onward=onward)

    def immigration(self) -> None:
        """A foreigner is passed on to the procedure for foreigners."""
        verification.hand_to_immigration(by=self._caseworker(), case=self.case, on=self.on,
                                         paper_no=self._number("LĐTBXH"), paper_on=self.on)  # fmt: skip

    # Needs and support

    def screen(self, *kinds: str, danger: str = "no") -> None:
        """Danger and needs now."""
        screening.screen(by=self._receiver(), case=self.case, on=self.on, danger=danger, needs=kinds)

    def give(self, *kinds: str, refused: str = "") -> None:
        """What was given, and refused, on the spot."""
        given, left = self._needs(kinds), self._needs(refused.split(",") if refused else ())
        needs.give_now(by=self._receiver(), case=self.case, given=[str(need.pk) for need in given],
                       refused=[str(need.pk) for need in left], on=self.on)  # fmt: skip

    def assess(self, *kinds: str, danger: str = "", groups: str = "", advice: str = "yes", poor: str = "") -> None:
        """An assessment, of every group unless `groups` names some."""
        facts: dict[str, Any] = {"poor_household": poor == "yes"} if poor else {}
        gone_through = groups.split(",") if groups else list(GROUPS)
        screening.assess(by=self._caseworker(), case=self.case, on=self.on, needs=kinds, groups=gone_through,
                         safety_asked=bool(danger), danger=danger or None, advice_asked=advice == "yes", **facts)  # fmt: skip

    def offer(self, *kinds: str) -> None:
        """Something is offered."""
        self._provide("offered", kinds)

    def refuse(self, *kinds: str) -> None:
        """What was offered is refused."""
        self._provide("refused", kinds)

    def begin(self, *kinds: str) -> None:
        """Something is begun."""
        self._provide("begun", kinds)

    def provide(self, *kinds: str, amount: str = "", source: str = "") -> None:
        """Something is given; `source` is the agency that gave it."""
        more = {"amount": int(amount)} if amount else {}
        self._provide("given", kinds, **more | ({"agency": _agency(source)} if source else {}))

    def take_back(self, kind: str) -> None:
        """A line of support was a mistake."""
        rows = Provision.objects.of(self.case).filter(need__kind=kind).select_related("case", "need")
        provision = rows.latest("pk")
        needs.correct_provision(by=self._caseworker(), provision=provision, words=f"Ghi nhầm người ({MARK}).")

    def no_longer(self, *kinds: str) -> None:
        """Something is no longer needed."""
        for need in self._needs(kinds):
            needs.end_need(by=self._caseworker(), need=need, on=self.on)

    # Protection

    def protect(self, kind: str, danger: str = "over") -> None:
        """A measure starts, and whether the danger is over is said."""
        measures.start(by=self._caseworker(), case=self.case, on=self.on, kind=kind, consented=True)
        self.case.refresh_from_db(fields=["danger_since"])
        if self.case.in_danger_since:
            measures.say_danger(by=self._caseworker(), case=self.case, on=self.on, stands=danger != "over")

    def review(self) -> None:
        """Measures are looked at again."""
        measures.review(by=self._caseworker(), case=self.case, on=self.on)

    def unprotect(self) -> None:
        """Measures end."""
        measures.end(by=self._caseworker(), case=self.case, on=self.on, words=f"Không còn bị đe dọa ({MARK}).")

    def refuse_protection(self) -> None:
        """The person refuses protection, warned."""
        measures.refuse(by=self._caseworker(), case=self.case, on=self.on, warned=True)

    # The way home

    def refer(self, kind: str, agency: str) -> None:
        """The person is referred."""
        referrals.refer(by=self._caseworker(), case=self.case, kind=kind, receiver=_agency(agency), on=self.on,
                       consent="written")  # fmt: skip

    def accept(self) -> None:
        """The receiver accepts; for one that works on paper the labour office records it."""
        referral = self._referral(accepted=None)
        referrals.accept(by=self._answering(referral), referral=referral, on=self.on, paper_no=self._number("TN"))

    def decline(self) -> None:
        """The receiver declines, with a reason."""
        referral = self._referral(accepted=None)
        referrals.decline(by=self._answering(referral), referral=referral, on=self.on, paper_no=self._number("TN"),
                         reason=f"Hiện không còn chỗ phù hợp ({MARK}).")  # fmt: skip

    def arrive(self, grounds: str = "") -> None:
        """The person arrives where they were referred."""
        referral = self._referral(accepted=True, arrived_on=None)
        stays.arrive(by=self._answering(referral), referral=referral, on=self.on, grounds=grounds)

    def leave(self) -> None:
        """The person leaves the shelter."""
        stays.leave_shelter(by=self._at("carer", "shelter_bien_hoa"), case=self.case, on=self.on)

    def home(self, residence: str, *, safe: str = "") -> None:
        """The person is back where they live."""
        reintegration.return_home(by=self._caseworker(), case=self.case, on=self.on, residence_code=residence,
                             safety_assessed=bool(safe))  # fmt: skip

    def reintegrate(self) -> None:
        """Reintegration begins, on a plan made together."""
        reintegration.start_reintegration(by=self._caseworker(), case=self.case, on=self.on, plan_made=True)

    def follow(self) -> None:
        """Support becomes following up."""
        reintegration.start_following(by=self._caseworker(), case=self.case, on=self.on)

    def appoint(self, day: str) -> None:
        """A visit is agreed."""
        visits.plan_visit(by=self._caseworker(), case=self.case, planned_on=lives.day(day))

    def visit(self, safe: str = "safe", *, next: str = "") -> None:  # noqa: A002, the word of the lines
        """The agreed visit is made."""
        visit = Visit.objects.of(self.case).filter(made_on=None).select_related("case").earliest("planned_on")
        visits.make_visit(by=self._caseworker(), visit=visit, on=self.on, safe=safe == "safe",
                            words=f"Người ấy kể mọi việc ổn ({MARK}).", next_on=lives.day(next) if next else None)  # fmt: skip

    def close(self, way: str) -> None:
        """The case ends in a way, such as reintegrated."""
        closing.close(by=self._caseworker(), case=self.case, on=self.on, closing=way)

    # About the case itself

    def open(self, purpose: str, *fields: str) -> None:
        """Somebody opens who the person is, for a purpose."""
        identities.open_identity(by=self._caseworker(), case=self.case, purpose=purpose, fields=fields)

    def remark(self, text: str) -> None:
        """Words are added to the history."""
        corrections.remark(by=self._caseworker(), case=self.case, on=self.on, words=f"{text} ({MARK})")

    def correct(self, event: str, day: str) -> None:
        """The day of an event is corrected."""
        step = self.case.steps.filter(event=event, corrected_by=None).latest("pk")
        corrections.correct_day(by=self._caseworker(), step=step, on=lives.day(day), words=f"Chép nhầm ngày ({MARK}).")

    def join(self, life: str) -> None:
        """An earlier case is found to be the same person's, and ends in this one."""
        code = Trail.objects.filter(event=DemoEvent.LIFE_PLAYED, data__life=life).latest("seq").data["people"][""]
        other = Case.objects.unscoped(reason=REASON).get(code=code)
        identities.join(by=self._caseworker(), case=self.case, other=other)

    # Who does it, and with which paper

    def _at(self, role: str, *places: str) -> User:
        return self.by or self.officers.at(role, *places)

    def _receiver(self) -> User:
        return self._at("receiver", f"commune-{self.life.at}", f"police_commune-{self.life.at}", self.district)

    def _caseworker(self) -> User:
        agency = self.case.agency
        return self._at("caseworker", agency.key, self.officers.district(agency.unit_code, self.on), self.district)

    def _police(self) -> Agency:
        verifies = TeamMember.Part.VERIFIES
        return self.case.team.members.filter(part=verifies, until=None).select_related("agency").latest("pk").agency

    def _behalf(self) -> dict[str, Any]:
        police = self._police()
        if police.kind != "outside":
            return {}
        return {"paper_no": self._number("CA"), "paper_on": self.on, "for_agency": police}

    def _answering(self, referral: Referral) -> User:
        return self.by or self.officers.may(P.REFERRAL_ANSWER, referral.receiver.key) or self._caseworker()

    def _referral(self, **state: Any) -> Referral:
        rows = Referral.objects.of(self.case).filter(**state).select_related("case", "receiver")
        return rows.latest("pk")

    def _needs(self, kinds: Iterable[str]) -> list[Need]:
        rows = Need.objects.of(self.case).filter(UNMET).select_related("case")
        standing = {need.kind: need for need in rows}
        return [standing[kind] for kind in kinds]

    def _provide(self, outcome: str, kinds: Iterable[str], **more: Any) -> None:
        for need in self._needs(kinds):
            needs.provide(by=self._caseworker(), need=need, outcome=outcome, on=self.on, **more)

    def _certificate(self, dated: str) -> dict[str, Any]:
        return {"certificate_no": self._number("GXN"), "certificate_on": lives.day(dated) if dated else self.on}

    def _number(self, office: str) -> str:
        return f"{self.on:%j}/{office}"

    def _birth(self, who: dict[str, Any]) -> dict[str, str]:
        said = str(who.get("born", ""))
        return {"birth": birth.words_to_seal(said, birth.parse(said, self.on))} if said else {}

    def _born(self, who: dict[str, Any]) -> dict[str, Any]:
        span = birth.parse(str(who.get("born", "")), self.on)
        return {"born_from": span[0], "born_to": span[1]} if span else {}


def _agency(key: str) -> Agency:
    return Agency.objects.get(key=key)


def _time(text: str | None) -> dt.time | None:
    return dt.time.fromisoformat(text) if text else None
