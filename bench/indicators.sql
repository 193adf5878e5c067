-- The five indicators as somebody would ask for them by hand on the legal day, for the whole province: (served, served or short).
-- Parameters: first, last, today. In every statement 0 is served, 2 still in time, 3 short, and the worst counts.

-- II.2.a
SELECT count(*) FILTER (WHERE worst = 0), count(*) FILTER (WHERE worst IN (0, 3))
FROM (
    SELECT greatest(
        CASE WHEN told.id IS NOT NULL THEN 0 WHEN r.came_on >= %(today)s - 1 THEN 2 ELSE 3 END,
        CASE WHEN asked.id IS NOT NULL THEN 0 WHEN r.came_on >= %(today)s - 1 THEN 2 ELSE 3 END,
        (SELECT max(CASE
            WHEN n.met_on IS NOT NULL THEN 0
            WHEN n.refused_on IS NOT NULL AND EXISTS (
                SELECT 1 FROM needs_provision p WHERE p.need_id = n.id AND p.outcome = 'offered' AND p."on" <= n.refused_on)
                THEN 0
            WHEN n.gone_on IS NOT NULL AND EXISTS (
                SELECT 1 FROM cases_step s WHERE s.case_id = f.id AND s.key = 'need_gone' AND s."on" = n.gone_on
                AND s.details ->> 'need' = n.kind) THEN 0
            WHEN n.recorded_on < %(today)s THEN 3 ELSE 2 END)
         FROM needs_need n WHERE n.case_id = f.id AND n.phase = 'initial'),
        CASE WHEN v.case_id IS NOT NULL THEN 0 ELSE coalesce(
            (SELECT CASE WHEN d.due_on IS NULL OR NOT d.binding OR d.due_on >= %(today)s THEN 2 ELSE 3 END
             FROM cases_deadline d WHERE d.case_id = f.id AND d.met_on IS NULL
             AND (d.ended_on IS NULL OR (f.closing = 'transferred' AND d.ended_on = f.closed_on AND d.governs)
                  OR EXISTS (SELECT 1 FROM cases_step s WHERE s.case_id = f.id AND s.event = 'closed_before_answer'
                             AND s."on" = d.ended_on))
             AND d."limit" IN ('labour_intake', 'verify_district', 'verify_complex', 'verify_province')
             ORDER BY d.due_on IS NULL, d.binding DESC, d.due_on LIMIT 1),
            CASE WHEN told.id IS NOT NULL THEN 3 ELSE 2 END) END
    ) AS worst
    FROM cases_case f
    JOIN cases_reception r ON r.id = f.reception_id
    LEFT JOIN LATERAL (SELECT s.id FROM cases_step s WHERE s.case_id = f.id AND s.event = 'labour_notified' LIMIT 1) told ON TRUE
    LEFT JOIN LATERAL (SELECT s.id FROM cases_step s WHERE s.case_id = f.id AND s.event = 'needs_screened' LIMIT 1) asked ON TRUE
    LEFT JOIN LATERAL (
        SELECT v.case_id FROM verification_finding v WHERE v.case_id = f.id AND v."on" IS NOT NULL AND NOT v.withdrawn LIMIT 1
    ) v ON TRUE
    WHERE f.kind = 'claimant' AND r.came_on BETWEEN %(first)s AND least(%(last)s, %(today)s)
    AND f.closing <> 'joined' AND f.nationality <> 'foreigner'
    AND NOT (f.nationality IN ('stateless', 'stateless_resident') AND f.resides_here IS FALSE)
    AND NOT (f.closing IN ('died', 'left', 'error') AND v.case_id IS NULL)
) AS stood;

