"""What the pages and tables of plans answer to whom (tests/expected.py)."""

import datetime as dt

from benan.plan import queries
from benan.plan.actions import agency_plans, progress
from tests.cast import agency_of

PAGES = """
                                                                   lan hanh truong_phong dung hung hoa phuong thu bao son quang vy anon
/ke-hoach/                                                         on  on  on  on  on  on  on  on  on  on  on  on  in
/ke-hoach/12089-KH-UBND-2016/                                      200 200 200 200 200 200 200 200 200 200 200 200 in
/ke-hoach/12089-KH-UBND-2016/chi-tieu/II.2.a/                      200 200 200 200 200 200 200 200 200 200 200 200 in
/ke-hoach/12089-KH-UBND-2016/so-dem/persons_received/              200 200 200 200 200 200 200 200 200 200 200 200 in
/ke-hoach/12089-KH-UBND-2016/so-dem/nothing/                       404 404 404 404 404 404 404 404 404 404 404 404 in
/ke-hoach/12089-KH-UBND-2016/chi-tieu/II.9/                        404 404 404 404 404 404 404 404 404 404 404 404 in
/ke-hoach/12089-KH-UBND-2016/muc/                                  200 200 200 200 200 200 200 200 200 200 200 200 in
/ke-hoach/12089-KH-UBND-2016/muc/VI.3/                             200 200 200 200 200 200 200 200 200 200 200 200 in
/ke-hoach/12089-KH-UBND-2016/muc/V.5/tien-do/procuracy/tep/            403 403 403 403 403 403 403 403 403 200 403 403 in
/ke-hoach/12089-KH-UBND-2016/muc/V.5/so-lieu/procuracy/            403 403 403 403 403 403 403 403 403 on  403 403 in
/ke-hoach/12089-KH-UBND-2016/muc/V.1.k/tien-do/labour_department/tep/  403 403 403 403 403 403 403 200 403 403 403 403 in
/ke-hoach/12089-KH-UBND-2016/don-vi/                               200 200 200 200 200 200 200 200 200 200 200 200 in
/ke-hoach/12089-KH-UBND-2016/don-vi/procuracy/                     200 200 200 200 200 200 200 200 200 200 200 200 in
/ke-hoach/12089-KH-UBND-2016/thoi-gian/                            200 200 200 200 200 200 200 200 200 200 200 200 in
/ke-hoach/12089-KH-UBND-2016/xu-huong/                             200 200 200 200 200 200 200 200 200 200 200 200 in
/ke-hoach/12089-KH-UBND-2016/dia-ban/                              200 200 200 200 200 200 200 200 200 200 200 200 in
/ke-hoach/12089-KH-UBND-2016/dia-ban/{area}/                       403 403 403 403 403 403 403 200 403 403 403 403 in
/ke-hoach/12089-KH-UBND-2016/don-vi/procuracy/ke-hoach/2017/  200 200 200 200 200 200 200 200 200 200 200 200 in
/ke-hoach/12089-KH-UBND-2016/don-vi/district-737/ke-hoach/2017/  200 200 200 200 200 200 200 200 200 200 200 200 in
/ke-hoach/12089-KH-UBND-2016/don-vi/labour-737/ke-hoach/2016/  200 200 200 200 200 200 200 200 200 200 200 200 in
/ke-hoach/12089-KH-UBND-2016/don-vi/labour-737/ke-hoach/2017/  200 200 200 200 200 200 200 200 200 200 200 200 in
/ke-hoach/12089-KH-UBND-2016/don-vi/district-737/ke-hoach/ca-giai-doan/  200 200 200 200 200 200 200 200 200 200 200 200 in
/ke-hoach/12089-KH-UBND-2016/don-vi/procuracy/ke-hoach/2030/  404 404 404 404 404 404 404 404 404 404 404 404 in
/ke-hoach/12089-KH-UBND-2016/ke-hoach-don-vi/  200 200 200 200 200 200 200 200 200 200 200 200 in
/ke-hoach/12089-KH-UBND-2016/ke-hoach-don-vi/2017/  200 200 200 200 200 200 200 200 200 200 200 200 in
/ke-hoach/12089-KH-UBND-2016/don-vi/district-737/ke-hoach/2017/lap/  on on on on on on on on on on on on in
/ke-hoach/12089-KH-UBND-2016/don-vi/district-737/ke-hoach/2017/trinh/  on on on on on on on on on on on on in
/ke-hoach/12089-KH-UBND-2016/don-vi/district-737/ke-hoach/2017/thay/  on on on on on on on on on on on on in
/ke-hoach/12089-KH-UBND-2016/don-vi/district-737/ke-hoach/2017/hoat-dong/  403 200 403 403 403 403 403 403 403 403 403 403 in
/ke-hoach/12089-KH-UBND-2016/don-vi/district-737/ke-hoach/2017/hoat-dong/{activity}/  403 200 403 403 403 403 403 403 403 403 403 403 in
/ke-hoach/12089-KH-UBND-2016/don-vi/district-737/ke-hoach/2017/hoat-dong/{activity}/bo/  on on on on on on on on on on on on in
/ke-hoach/12089-KH-UBND-2016/don-vi/labour-737/ke-hoach/2017/duyet/  403 403 200 403 403 403 403 403 403 403 403 403 in
/ke-hoach/12089-KH-UBND-2016/don-vi/labour-737/ke-hoach/2017/tra-lai/  403 403 200 403 403 403 403 403 403 403 403 403 in
/ke-hoach/12089-KH-UBND-2016/don-vi/labour-737/ke-hoach/2016/van-ban/  403 200 403 403 403 403 403 403 403 403 403 403 in
/ke-hoach/tat-ca/  200 200 200 200 200 200 200 200 200 200 200 200 in
/ke-hoach/nap/tep/  403 403 403 403 403 403 403 200 403 403 403 403 in
/ke-hoach/nap/xac-nhan/  on on on on on on on on on on on on in
/ke-hoach/12089-KH-UBND-2016/sao-chep/  403 403 403 403 403 403 403 200 403 403 403 403 in
/ke-hoach/12089-KH-UBND-2016/so-sanh/  200 200 200 200 200 200 200 200 200 200 200 200 in
/ke-hoach/12089-KH-UBND-2016/so-sanh/01-KH-UBND-2099/  404 404 404 404 404 404 404 404 404 404 404 404 in
/ke-hoach/12089-KH-UBND-2016/chuyen-tiep/  404 404 404 404 404 404 404 404 404 404 404 404 in
/ke-hoach/12089-KH-UBND-2016/chuyen-tiep/VI.1/  403 403 403 403 403 403 403 404 403 403 403 403 in
"""

