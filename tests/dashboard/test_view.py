import gc
import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from streams.dashboard.view import REVISIONS_KEPT, Position, View
from tests.dashboard.incidents import bombing, unlocated


def _view() -> View:
    view = View()
    for offset, one in enumerate([bombing(), unlocated()]):
        view.apply(one.incident_id.encode(), one.to_json(), partition=1, offset=offset, at=offset)
    return view


def test_the_newest_message_of_an_incident_stands() -> None:
    view = _view()
    later = bombing(9)
    view.apply(later.incident_id.encode(), later.to_json(), partition=1, offset=7, at=7)
    entry = view.get(later.incident_id)

    assert entry is not None
    assert entry.record["casualties"][0]["best"] == 9
    assert len(view) == 2


def test_a_null_value_takes_an_incident_off() -> None:
    view = _view()
    entry = view.apply(bombing().incident_id.encode(), None, partition=1, offset=9, at=9)

    assert entry is not None
    assert entry.value is None
    assert len(view) == 1


def test_what_is_no_record_is_skipped() -> None:
    view = View()

    assert view.apply(b"x", b"{", partition=0, offset=0, at=0) is None
    assert view.apply(None, b"{}", partition=0, offset=1, at=1) is None


def test_a_client_that_comes_back_gets_only_what_it_missed() -> None:
    view = _view()
    position = Position(str(view.position))
    one = bombing(12)
    view.apply(one.incident_id.encode(), one.to_json(), partition=1, offset=30, at=30)
    view.apply(unlocated().incident_id.encode(), None, partition=1, offset=31, at=31)

    assert [(e.offset, e.value is None) for e in view.since(position)] == [(30, False), (31, True)]


def test_revisions_come_once_each_in_order() -> None:
    view = View()
    values = [b'{"revision":2}', b'{"revision":1}', b'{"revision":2}']
    for value in values:
        view.note_revision(b"x", value, at=1)

    assert [r["revision"] for r in view.revisions("x")] == [1, 2]


def test_a_full_window_holds_the_incidents_written_last_in_whatever_order_they_are_read() -> None:
    left: list[str] = []
    view = View(2, on_leave=left.append)
    for at in (5, 9, 1, 7):
        name = f"written-at-{at}"
        view.note_revision(name.encode(), b'{"revision":1}', at=at)
        view.apply(name.encode(), b'{"title":"x"}', partition=at, offset=0, at=at)

    assert {e.incident_id for e in view.newest_first()} == {"written-at-9", "written-at-7"}
    assert left == ["written-at-5"]
    assert len(view) == 2
    assert view.get("written-at-5") is None
    assert view.revisions("written-at-5") == view.revisions("written-at-1") == []


def test_an_incident_that_is_revised_stays_with_its_newest_revisions() -> None:
    view = View(3)
    for number in range(500):
        for name in (b"busy", f"{number}".encode()):
            value = b'{"revision":%d}' % number
            view.note_revision(name, value, at=number)
            view.apply(name, value, partition=0, offset=number, at=number)

    assert {e.incident_id for e in view.newest_first()} == {"busy", "499", "498"}
    newest = range(500 - REVISIONS_KEPT, 500)
    assert [r["revision"] for r in view.revisions("busy")] == [*newest]


def test_the_memory_of_a_full_window_does_not_grow() -> None:
    view, value = View(50), bombing().to_json()

    def let_in(numbers: range) -> int:
        for number in numbers:
            for name in (f"{number}".encode(), b"busy"):
                view.note_revision(name, value, at=number)
                view.apply(name, bytes(bytearray(value)), partition=0, offset=number, at=number)
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        full = let_in(range(200))
        later = let_in(range(200, 2000))
    finally:
        tracemalloc.stop()
    assert later < 1.05 * full
    assert full < 50 * 30_000


def test_what_is_withdrawn_takes_its_place_in_the_window() -> None:
    view = View(2)
    for at, name in enumerate([b"x", b"y", b"z"]):
        view.apply(name, b"{}" if name == b"x" else None, partition=0, offset=at, at=at)

    assert len(view) == 0
    assert [e.incident_id for e in view.since(Position())] == ["y", "z"]


@given(st.text())
def test_any_text_is_a_position(text: str) -> None:
    assert str(Position(str(Position(text)))) == str(Position(text))
