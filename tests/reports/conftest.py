import pytest

from fieldgate.domain.playbook import Playbook
from fieldgate.locations import Locations
from fieldgate.workspace.playbook_files import shipped_playbook


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    return shipped_playbook(Locations.find().playbooks())