SENT = """
lan hanh truong_phong dung hung hoa phuong thu bao son quang vy anon
/ke-hoach/12089-KH-UBND-2016/don-vi/district-737/ke-hoach/2017/lap/  403 200 403 403 403 403 403 403 403 403 403 403 in
/ke-hoach/12089-KH-UBND-2016/don-vi/district-737/ke-hoach/2017/trinh/  403 200 403 403 403 403 403 403 403 403 403 403 in
/ke-hoach/12089-KH-UBND-2016/don-vi/district-737/ke-hoach/2017/thay/  403 200 403 403 403 403 403 403 403 403 403 403 in
/ke-hoach/12089-KH-UBND-2016/don-vi/district-737/ke-hoach/2017/hoat-dong/{activity}/bo/  403 200 403 403 403 403 403 403 403 403 403 403 in
/ke-hoach/nap/xac-nhan/  403 403 403 403 403 403 403 200 403 403 403 403 in
/ke-hoach/12089-KH-UBND-2016/muc/V.5/so-lieu/procuracy/  403 403 403 403 403 403 403 403 403 200 403 403 in
"""

MAY_REPEAT = {"plan:load", "plan:next_plan"}

ASKED_WITHOUT_A_ROW = {
    "actions/progress.py": {"_keeper"},
    "desk.py": {"desk_part"},
    "policy.py": {"acting_for", "agencies_for", "evidence", "require_follow_up"},
    "serving.py": {"pages_open_to"},
    "state_pages.py": {"areas_page", "clauses_page"},
    "views/carrying.py": {"carry"},
    "views/plan_files.py": {"every"},
    "views/work.py": {"area_form"},
}
CLEAR = {
    "what agencies plan to do, of nobody under care": (
        "plan.AgencyPlan.paper_no",
        "plan.AgencyPlanStep.words",
        "plan.Activity.what",
        "plan.Activity.people",
        "plan.Activity.partners",
        "plan.Activity.source",
        "plan.Activity.product",
        "plan.CarriedDuty.reason",
    ),
    "plans as they were issued": (
        "plan.Plan.number",
        "plan.Plan.slug",
        "plan.Plan.title",
        "plan.Plan.issuer",
        "plan.Plan.province",
        "plan.Plan.follow_up",
        "plan.Plan.requested",
        "plan.Plan.follows",
        "plan.Plan.forms",
        "plan.Plan.bases",
        "plan.Plan.recipients",
        "plan.Plan.signer",
        "plan.Section.number",
        "plan.Section.order",
        "plan.Section.heading",
        "plan.Section.wording",
        "plan.Clause.number",
        "plan.Clause.order",
        "plan.Clause.wording",
        "plan.Clause.meaning",
        "plan.Clause.kinds",
        "plan.Clause.measure",
        "plan.Clause.product",
        "plan.Clause.pages",
        "plan.Clause.registers",
        "plan.Clause.condition",
        "plan.Clause.condition_document",
        "plan.ClauseAgency.agency",
        "plan.ClauseAgency.read_from",
        "plan.PlanDeadline.key",
        "plan.PlanDeadline.what",
        "plan.ReportRule.key",
        "plan.ReportRule.name",
        "plan.ReportRule.first",
        "plan.ReportRule.last",
        "plan.ReportRule.cut_offs",
        "plan.ReportRule.givers",
        "plan.ReportRule.form",
        "plan.ReportRule.consolidation",
    ),
    "what agencies did under a plan, of nobody under care": (
        "plan.Progress.words",
        "plan.Progress.deadline",
        "plan.TypedFigure.words",
        "plan.PriorityArea.unit_code",
        "plan.PriorityArea.paper_no",
    ),
}
OPEN = {
    "plans, from data files": (
        "plan_clause", "plan_clause_serves", "plan_clauseagency", "plan_plandeadline", "plan_plan", "plan_reportrule",
        "plan_section",
    ),
}  # fmt: skip


