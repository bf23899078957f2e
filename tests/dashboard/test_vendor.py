from hashlib import sha256

from streams.dashboard.web import STATIC

HASHES = {
    "countries-50m.json": "04342cdc1e3016bcd7db1630de95684d67b79fe3c8c460321e87aef469502394",
    "d3-array.min.js": "468f7b9ed38d6322083da4d5ae9fa57d47784f964f16dcff96e413d16cc8f9d9",
    "d3-geo.min.js": "1ea4c9608d0998f6468df3ab313c473bebbe81ba2c542a456b49db90e3672f89",
    "noto-naskh-arabic.woff2": "9cc2d2e90f7b51904468558b4ed529de8a8206497c8edb5e33122bd077e0158c",
    "topojson-client.min.js": "25cd02ae486cc5063e0215a4e4cfb15de83700c87ac48bac4d57dc6aaf3ebb89",
}


def test_vendored_files_are_the_ones_that_were_reviewed() -> None:
    found = {
        path.name: sha256(path.read_bytes()).hexdigest()
        for path in sorted((STATIC / "vendor").iterdir())
        if path.suffix in {".js", ".json", ".woff2"}
    }

    assert found == HASHES