-- II.2.b
WITH victim AS (
    SELECT f.id, v."on" AS recognised
    FROM cases_case f JOIN verification_finding v ON v.case_id = f.id AND v.outcome = 'victim' AND NOT v.withdrawn
    WHERE v."on" <= %(today)s AND v.replaced_on IS NULL AND f.closing <> 'joined' AND f.nationality <> 'foreigner'
    AND NOT (f.nationality IN ('stateless', 'stateless_resident') AND f.resides_here IS FALSE)
), owed AS (
    SELECT n.case_id, max(CASE
        WHEN n.met_on IS NOT NULL THEN 0
        WHEN n.refused_on IS NOT NULL AND EXISTS (
            SELECT 1 FROM needs_provision p WHERE p.need_id = n.id AND p.outcome = 'offered' AND p."on" <= n.refused_on) THEN NULL
        WHEN n.gone_on IS NOT NULL AND EXISTS (
            SELECT 1 FROM cases_step s WHERE s.case_id = n.case_id AND s.key = 'need_gone' AND s."on" = n.gone_on
            AND s.details ->> 'need' = n.kind) THEN NULL
        WHEN greatest(n.recorded_on, victim.recognised) < %(today)s THEN 3 ELSE 2 END) AS worst
    FROM needs_need n JOIN victim ON victim.id = n.case_id
    WHERE n.granted = 'yes'
    AND greatest(n.recorded_on, victim.recognised) BETWEEN %(first)s AND least(%(last)s, %(today)s)
    GROUP BY n.case_id
)
SELECT count(*) FILTER (WHERE worst = 0), count(*) FILTER (WHERE worst IN (0, 3))
FROM (
    SELECT greatest(owed.worst, CASE
        WHEN victim.recognised BETWEEN %(first)s AND least(%(last)s, %(today)s) AND a.case_id IS NULL
        THEN CASE WHEN victim.recognised < %(today)s THEN 3 ELSE 2 END END) AS worst
    FROM victim
    LEFT JOIN owed ON owed.case_id = victim.id
    LEFT JOIN (SELECT DISTINCT case_id FROM needs_assessment) a ON a.case_id = victim.id
) AS stood;

-- II.2.c
WITH victim AS (
    SELECT f.id, f.reception_id, v."on" AS recognised
    FROM cases_case f JOIN verification_finding v ON v.case_id = f.id AND v.outcome = 'victim' AND NOT v.withdrawn
    WHERE v."on" <= %(today)s AND v.replaced_on IS NULL
), person AS (
    SELECT f.id, f.kind, coalesce(own.recognised, beside.recognised) AS recognised
    FROM cases_case f
    LEFT JOIN victim own ON own.id = f.id
    LEFT JOIN (SELECT reception_id, min(recognised) AS recognised FROM victim GROUP BY reception_id) beside
        ON beside.reception_id = f.reception_id AND f.kind <> 'claimant'
    WHERE coalesce(own.recognised, beside.recognised) IS NOT NULL
    AND f.closing <> 'joined' AND f.nationality <> 'foreigner'
    AND NOT (f.nationality IN ('stateless', 'stateless_resident') AND f.resides_here IS FALSE)
    AND NOT (f.closing IN ('died', 'left', 'error') AND f.kind <> 'claimant'
             AND f.closed_on < coalesce(own.recognised, beside.recognised))
), owed AS (
    SELECT n.case_id, max(CASE
        WHEN m.need_id IS NOT NULL THEN 0
        WHEN n.refused_on IS NOT NULL AND EXISTS (
            SELECT 1 FROM cases_step s WHERE s.case_id = n.case_id AND s.event = 'protection_refused'
            AND s."on" = n.refused_on) THEN NULL
        WHEN n.gone_on IS NOT NULL AND EXISTS (
            SELECT 1 FROM cases_step s WHERE s.case_id = n.case_id AND s.key = 'need_gone' AND s."on" = n.gone_on
            AND s.details ->> 'need' = n.kind) THEN NULL
        WHEN greatest(n.recorded_on, person.recognised) < %(today)s THEN 3 ELSE 2 END) AS worst
    FROM needs_need n
    JOIN person ON person.id = n.case_id
    LEFT JOIN (SELECT DISTINCT need_id FROM protection_measure) m ON m.need_id = n.id
    WHERE n.kind = 'safety'
    AND greatest(n.recorded_on, person.recognised) BETWEEN %(first)s AND least(%(last)s, %(today)s)
    GROUP BY n.case_id
)
SELECT count(*) FILTER (WHERE worst = 0), count(*) FILTER (WHERE worst IN (0, 3))
FROM (
    SELECT greatest(owed.worst, CASE
        WHEN person.kind = 'claimant' AND person.recognised BETWEEN %(first)s AND least(%(last)s, %(today)s)
            AND NOT EXISTS (SELECT 1 FROM needs_assessment a WHERE a.case_id = person.id AND a.safety_asked)
            AND NOT EXISTS (
                SELECT 1 FROM cases_step s WHERE s.case_id = person.id
                AND s.event IN ('protection_needed', 'protection_not_needed', 'protection_started'))
        THEN CASE WHEN person.recognised < %(today)s THEN 3 ELSE 2 END END) AS worst
    FROM person LEFT JOIN owed ON owed.case_id = person.id
) AS stood;

