"""How agencies head and sign their papers, from data/papers.yaml; what nobody has read is left out there and stays blank."""

from dataclasses import dataclass
from functools import cache

import yaml

from benan.agencies.loading import DATA
from benan.agencies.models import Agency

NO_SUPERIOR, LISTED, OF_THE_DISTRICT = "none", "listed", "district"


@dataclass(frozen=True)
class PaperForm:
    """How an agency heads and signs its papers; "" where that is not known. The keys are explained in data/papers.yaml."""

    superior: str = ""
    name: str = ""
    motto: str = ""
    collective: str = ""
    head: str = ""
    letters: str = ""


def form_of(agency: Agency) -> PaperForm:
    """How an agency heads and signs its papers."""
    return _forms("keys").get(agency.key) or _forms("kinds")[agency.kind]


@cache
def _forms(group: str) -> dict[str, PaperForm]:
    stated = yaml.safe_load((DATA / "papers.yaml").read_text())
    return {key: PaperForm(**entry) for key, entry in stated[group].items()}
