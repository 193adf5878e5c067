"""The words of the lines: what each of them does, by whom."""

import datetime as dt

from benan.accounts.models import Agency, TeamMember
from benan.accounts.roles import P
from benan.audit.events import Event
from benan.audit.models import Event as Trail
from benan.cases import birth
from benan.cases.actions import corrections, identities, minors, receptions, verification
from benan.cases.models import File
from benan.cases.steps import Paper
from benan.support.actions import homeward, needs, safety
from benan.support.models import Need, Provision, Referral, Visit
from benan.support.needs import GROUPS

MARK = "dữ liệu giả lập"
REASON = "the demo plays every file"


class Telling:
    """One life being played. A method is a word of the lines; its words and named details are the line's."""

    def __init__(self, life, officers):
        self.life, self.officers = life, officers
        self.district = officers.district(life.at, life.began_on)
        self.people, self.file, self.on, self.by = {}, None, None, None

    def do(self, line):
        """Play one line. Any may say `of` whom (a companion) and `by` whom (an officer)."""
        options = dict(line.options)
        whose, by = options.pop("of", ""), options.pop("by", "")
        if line.deed != "receive":
            self.file = self.people[whose] = File.objects.unscoped(reason=REASON).get(pk=self.people[whose].pk)
        self.on, self.by = line.on, by and self.officers.named(by)
        getattr(self, line.deed)(*line.words, **options)
        self.file = self.people[""]

    # Receiving

    def receive(self, door, *, country="", told="", at=None, unnamed="", paper=""):
        """Somebody comes; who they are is on the life, unless they do not say it yet."""
        who = self.life.who
        identity = {} if unnamed else {name: who[name] for name in ("full_name", "phone", "id_number") if name in who}
        facts = {name: who[name] for name in ("sex", "nationality", "ethnic_code", "resides_here") if name in who}
        self.people[""] = receptions.receive(
            by=self._receiver(), door=door, came_on=self.on, area_code=self.life.at, came_at=_time(at),
            first_told_on=_day(told) if told else None, from_country=country, on_paper=bool(paper),
            identity=identity | self._birth(who), **facts | self._born(who),
        )  # fmt: skip

    def companion(self, name, kind, full_name, *, born, sex):
        """Somebody comes along."""
        said = {"born": born}
        self.people[name] = receptions.add_companion(
            by=self._receiver(), file=self.file, kind=kind, sex=sex, nationality=self.life.who.get("nationality", ""),
            identity={"full_name": full_name} | self._birth(said), **self._born(said),
        )  # fmt: skip

    def family(self, harm, representative):
        """Whether the family of a minor did the harm, and who represents."""
        minors.record_guardianship(
            by=self._receiver(), file=self.file, on=self.on, harm=harm, representative=representative
        )

    def child_call(self, outcome, *, at=None):
        """The child-protection officer of the commune is told of a child."""
        minors.tell_child_protection(
            by=self._receiver(), file=self.file, on=self.on, at=_time(at), whom="commune", outcome=outcome
        )

    def tell(self):
        """The person says the rest of who they are."""
        who = self.life.who
        known = ("full_name", "phone", "other_names", "residence", "stay", "contact")
        values = {name: who[name] for name in known if name in who}
        values |= {name: f"{values[name]} ({MARK})" for name in ("residence", "stay") if name in values}
        receptions.tell(by=self._receiver(), file=self.file, values=values)

    def words(self):
        """Their own words are written down and sealed."""
        words = f"{self.life.who['words']} ({MARK})"
        receptions.record_words(by=self._receiver(), file=self.file, words=words)

    def rights(self, language=""):
        """Their rights are explained."""
        receptions.explain_rights(by=self._receiver(), file=self.file, on=self.on, language=language)

    def notify(self, how="call", *, at=None):
        """The commune tells the labour office."""
        receptions.notify_labour(by=self._receiver(), file=self.file, on=self.on, how=how, at=_time(at))

    def facts(self, **facts):
        """Facts become known or are corrected."""
        truth = {"yes": True, "no": False}
        facts = {name: truth.get(value, value) for name, value in facts.items()}
        receptions.record_facts(by=self._caseworker(), file=self.file, **facts)

    # Verification

    def take(self):
        """The labour office takes the notice."""
        verification.take_notice(by=self._caseworker(), file=self.file, on=self.on)

    def proof(self, basis, issuer, *, no, dated):
        """A paper of Luật 66/2011, Điều 28 is found."""
        verification.record_proof(by=self._caseworker(), file=self.file, on=self.on, basis=basis, issuer=issuer,
                                  certificate_no=no, certificate_on=_day(dated))  # fmt: skip

    def request(self, district):
        """The labour office asks a district's police in writing."""
        verification.request_verification(by=self._caseworker(), file=self.file, on=self.on, to_unit=district,
                                          paper_no=self._number("LĐTBXH"), paper_on=self.on)  # fmt: skip

    def receipt(self):
        """The police note the request's arrival; of a police that answers on paper it is recorded for them."""
        police, behalf = self._police(), self._behalf()
        by = self._caseworker() if behalf else self._at("investigator", police.key)
        verification.receive_request(by=by, file=self.file, on=self.on, arrival_no=self._number("CVĐ"), paper=behalf)

    def report(self, reason):
        """The district police report the matter up."""
        by = self._at("investigator", self._police().key)
        verification.report_to_province(by=by, file=self.file, on=self.on, reason=reason,
                                        paper_no=self._number("BC-CAH"), paper_on=self.on)  # fmt: skip

    def report_receipt(self):
        """The provincial police note the report's arrival."""
        by = self._at("investigator", "police_province")
        verification.receive_report(by=by, file=self.file, on=self.on, arrival_no=self._number("CVĐ"))

    def draft(self, outcome, *grounds, sources="own_statement"):
        """An investigator drafts the finding."""
        by = self._at("investigator", self._police().key)
        verification.draft_finding(by=by, file=self.file, outcome=outcome, grounds=grounds, sources=sources.split(","),
                                   reasons=f"Lập luận của bản trình diễn ({MARK}).")  # fmt: skip

    def sign(self, *, dated=""):
        """The head signs it."""
        by = self._at("police_head", self._police().key)
        victim = self.file.findings.filter(on=None, withdrawn=False, outcome="victim").exists()
        verification.sign_finding(by=by, file=self.file, on=self.on, answer_no=self._number("TL-CA"),
                                  **self._certificate(dated) if victim else {})  # fmt: skip

    def answer(self, outcome, *grounds, dated=""):
        """The answer of a police on paper is recorded for them."""
        verification.record_answer(
            by=self._caseworker(), file=self.file, on=self.on, for_agency=self._police(), outcome=outcome,
            paper_no=self._number("TL-CA"), paper_on=_day(dated) if dated else self.on, grounds=grounds,
            **self._certificate(dated) if outcome == "victim" else {},
        )  # fmt: skip

    def told(self, onward):
        """The person is told that they were not found to be a victim."""
        verification.tell_outcome(by=self._caseworker(), file=self.file, on=self.on, onward=onward)

    def immigration(self):
        """A foreigner is passed on to the procedure for foreigners."""
        verification.hand_to_immigration(by=self._caseworker(), file=self.file, on=self.on,
                                         paper_no=self._number("LĐTBXH"), paper_on=self.on)  # fmt: skip

    # Needs and support

    def screen(self, *kinds, danger="no"):
        """Danger and needs now."""
        needs.screen(by=self._receiver(), file=self.file, on=self.on, danger=danger, needs=kinds)

    def give(self, *kinds, refused=""):
        """What was given, and refused, on the spot."""
        given, left = self._needs(kinds), self._needs(refused.split(",") if refused else ())
        needs.give_now(by=self._receiver(), file=self.file, given=[str(need.pk) for need in given],
                       refused=[str(need.pk) for need in left], on=self.on)  # fmt: skip

    def assess(self, *kinds, danger="", groups="", advice="yes", poor=""):
        """An assessment, of every group unless `groups` names some."""
        by, facts = self._caseworker(), {"poor_household": poor == "yes"} if poor else {}
        gone_through = groups.split(",") if groups else list(GROUPS)
        needs.assess(by=by, file=self.file, on=self.on, needs=kinds, groups=gone_through, safety_asked=bool(danger),
                     danger=danger or None, advice_asked=advice == "yes", **facts)  # fmt: skip

    def offer(self, *kinds):
        """Something is offered."""
        self._provide("offered", kinds)

    def refuse(self, *kinds):
        """What was offered is refused."""
        self._provide("refused", kinds)

    def begin(self, *kinds):
        """Something is begun."""
        self._provide("begun", kinds)

    def provide(self, *kinds, amount="", source=""):
        """Something is given; `source` is the agency that gave it."""
        more = {"amount": int(amount)} if amount else {}
        self._provide("given", kinds, **more | ({"agency": _agency(source)} if source else {}))

    def take_back(self, kind):
        """A line of support was a mistake."""
        rows = Provision.objects.of(self.file).filter(need__kind=kind).select_related("file", "need")
        provision = rows.latest("pk")
        needs.correct_provision(by=self._caseworker(), provision=provision, words=f"Ghi nhầm người ({MARK}).")

    def no_longer(self, *kinds):
        """Something is no longer needed."""
        for need in self._needs(kinds):
            needs.end_need(by=self._caseworker(), need=need, on=self.on)

    # Protection

    def protect(self, kind, danger="over"):
        """A measure starts, and whether the danger is over is said."""
        safety.start(by=self._caseworker(), file=self.file, on=self.on, kind=kind, consented=True)
        self.file.refresh_from_db(fields=["danger_since"])
        if self.file.in_danger_since:
            safety.say_danger(by=self._caseworker(), file=self.file, on=self.on, stands=danger != "over")

    def review(self):
        """Measures are looked at again."""
        safety.review(by=self._caseworker(), file=self.file, on=self.on)

    def unprotect(self):
        """Measures end."""
        safety.end(by=self._caseworker(), file=self.file, on=self.on, words=f"Không còn bị đe dọa ({MARK}).")

    def refuse_protection(self):
        """The person refuses protection, warned."""
        safety.refuse(by=self._caseworker(), file=self.file, on=self.on, warned=True)

    def decline_protection(self):
        """No measure is applied, in writing."""
        safety.decline(by=self._caseworker(), file=self.file, on=self.on, paper_no=self._number("LĐTBXH"),
                       paper_on=self.on, words=f"Chưa thấy nguy cơ cụ thể ({MARK}).")  # fmt: skip

    # The way home

    def refer(self, kind, agency):
        """The person is referred."""
        homeward.refer(by=self._caseworker(), file=self.file, kind=kind, receiver=_agency(agency), on=self.on,
                       consent="written")  # fmt: skip

    def accept(self):
        """The receiver accepts; for one that works on paper the labour office records it."""
        referral = self._referral(accepted=None)
        homeward.accept(by=self._answering(referral), referral=referral, on=self.on, paper_no=self._number("TN"))

    def decline(self):
        """The receiver declines, with a reason."""
        referral = self._referral(accepted=None)
        homeward.decline(by=self._answering(referral), referral=referral, on=self.on, paper_no=self._number("TN"),
                         reason=f"Hiện không còn chỗ phù hợp ({MARK}).")  # fmt: skip

    def arrive(self, grounds=""):
        """The person arrives where they were referred."""
        referral = self._referral(accepted=True, arrived_on=None)
        homeward.arrive(by=self._answering(referral), referral=referral, on=self.on, grounds=grounds)

    def leave(self):
        """The person leaves the shelter."""
        homeward.leave_shelter(by=self._at("carer", "shelter_bien_hoa"), file=self.file, on=self.on)

    def home(self, residence, *, safe=""):
        """The person is back where they live."""
        homeward.return_home(by=self._caseworker(), file=self.file, on=self.on, residence_code=residence,
                             safety_assessed=bool(safe))  # fmt: skip

    def reintegrate(self):
        """Reintegration begins, on a plan made together."""
        homeward.start_reintegration(by=self._caseworker(), file=self.file, on=self.on, plan_made=True)

    def follow(self):
        """Support becomes following up."""
        homeward.start_following(by=self._caseworker(), file=self.file, on=self.on)

    def appoint(self, day):
        """A visit is agreed."""
        homeward.plan_visit(by=self._caseworker(), file=self.file, planned_on=_day(day))

    def visit(self, safe="safe", *, next=""):  # noqa: A002, the word of the lines
        """The agreed visit is made."""
        visit = Visit.objects.of(self.file).filter(made_on=None).select_related("file").earliest("planned_on")
        homeward.make_visit(by=self._caseworker(), visit=visit, on=self.on, safe=safe == "safe",
                            words=f"Người ấy kể mọi việc ổn ({MARK}).", next_on=next and _day(next))  # fmt: skip

    def close(self, closing):
        """The file ends."""
        homeward.close(by=self._caseworker(), file=self.file, on=self.on, closing=closing)

    # About the file itself

    def open(self, purpose, *fields):
        """Somebody opens who the person is, for a purpose."""
        identities.open_identity(by=self._caseworker(), file=self.file, purpose=purpose, fields=fields)

    def remark(self, text):
        """Words are added to the history."""
        corrections.remark(by=self._caseworker(), file=self.file, on=self.on, words=f"{text} ({MARK})")

    def correct(self, event, day):
        """The day of an event is corrected."""
        step = self.file.steps.filter(event=event, corrected_by=None).latest("pk")
        corrections.correct_day(by=self._caseworker(), step=step, on=_day(day), words=f"Chép nhầm ngày ({MARK}).")

    def join(self, life):
        """An earlier file is found to be the same person's, and ends in this one."""
        code = Trail.objects.filter(event=Event.LIFE_PLAYED, data__life=life).latest("seq").data["people"][""]
        other = File.objects.unscoped(reason=REASON).get(code=code)
        identities.join(by=self._caseworker(), file=self.file, other=other)

    # Who does it, and with which paper

    def _at(self, role, *places):
        return self.by or self.officers.at(role, *places)

    def _receiver(self):
        return self._at("receiver", f"commune-{self.life.at}", f"police_commune-{self.life.at}", self.district)

    def _caseworker(self):
        agency = self.file.agency
        return self._at("caseworker", agency.key, self.officers.district(agency.unit_code, self.on), self.district)

    def _police(self):
        verifies = TeamMember.Part.VERIFIES
        return self.file.team.members.filter(part=verifies, until=None).select_related("agency").latest("pk").agency

    def _behalf(self):
        police = self._police()
        return Paper(no=self._number("CA"), on=self.on, for_agency=police) if police.kind == "outside" else None

    def _answering(self, referral):
        return self.by or self.officers.may(P.REFERRAL_ANSWER, referral.receiver.key) or self._caseworker()

    def _referral(self, **state):
        rows = Referral.objects.of(self.file).filter(**state).select_related("file", "receiver")
        return rows.latest("pk")

    def _needs(self, kinds):
        rows = Need.objects.of(self.file).filter(met_on=None, refused_on=None, gone_on=None).select_related("file")
        standing = {need.kind: need for need in rows}
        return [standing[kind] for kind in kinds]

    def _provide(self, outcome, kinds, **more):
        for need in self._needs(kinds):
            needs.provide(by=self._caseworker(), need=need, outcome=outcome, on=self.on, **more)

    def _certificate(self, dated):
        return {"certificate_no": self._number("GXN"), "certificate_on": _day(dated) if dated else self.on}

    def _number(self, office):
        return f"{self.on:%j}/{office}"

    def _birth(self, who):
        said = str(who.get("born", ""))
        return {"birth": birth.words(said, birth.parse(said, self.on))} if said else {}

    def _born(self, who):
        span = birth.parse(str(who.get("born", "")), self.on)
        return {"born_from": span[0], "born_to": span[1]} if span else {}


def _agency(key):
    return Agency.objects.get(key=key)


def _day(text):
    return dt.datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007


def _time(text):
    return dt.time.fromisoformat(text) if text else None