def life(world):
    """An area that the plan gives priority, and plans of agencies: drafted, before the head, approved."""
    before_head(world.cast, "labour-737", "V.1.i")
    agency_plans.approve(
        by=world.cast.officer("truong_phong"), agency_plan=before_head(world.cast, "labour-737", "V.1.i", 2016)
    )
    area = progress.mark_area(
        by=world.cast.officer("thu"),
        plan=queries.by_slug("12089-KH-UBND-2016"),
        unit_code="26263",
        why="border",
        since=dt.date(2017, 11, 9),
    )
    return {"area": area.pk, "activity": drafted(world.cast, "district-737", "VI.1").activities.get().pk}


def drafted(cast, agency, clause, year=2017, by="hanh"):
    """A plan of an agency with one activity."""
    plan = queries.by_slug("12089-KH-UBND-2016")
    made = agency_plans.draft(by=cast.officer(by), plan=plan, agency=agency_of(agency), year=year)
    agency_plans.add_activity(
        by=cast.officer(by), agency_plan=made, clause=queries.clause(plan, clause), what="Giao ban quý (dữ liệu giả lập)",
        first=dt.date(year, 2, 1), last=dt.date(year, 11, 30), people="Phòng Lao động – Thương binh và Xã hội", money=1_250_000_000,
        source="Ngân sách chi thường xuyên của huyện", partners="Công an huyện, Hội Liên hiệp Phụ nữ huyện", product="Kế hoạch, báo cáo",
    )  # fmt: skip
    return made


def before_head(cast, agency, clause, year=2017):
    """The same, put before its head."""
    return agency_plans.put_before_head(by=cast.officer("hanh"), agency_plan=drafted(cast, agency, clause, year))
