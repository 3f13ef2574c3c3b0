"""Days as people write them."""

from __future__ import annotations

import pytest

from linkcheck.citing import dates as _dates

DATES = {
    "2024-08-28": "2024-08-28",
    "2024/8/2": "2024-08-02",
    "28 August 2024": "2024-08-28",
    "August 28, 2024": "2024-08-28",
    "Accessed 21 September 2017, but": "2017-09-21",
    "28.08.2024": "2024-08-28",
    "12. März 2020": "2020-03-12",
    "12 de marzo de 2020": "2020-03-12",
    "1er mai 2019": "2019-05-01",
    "12 марта 2020": "2020-03-12",
    "08/28/2024": "2024-08-28",
    "03/04/2020": "2020",
    "August 2024": "2024-08",
    "2024-13-01": "2024",
    "2024": "2024",
    "n.d.": "",
    "": "",
}


@pytest.mark.parametrize("written", DATES)
def test_a_date_is_as_exact_as_it_is_written(written: str) -> None:
    assert _dates.iso(written) == DATES[written]
    day = _dates.day(written)
    assert (day.isoformat() if day else "") == (DATES[written] if len(DATES[written]) == 10 else "")
