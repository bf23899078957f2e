"""Gives an article its id: from the canonical URL, else from the text, never from the clock."""

from __future__ import annotations

from hashlib import blake2b
from urllib.parse import parse_qsl, urlencode, urlsplit

from schemas import Article

_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid", "ref_src")


def canonical_url(url: str) -> str:
    """Return the URL without scheme, ``www.``, fragment, tracking parameters and final slash."""
    parts = urlsplit(url.strip())
    query = [(k, v) for k, v in parse_qsl(parts.query) if not k.lower().startswith(_TRACKING)]
    host = (parts.hostname or "").removeprefix("www.")
    path = parts.path.rstrip("/")
    return host + path + (f"?{urlencode(sorted(query))}" if query else "")


def article_id(article: Article) -> str:
    """Return the article's own id, else 32 hexadecimal digits of its URL or text."""
    if article.article_id:
        return article.article_id
    content = canonical_url(article.url) if article.url else article.text
    return blake2b(content.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def identified(article: Article) -> Article:
    """Return the article with its ``article_id`` filled in."""
    if article.article_id:
        return article
    return article.model_copy(update={"article_id": article_id(article)})
