"""What is expected of the tables of agencies (tests/expected.py)."""

CLEAR = {
    "agencies and numbers on call, which are no persons under care": (
        "agencies.Agency.key", "agencies.Agency.unit_code", "agencies.AgencyName.name", "agencies.AgencyName.sort_key",
        "agencies.OnCallContact.area_code", "agencies.OnCallContact.label", "agencies.OnCallContact.phone",
    ),
}  # fmt: skip
OPEN = {
    "agencies, listed for everybody": (
        "agencies_agency",
        "agencies_agency_successors",
        "agencies_agencyname",
        "agencies_oncallcontact",
    )
}
