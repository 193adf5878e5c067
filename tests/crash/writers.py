"""Eight officers who keep working while servers are killed under them, and remember what they were told was saved."""

import contextlib
import http.client
import queue
import re
import threading
import time
from collections import namedtuple

from bench.clients import Browser

TODAY = "09/11/2017"
ASKED = ["counselling", "medical", "health_care", "schooling", "legal_aid", "treatment", "job"]
ANSWERS = {**{f"answers-{kind}": "no" for kind in ASKED}, "answers-psych_advice": "yes", "answers-vocational": "yes"}
# Receivers with their communes, labour offices by district, and one police that notes what arrives.
RECEIVERS = {
    "lan": ("26263", "737"),
    "quyen": ("26230", "736"),
    "xa_bien_hoa": ("26017", "731"),
    "xa_long_khanh": ("26071", ""),
}
OFFICES = {"hanh": "737", "quang": "736", "phong_bien_hoa": "731"}
POLICE = {"dung": "737"}
NAMES = (*RECEIVERS, *OFFICES, *POLICE)

Saved = namedtuple("Saved", "code key")


class Work:
    """What passes from desk to desk, what was acknowledged, and what was answered that never should be."""

    def __init__(self):
        self.notified = {district: queue.Queue() for district in OFFICES.values()}
        self.requested = queue.Queue()
        self.saved, self.wrong = [], []
        self.over = threading.Event()

    def wait_for_more(self, count, seconds) -> bool:
        """Whether so many more writes were acknowledged within so many seconds."""
        enough, end = len(self.saved) + count, time.monotonic() + seconds
        while len(self.saved) < enough and time.monotonic() < end:
            time.sleep(0.05)
        return len(self.saved) >= enough


class Writer(threading.Thread):
    """One officer. An answer that does not come, or says that the program is not well, is nobody's promise."""

    def __init__(self, name, port, session, work):
        super().__init__(name=name)
        self.browser, self.work, self.count = Browser(port, session), work, 0
        self.turn = self.intake if name in RECEIVERS else self.manage if name in OFFICES else self.note_arrival

    def run(self):
        """Work until told to stop."""
        with contextlib.closing(self.browser):
            while not self.work.over.is_set():
                try:
                    self.turn()
                except (OSError, http.client.HTTPException):
                    time.sleep(0.2)

    def intake(self):
        """Somebody comes: received, asked, told their rights, given what they need, and the district told."""
        self.count += 1
        commune, district = RECEIVERS[self.name]
        answer = self._post("/tiep-nhan/moi/", "receive", channel="self", came_on=TODAY, area_code=commune, sex="female", another="on",
                            full_name=f"Người Thứ {self.count} của {self.name}", birth="1995")  # fmt: skip
        if answer is None:
            return
        code = re.search(r"/ho-so/([\d-]+)/", answer.location)[1]
        self._save(code, "receive")
        steps = (
            ("tiep-nhan/an-toan/", "screen_needs", {"danger": "no", "needs": ["food", "clothes"], "on": TODAY}),
            ("tiep-nhan/quyen/", "rights", {"explained": "on", "language": "vi", "on": TODAY}),
            ("tiep-nhan/da-trao/", "support_given", {"on": TODAY}),
            ("tiep-nhan/xem-lai/", "notify_labour", {"how": "call", "on": TODAY}),
        )
        for page, key, fields in steps:
            if key == "support_given":
                fields |= {"given": self._choices(f"/ho-so/{code}/{page}", "given")}
            if not self._do(code, page, key, **fields):
                return
        if district:
            self.work.notified[district].put(code)

    def manage(self):
        """The labour office takes the notice, asks the police, assesses needs and gives advice."""
        district = OFFICES[self.name]
        try:
            code = self.work.notified[district].get(timeout=0.2)
        except queue.Empty:
            return
        paper = {"to_unit": district, "paper_no": "214/LĐTBXH", "paper_on": TODAY, "on": TODAY}
        if not (self._do(code, "buoc/take_notice/", "take_notice", on=TODAY)
                and self._do(code, "buoc/request_verification/", "request_verification", **paper)):  # fmt: skip
            return
        if district == "737":
            self.work.requested.put(code)
        if self._do(code, "nhu-cau/danh-gia/", "assess_needs", **ANSWERS,
                    danger="no", poor_household="no", on=TODAY):  # fmt: skip
            page = self.browser.get(f"/ho-so/{code}/nhu-cau/")
            for need in sorted(set(re.findall(rf"/ho-so/{code}/nhu-cau/(\d+)/".encode(), page.body))):
                self._provide(code, f"nhu-cau/{need.decode()}/")

    def note_arrival(self):
        """The district police note the request's arrival."""
        try:
            code = self.work.requested.get(timeout=0.2)
        except queue.Empty:
            return
        self._do(code, "buoc/receive_request/", "receive_request", arrival_no="77", on=TODAY)

    def _provide(self, code, page):
        agency = self._choices(f"/ho-so/{code}/{page}", "agency")
        if agency:
            self._do(code, page, "support_given", outcome="given", on=TODAY, agency=agency[0])

    def _choices(self, path, name):
        """The values that a page offers under a name."""
        body = self.browser.get(path).body.decode()
        boxes = re.findall(rf'<input[^>]*name="{name}"[^>]*value="(\d+)"', body)
        select = re.search(rf'<select[^>]*name="{name}".*?</select>', body, re.DOTALL)
        return boxes or (re.findall(r'<option value="(\d+)"', select[0]) if select else [])

    def _do(self, code, page, key, **fields):
        path = f"/ho-so/{code}/{page}"
        seen = self._choices(path, "seen")
        answer = self._post(path, key, **fields, seen=seen[0]) if seen else None
        if answer:
            self._save(code, key)
        return answer

    def _post(self, path, key, **fields):
        answer = self.browser.post(path, **fields)
        if answer.status == 302 and answer.location.startswith("/ho-so/"):
            return answer
        if answer.status not in (500, 502, 503):
            said = re.search(r'id="form-errors".*?</ul>', answer.body.decode(errors="replace"), re.DOTALL)
            self.work.wrong.append(f"{self.name}, {key}: {answer.status} {answer.location} {said[0] if said else ''}")
        time.sleep(0.2)
        return None

    def _save(self, code, key):
        self.work.saved.append(Saved(code, key))
