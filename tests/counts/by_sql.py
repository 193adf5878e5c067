"""Every count as plain SQL, written from the definitions: which cases and rows it is made of, and what divides them."""

from collections import Counter, defaultdict

from django.db import connection

from tests.indicators.oracle.places import communes_ever_in

# Of each count: rows as (case, row, day, agency, own split), before the period. A step that another corrects is none.
STEP = """
    SELECT case_id, id, "on", agency_id, {own} FROM cases_step s
    WHERE event = '{event}' AND id NOT IN (SELECT corrects_id FROM cases_step WHERE corrects_id IS NOT NULL)
"""
GIVEN = """
    SELECT p.case_id, p.id, p."on", p.agency_id, n.kind
    FROM needs_provision p JOIN needs_need n ON n.id = p.need_id WHERE p.outcome = 'given' AND NOT p.taken_back
"""
MEASURES = "SELECT case_id, id, started_on, agency_id, kind FROM protection_measure"
ROWS = {
    "persons_received": "SELECT c.id, c.id, r.came_on, r.agency_id, r.channel FROM cases_case c JOIN cases_reception r ON r.id = c.reception_id",
    "persons_received_and_supported": """
        SELECT c.id, c.id, r.came_on, r.agency_id, '' FROM cases_case c JOIN cases_reception r ON r.id = c.reception_id
        WHERE EXISTS (SELECT 1 FROM needs_provision p WHERE p.case_id = c.id AND p.outcome = 'given' AND NOT p.taken_back
                      AND p."on" <= %(as_of)s)
    """,
    "cases_closed": "SELECT id, id, closed_on, agency_id, closing FROM cases_case WHERE closed_on IS NOT NULL",
    "children_reported": STEP.format(event="child_protection_told", own="''"),
    "verifications_requested": STEP.format(event="request_sent", own="''"),
    "persons_found": """
        SELECT case_id, id, "on", agency_id, outcome FROM verification_finding
        WHERE "on" IS NOT NULL AND NOT withdrawn AND (replaced_on IS NULL OR replaced_on > %(as_of)s)
    """,
    "persons_given_initial_support": GIVEN + " AND n.phase = 'initial'",
    "persons_supported": GIVEN,
    "supports_given": GIVEN,
    "assessments": "SELECT case_id, id, \"on\", agency_id, '' FROM needs_assessment",
    "applications_decided": STEP.format(event="application_decided", own="details ->> 'decision'"),
    "protection_measures_decided": MEASURES,
    "persons_protected": MEASURES,
    "persons_under_protection": MEASURES + " WHERE ended_on IS NULL OR ended_on > LEAST(%(last)s, %(as_of)s)",
    "referrals_sent": "SELECT case_id, id, sent_on, sender_id, kind FROM support_referral WHERE consent <> 'refused'",
    "referrals_accepted": "SELECT case_id, id, answered_on, receiver_id, kind FROM support_referral WHERE accepted",
    "stays_begun": STEP.format(event="shelter_entered", own="''"),
    "persons_returned": STEP.format(event="residence_established", own="''"),
    "visits_made": "SELECT case_id, id, made_on, agency_id, '' FROM support_visit WHERE made_on IS NOT NULL",
    "programmes_joined": "SELECT case_id, id, joined_on, agency_id, programme FROM support_enrolment WHERE NOT taken_back",
}  # fmt: skip
OWN = {
    "persons_received": "channel", "cases_closed": "closing", "persons_found": "outcome", "persons_given_initial_support": "need",
    "persons_supported": "need", "supports_given": "need", "applications_decided": "decision",
    "protection_measures_decided": "measure", "persons_protected": "measure", "persons_under_protection": "measure",
    "referrals_sent": "to", "referrals_accepted": "to", "programmes_joined": "programme",
}  # fmt: skip
EACH_ROW = {
    "cases_closed", "supports_given", "assessments", "applications_decided", "protection_measures_decided", "referrals_sent",
    "referrals_accepted", "stays_begun", "visits_made",
}  # fmt: skip
STATEMENT = """
    SELECT c.id, r.id, r.agency, r.own, c.area_code, c.sex, c.age_class, c.kind, c.nationality,
        coalesce(
            (SELECT f.outcome FROM verification_finding f
             WHERE f.case_id = c.id AND NOT f.withdrawn AND f."on" <= %(as_of)s AND (f.replaced_on IS NULL OR f.replaced_on > %(as_of)s)),
            CASE WHEN c.kind = 'claimant' AND c.opened_on <= %(as_of)s THEN 'pending' ELSE '' END
        )
    FROM ({rows}) AS r (case_id, id, "on", agency, own) JOIN cases_case c ON c.id = r.case_id
    WHERE c.closing <> 'joined' AND {errors} AND r."on" <= %(last)s AND r."on" <= %(as_of)s AND {begun}
"""


def counted(key, asked):
    """A count as {(): how many, (split, value): how many}, for an area or agency too."""
    errors = (
        "TRUE" if key == "cases_closed" else "(c.closing <> 'error' OR c.closed_on IS NULL OR c.closed_on > %(as_of)s)"
    )
    begun = "%(first)s <= %(as_of)s" if key == "persons_under_protection" else 'r."on" >= %(first)s'
    statement = STATEMENT.format(rows=ROWS[key], errors=errors, begun=begun)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"first": asked.first, "last": asked.last, "as_of": asked.as_of})
        rows = cursor.fetchall()
    found = defaultdict(set)
    for case, row, agency, own, area, sex, age, kind, nationality, finding in rows:
        if asked.area and area not in communes_ever_in(asked.area):
            continue
        if asked.agency and agency != asked.agency.pk:
            continue
        unit = row if key in EACH_ROW else case
        divided = {"sex": sex, "age": age, "kind": kind, "nationality": nationality, "finding": finding}
        divided |= {OWN[key]: own} if key in OWN else {}
        for cell in [(), *divided.items()]:
            found[cell].add(unit)
    return Counter({cell: len(units) for cell, units in found.items()})
