from hypothesis import given
from hypothesis import strategies as st

from streams.dashboard.view import Position, View
from tests.dashboard.incidents import bombing, unlocated


def _view() -> View:
    view = View()
    for offset, one in enumerate([bombing(), unlocated()]):
        view.apply(one.incident_id.encode(), one.to_json(), partition=1, offset=offset)
    return view


def test_the_newest_message_of_an_incident_stands() -> None:
    view = _view()
    later = bombing(9)
    view.apply(later.incident_id.encode(), later.to_json(), partition=1, offset=7)
    entry = view.get(later.incident_id)

    assert entry is not None
    assert entry.record["casualties"][0]["best"] == 9
    assert len(view) == 2


def test_a_null_value_takes_an_incident_off() -> None:
    view = _view()
    entry = view.apply(bombing().incident_id.encode(), None, partition=1, offset=9)

    assert entry is not None
    assert entry.value is None
    assert len(view) == 1


def test_what_is_no_record_is_skipped() -> None:
    view = View()

    assert view.apply(b"x", b"{", partition=0, offset=0) is None
    assert view.apply(None, b"{}", partition=0, offset=1) is None


def test_a_client_that_comes_back_gets_only_what_it_missed() -> None:
    view = _view()
    position = Position(str(view.position))
    one = bombing(12)
    view.apply(one.incident_id.encode(), one.to_json(), partition=1, offset=30)
    view.apply(unlocated().incident_id.encode(), None, partition=1, offset=31)

    assert [(e.offset, e.value is None) for e in view.since(position)] == [(30, False), (31, True)]


def test_revisions_come_once_each_in_order() -> None:
    view = View()
    values = [b'{"revision":2}', b'{"revision":1}', b'{"revision":2}']
    for value in values:
        view.note_revision(b"x", value)

    assert [r["revision"] for r in view.revisions("x")] == [1, 2]


@given(st.text())
def test_any_text_is_a_position(text: str) -> None:
    assert str(Position(str(Position(text)))) == str(Position(text))
