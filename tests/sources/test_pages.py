"""Pages that a user names: what is fetched, what is refused, and what a feed gives."""

from __future__ import annotations

import ipaddress

import pytest
from papergraph.errors import InputError, OfflineError, RefusedError, SourceError, UnavailableError
from papergraph.sources.client import Guard
from papergraph.sources.client.guard import is_public
from papergraph.sources.pages import Page, fetch_page, fetch_pages
from tests.sources.serving import Said, Service

HTML = {"Content-Type": "text/html; charset=utf-8"}
POST = b"<html><head><title>On ResNet &amp; VGG</title></head><body><p>Notes</p></body></html>"
ROBOTS = b"User-agent: *\nDisallow: /private/\nDisallow: /*.pdf$\n"

NOT_PUBLIC = [
    *("127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254"),
    *("0.0.0.0", "100.64.0.1", "224.0.0.1", "239.1.2.3", "255.255.255.255", "240.0.0.1"),
    *("192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1"),
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
]


@pytest.fixture
def visitor(client_of):
    """A client that may visit this machine."""
    return client_of(allow_private=True)


def guarded(client_of, *addresses, allowed=("127.0.0.1",)):
    """A client for which names have these addresses, in turn, and some addresses are public."""
    found = list(addresses)
    looked_up = []

    def look_up(name, port):
        looked_up.append(name)
        return found.pop(0) if len(found) > 1 else found[0]

    guard = Guard(allows=lambda address: str(address) in allowed, look_up=look_up)
    return client_of({"guard": guard}), looked_up


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_that_is_not_public_is_known(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "2a00::1"])
def test_a_public_address_is_known(address):
    assert is_public(ipaddress.ip_address(address))


def test_a_page_comes_with_its_type_and_title(visitor, service):
    service.plan("/post", Said(body=POST, headers=HTML))

    page = fetch_page(visitor, f"{service.base}/post")

    assert page == Page(
        content=POST,
        content_type="text/html",
        url=f"{service.base}/post",
        title="On ResNet & VGG",
    )


def test_a_page_for_browsers_only_is_no_text_about_papers(visitor, service):
    service.plan("/post", Said(body=b"<title>Just a moment...</title>", headers=HTML))

    with pytest.raises(RefusedError, match="only browsers"):
        fetch_page(visitor, f"{service.base}/post")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1"])
def test_this_machine_is_not_visited_unless_allowed(client_of, service, host):
    url = service.base.replace("127.0.0.1", host) + "/post"

    with pytest.raises((RefusedError, UnavailableError)):
        fetch_page(client_of(), url)

    assert service.asked == []


def test_a_name_with_a_private_address_among_others_is_refused(client_of, service):
    client, _ = guarded(client_of, ("127.0.0.1", "10.0.0.7"))

    with pytest.raises(RefusedError, match=r"'blog\.example' is at 10\.0\.0\.7") as caught:
        fetch_page(client, f"http://blog.example:{service.base.rpartition(':')[2]}/post")

    assert "--allow-private" in str(caught.value)
    assert service.asked == []


def test_a_name_that_changes_its_address_gains_nothing(client_of, service):
    """DNS rebinding: what was checked is what is connected to, with no second look."""
    port = service.base.rpartition(":")[2]
    other = Service("127.0.0.2")
    service.default = Said(body=POST, headers=HTML)
    client, looked_up = guarded(client_of, ("127.0.0.1",), ("127.0.0.2",))

    page = fetch_page(client, f"http://blog.example:{port}/post")
    with pytest.raises(RefusedError, match=r"is at 127\.0\.0\.2"):
        guarded(client_of, ("127.0.0.2",))[0].fetch(f"http://evil.example:{port}/")
    other.close()

    assert page.title == "On ResNet & VGG"
    assert len(looked_up) == 1  # robots.txt and page went over one checked connection
    assert other.asked == []
    assert service.asked[0].headers["host"] == f"blog.example:{port}"


def test_a_redirect_to_a_private_address_is_refused(client_of, service):
    inner = Service("127.0.0.2")
    inner.default = Said(body=POST, headers=HTML)
    target = {"Location": f"{inner.base}/secret"}
    service.plan("/post", Said(status=302, headers=target))
    client, _ = guarded(client_of, ("127.0.0.1",), ("127.0.0.2",))

    with pytest.raises(RefusedError, match=r"127\.0\.0\.2"):
        fetch_page(client, f"http://blog.example:{service.base.rpartition(':')[2]}/post")
    inner.close()

    assert service.paths == ["/post"]
    assert inner.asked == []


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/", "gopher://x/"])
def test_a_redirect_to_another_scheme_is_refused(visitor, service, target):
    service.plan("/post", Said(status=302, headers={"Location": target}))

    with pytest.raises((InputError, SourceError)):
        fetch_page(visitor, f"{service.base}/post")


def test_a_moved_page_is_known_by_where_it_is_now(visitor, service):
    service.plan("/old", Said(status=301, headers={"Location": "/new"}))
    service.plan("/new", Said(body=POST, headers=HTML))

    assert fetch_page(visitor, f"{service.base}/old").url == f"{service.base}/new"


@pytest.mark.parametrize(
    ("path", "is_allowed"), [("/post", True), ("/private/post", False), ("/a.pdf", False)]
)
def test_robots_are_obeyed(visitor, service, path, is_allowed):
    service.plan("/robots.txt", Said(body=ROBOTS, headers={"Content-Type": "text/plain"}))
    service.default = Said(body=POST, headers=HTML)

    if is_allowed:
        assert fetch_page(visitor, service.base + path).title
    else:
        with pytest.raises(RefusedError, match="asks programs not to fetch"):
            fetch_page(visitor, service.base + path)

    assert service.paths == ([path] if is_allowed else [])


