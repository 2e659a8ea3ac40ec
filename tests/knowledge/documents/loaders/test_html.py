"""HTML: what a reader of the page reads, and nothing that is hidden from them."""

from __future__ import annotations

import pytest

from core.errors import InputError
from knowledge.documents.loaders import Loaded, load

PAGE = """<!doctype html><html><head><title>Release | Handbook</title>
<meta name="owner" content="Delivery lead"><meta name="audience" content="#ml">
<style>p {color: red}</style><script>var secret = 1</script></head>
<body><header>Site name</header><nav>Menu entry</nav>
<main><header><h1>Release review</h1></header>
<p>Signed by <b>two</b> people, see <a href="/guide">the guide</a> and <a href="#top">top</a>.</p>
<p hidden>hidden one</p><p style="color:red; display : none">hidden two</p>
<div aria-hidden="true">hidden three</div>
<!-- hidden four --><template>hidden five</template>
<ul><li>first</li><li>second<ul><li>inner</li></ul></li></ul>
<ol start="3"><li>third</li></ol>
<table><tr><td><p>Model</p></td><td>Owner</td></tr><tr><td>churn</td><td>Ana</td></tr></table>
<pre><code class="language-python">x = 1
y = snake_case * 2</code></pre>
</main><footer>Imprint</footer></body></html>"""


def loaded(page: str, base: str = "https://example.org/docs/") -> Loaded:
    return load(page.encode(), format_name="html", base=base)


def test_main_part_is_kept_with_its_structure() -> None:
    assert loaded(PAGE).text == (
        "# Release review\n\n"
        "Signed by **two** people, see [the guide](https://example.org/guide) and top.\n\n"
        "- first\n- second\n  - inner\n\n3. third\n\n| Model | Owner |\n| --- | --- |\n| churn | Ana |\n\n"
        "```python\nx = 1\ny = snake_case * 2\n```\n"
    )


def test_nothing_hidden_or_around_the_page_is_read() -> None:
    text = loaded(PAGE).text
    for gone in ("hidden", "secret", "Menu", "Site name", "Imprint", "color"):
        assert gone not in text


def test_meta_elements_and_title_are_read() -> None:
    page = loaded(PAGE)
    assert (page.title, page.facts.owner, page.facts.audience) == (
        "Release | Handbook",
        "Delivery lead",
        frozenset({"#ml"}),
    )


def test_page_without_main_is_read_whole() -> None:
    assert loaded("<p>One</p><article>x</article><div>Two</div>").text.split() == ["One", "x", "Two"]


def test_encoding_is_what_the_page_says() -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>Grüße</p></body></html>'
    assert load(page.encode("iso-8859-1"), format_name="html").text == "Grüße\n"


def test_deeply_nested_page_is_still_read() -> None:
    assert "deep text" in loaded("<div>" * 5_000 + "deep text" + "</div>" * 5_000).text


def test_binary_is_refused() -> None:
    with pytest.raises(InputError, match="is binary"):
        load(b"<html>\0\0\0", format_name="html")
