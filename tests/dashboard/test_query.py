import orjson
import pytest

from streams.dashboard.query import BadQuery, parse
from tests.dashboard.incidents import bombing, unlocated

BOMBING = orjson.loads(bombing().to_json())
UNLOCATED = orjson.loads(unlocated().to_json())


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({}, [True, True]),
        ({"bbox": "40,30,45,35"}, [True, False]),
        ({"bbox": "170,30,50,35"}, [True, False]),
        ({"bbox": "0,0,1,1"}, [False, False]),
        ({"since": "2026-03-11"}, [False, True]),
        ({"until": "2026-03-11"}, [True, False]),
        ({"type": "Suicide bomb"}, [True, False]),
        ({"type": "Suicide bomb,Attack"}, [True, True]),
        ({"type": "Explosions/Remote violence"}, [True, True]),
        ({"actor": "islamic STATE"}, [True, False]),
        ({"country": "iq"}, [True, False]),
        ({"needs-translation": "true"}, [True, False]),
        ({"needs-translation": "false"}, [False, True]),
        ({"realis": "denied"}, [False, False]),
    ],
)
def test_a_filter_lets_through_what_it_names(parameters: dict[str, str], found: list[bool]) -> None:
    query = parse(parameters)

    assert [query.matches(BOMBING), query.matches(UNLOCATED)] == found


@pytest.mark.parametrize(
    ("parameters", "says"),
    [
        ({"colour": "red"}, "colour: no such filter; there are bbox"),
        ({"bbox": "1,2,3"}, "bbox: give west,south,east,north"),
        ({"bbox": "1,2,3,99"}, "bbox: longitudes lie in"),
        ({"since": "soon"}, "since: give a day"),
        ({"type": "Bombing"}, "type: Bombing is no ACLED"),
        ({"needs-translation": "maybe"}, "needs-translation: give true or false"),
    ],
)
def test_a_query_that_cannot_be_read_names_the_parameter(
    parameters: dict[str, str], says: str
) -> None:
    with pytest.raises(BadQuery, match=says):
        parse(parameters)
