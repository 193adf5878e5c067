"""What is prepared again when the program changes."""

import pytest

from ops import prepare


@pytest.mark.parametrize("patterns", [prepare.PROGRAM, prepare.PAGE_FILES])
def test_a_pattern_whose_files_were_moved_is_an_error_and_not_an_empty_digest(patterns):
    assert prepare.digest(*patterns) != prepare.digest(*patterns[1:])
    with pytest.raises(ValueError, match="benan/moved.py"):
        prepare.digest(*patterns, "benan/moved.py")