def test_robots_are_read_once(client_of, service):
    service.plan("/robots.txt", Said(body=ROBOTS, headers={"Content-Type": "text/plain"}))
    service.default = Said(body=POST, headers=HTML)

    for _ in range(2):
        client = client_of(allow_private=True)
        for number in range(2):
            fetch_page(client, f"{service.base}/{number}")

    assert [one.path for one in service.asked].count("/robots.txt") == 1


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_site_without_robots_may_be_read(visitor, service, status):
    service.plan("/robots.txt", Said(status=status, body=b"no"))
    service.default = Said(body=POST, headers=HTML)

    assert fetch_page(visitor, f"{service.base}/post").title


def test_a_site_whose_robots_cannot_be_had_is_not_read(visitor, service):
    service.plan("/robots.txt", Said(status=503))
    service.default = Said(body=POST, headers=HTML)

    with pytest.raises(UnavailableError, match="robots"):
        fetch_page(visitor, f"{service.base}/post")

    assert service.paths == []


def test_robots_hold_for_the_pages_of_sources_too(client_of, service):
    service.plan("/nips/robots.txt", Said(body=ROBOTS, headers={"Content-Type": "text/plain"}))

    with pytest.raises(RefusedError, match="asks programs not to fetch"):
        client_of().get("nips", "/private/x", kind="page")


def test_a_password_in_an_address_is_used_and_never_comes_out(visitor, service, tmp_path):
    service.plan("/post", Said(body=POST, headers=HTML))
    url = service.base.replace("//", "//ann:se%20cret@")

    page = fetch_page(visitor, f"{url}/post")
    with pytest.raises(SourceError) as caught:
        fetch_page(visitor, f"{url}/none")

    stored = (tmp_path / "cache" / "http.sqlite").read_bytes()
    assert service.asked[-1].headers["authorization"] == "Basic YW5uOnNlIGNyZXQ="
    assert page.url == f"{service.base}/post"
    assert "cret" not in str(caught.value)
    assert b"/post" not in stored
    assert b"cret" not in stored


def test_a_password_does_not_follow_to_another_place(visitor, service):
    other = Service()
    other.default = Said(body=POST, headers=HTML)
    service.plan("/post", Said(status=302, headers={"Location": f"{other.base}/x"}))

    fetch_page(visitor, f"{service.base.replace('//', '//ann:secret@')}/post")
    other.close()

    assert all("authorization" not in one.headers for one in other.asked)


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "file:///etc/passwd", "https://", "http://a b/", "http://x:y/"]
)
def test_what_is_no_web_address_is_refused(visitor, url):
    with pytest.raises(InputError, match="is no web address"):
        fetch_page(visitor, url)


def test_a_page_that_is_not_there_says_so(visitor, service):
    with pytest.raises(SourceError, match="answered 404; check the address"):
        fetch_page(visitor, f"{service.base}/none")


def test_offline_a_page_comes_from_the_cache_or_not_at_all(client_of, service):
    service.plan("/post", Said(body=POST, headers=HTML))
    fetch_page(client_of(allow_private=True), f"{service.base}/post")
    offline = client_of(allow_private=True, offline=True)

    assert fetch_page(offline, f"{service.base}/post").content == POST
    with pytest.raises(OfflineError):
        fetch_page(offline, f"{service.base}/other")


def feed(*items: str) -> bytes:
    return (
        f"<rss version='2.0'><channel><title>Blog</title>{''.join(items)}</channel></rss>".encode()
    )


def item(link: str, text: str = "", title: str = "A &amp; B") -> str:
    return (
        f"<item><title>{title}</title><link>{link}</link>"
        f"<description><![CDATA[{text}]]></description></item>"
    )


LONG = "<p>" + "Residual learning eases training. " * 100 + "</p>"


def test_entries_of_a_feed_are_pages_of_their_own(visitor, service):
    base = service.base
    entries = feed(item(f"{base}/1", LONG), item(f"{base}/2", "short"), item(f"{base}/3", "short"))
    service.plan("/feed", Said(body=entries, headers={"Content-Type": "application/rss+xml"}))
    service.plan("/2", Said(body=POST, headers=HTML))

    pages = list(fetch_pages(visitor, f"{base}/feed"))

    assert [page.url for page in pages] == [f"{base}/{number}" for number in (1, 2, 3)]
    assert [page.title for page in pages] == ["A & B", "On ResNet & VGG", "A & B"]
    assert b"Residual learning" in pages[0].content
    assert service.paths == ["/feed", "/2", "/3"]


def test_a_feed_does_not_speak_for_another_host(visitor, service):
    entries = feed(item("http://localhost:9/post", LONG))
    service.plan("/feed", Said(body=entries, headers={"Content-Type": "application/rss+xml"}))

    (page,) = fetch_pages(visitor, f"{service.base}/feed")

    assert page.url == f"{service.base}/feed#1"


def test_a_feed_gives_so_many_entries_at_most(visitor, service):
    entries = feed(*[item(f"{service.base}/{number}", LONG) for number in range(100)])
    service.plan("/feed", Said(body=entries, headers={"Content-Type": "text/xml"}))

    assert len(list(fetch_pages(visitor, f"{service.base}/feed"))) == 30


def test_an_entry_without_a_text_that_cannot_be_fetched_is_an_error(visitor, service):
    service.plan("/feed", Said(body=feed(item(f"{service.base}/gone")), headers=HTML))

    (error,) = fetch_pages(visitor, f"{service.base}/feed")

    assert isinstance(error, SourceError)