-- II.2.d
WITH settled AS (
    SELECT f.id, greatest(v."on", coalesce(home."on", f.residence_on)) AS settled_on
    FROM cases_case f
    JOIN verification_finding v ON v.case_id = f.id AND v.outcome = 'victim' AND NOT v.withdrawn
    LEFT JOIN LATERAL (
        SELECT s."on" FROM cases_step s WHERE s.case_id = f.id AND s.event = 'residence_established' ORDER BY s."on" LIMIT 1
    ) home ON TRUE
    WHERE v."on" <= %(today)s AND v.replaced_on IS NULL AND f.closing <> 'joined' AND f.nationality <> 'foreigner'
    AND NOT (f.nationality IN ('stateless', 'stateless_resident') AND f.resides_here IS FALSE)
    AND coalesce(home."on", f.residence_on) IS NOT NULL
    AND greatest(v."on", coalesce(home."on", f.residence_on)) BETWEEN %(first)s AND least(%(last)s, %(today)s)
), gone_through AS (
    SELECT a.case_id, count(DISTINCT each) AS groups
    FROM needs_assessment a JOIN settled ON settled.id = a.case_id, unnest(a.groups) AS each
    GROUP BY a.case_id
), owed AS (
    SELECT n.case_id, max(CASE
        WHEN n.met_on IS NOT NULL THEN 0
        WHEN n.refused_on IS NOT NULL AND EXISTS (
            SELECT 1 FROM needs_provision p WHERE p.need_id = n.id AND p.outcome = 'offered' AND p."on" <= n.refused_on) THEN 0
        WHEN n.gone_on IS NOT NULL AND EXISTS (
            SELECT 1 FROM cases_step s WHERE s.case_id = n.case_id AND s.key = 'need_gone' AND s."on" = n.gone_on
            AND s.details ->> 'need' = n.kind) THEN 0
        WHEN greatest(n.recorded_on, settled.settled_on) < %(today)s THEN 3 ELSE 2 END) AS worst
    FROM needs_need n JOIN settled ON settled.id = n.case_id
    WHERE n.kind IN ('counselling', 'psychological', 'medical', 'health_care', 'schooling', 'legal_aid', 'treatment',
                     'vocational', 'job', 'loan')
    GROUP BY n.case_id
)
SELECT count(*) FILTER (WHERE worst = 0), count(*) FILTER (WHERE worst IN (0, 3))
FROM (
    SELECT greatest(owed.worst, CASE
        WHEN gone_through.groups = 8 THEN 0 WHEN settled.settled_on < %(today)s THEN 3 ELSE 2 END) AS worst
    FROM settled
    LEFT JOIN gone_through ON gone_through.case_id = settled.id
    LEFT JOIN owed ON owed.case_id = settled.id
) AS stood;

-- II.2.đ
WITH victim AS (
    SELECT f.id, v."on" AS recognised
    FROM cases_case f JOIN verification_finding v ON v.case_id = f.id AND v.outcome = 'victim' AND NOT v.withdrawn
    WHERE v."on" <= %(today)s AND v.replaced_on IS NULL AND f.closing <> 'joined' AND f.nationality <> 'foreigner'
    AND NOT (f.nationality IN ('stateless', 'stateless_resident') AND f.resides_here IS FALSE)
), owed AS (
    SELECT n.case_id, max(CASE
        WHEN n.met_on IS NOT NULL THEN 0
        WHEN n.refused_on IS NOT NULL AND EXISTS (
            SELECT 1 FROM needs_provision p WHERE p.need_id = n.id AND p.outcome = 'offered' AND p."on" <= n.refused_on) THEN NULL
        WHEN n.gone_on IS NOT NULL AND EXISTS (
            SELECT 1 FROM cases_step s WHERE s.case_id = n.case_id AND s.key = 'need_gone' AND s."on" = n.gone_on
            AND s.details ->> 'need' = n.kind) THEN NULL
        WHEN greatest(n.recorded_on, victim.recognised) < %(today)s THEN 3 ELSE 2 END) AS worst
    FROM needs_need n JOIN victim ON victim.id = n.case_id
    WHERE n.kind IN ('health_advice', 'psych_advice')
    AND greatest(n.recorded_on, victim.recognised) BETWEEN %(first)s AND least(%(last)s, %(today)s)
    GROUP BY n.case_id
)
SELECT count(*) FILTER (WHERE worst = 0), count(*) FILTER (WHERE worst IN (0, 3))
FROM (
    SELECT greatest(owed.worst, CASE
        WHEN victim.recognised BETWEEN %(first)s AND least(%(last)s, %(today)s) AND a.case_id IS NULL
        THEN CASE WHEN victim.recognised < %(today)s THEN 3 ELSE 2 END END) AS worst
    FROM victim
    LEFT JOIN owed ON owed.case_id = victim.id
    LEFT JOIN (SELECT DISTINCT case_id FROM needs_assessment WHERE advice_asked) a ON a.case_id = victim.id
) AS stood;
