"""NBIB, EndNote XML and Zotero RDF, as PubMed, EndNote and Zotero export them; own samples."""

from __future__ import annotations

import pytest
from papergraph.errors import ReadingError
from papergraph.readers import read_bibliography_file, read_review
from papergraph.readers.bibliography import Bibliography

NBIB = """PMID- 26017442
OWN - NLM
DP  - 2015 May 28
TI  - Deep learning of nets that
      go on for two lines.
LID - 10.1038/nature14539 [doi]
AB  - It is about nets.
FAU - Example, Ann
AU  - Example A
FAU - Other, Bo
OT  - *nets
OT  - to-read
JT  - Nature
PT  - Journal Article

PMID- 7
TI  - Wide nets.
AU  - Third C
DP  - 2016
"""
ENDNOTE = """<?xml version="1.0" encoding="UTF-8" ?>
<xml><records>
<record><rec-number>7</rec-number><ref-type name="Journal Article">17</ref-type>
<contributors><authors><author><style face="normal">Example, Ann</style></author>
<author>Other, Bo</author></authors></contributors>
<titles><title>Deep <style face="italic">wide</style> nets</title>
<secondary-title>Journal of Nets</secondary-title></titles>
<keywords><keyword>vision</keyword><keyword>nets</keyword></keywords>
<dates><year>2015</year><pub-dates><date>May</date></pub-dates></dates>
<urls><related-urls><url>https://arxiv.org/abs/1512.03385</url></related-urls>
<pdf-urls><url>internal-pdf://nets.pdf</url></pdf-urls></urls>
<electronic-resource-num>https://doi.org/10.1038/nature14539</electronic-resource-num>
<research-notes>Read this one again.</research-notes></record>
<record><rec-number>8</rec-number><titles></titles></record>
</records></xml>
"""
ZOTERO = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:bib="http://purl.org/net/biblio#"
 xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:link="http://purl.org/rss/1.0/modules/link/">
<bib:Article rdf:about="https://doi.org/10.1038/nature14539">
 <z:itemType>journalArticle</z:itemType>
 <dcterms:isPartOf><bib:Journal><dc:title>Nature</dc:title>
  <dc:identifier>DOI 10.1038/nature14539</dc:identifier></bib:Journal></dcterms:isPartOf>
 <bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Example</foaf:surname>
  <foaf:givenName>Ann</foaf:givenName></foaf:Person></rdf:li></rdf:Seq></bib:authors>
 <dcterms:isReferencedBy rdf:resource="#item_3"/><link:link rdf:resource="#item_2"/>
 <dc:subject>nets</dc:subject>
 <dc:subject><z:AutomaticTag><rdf:value>to-read</rdf:value></z:AutomaticTag></dc:subject>
 <dc:title>Deep nets of Zotero</dc:title><dc:date>May 28, 2015</dc:date>
</bib:Article>
<bib:Memo rdf:about="#item_3"><rdf:value>&lt;p&gt;My own &lt;b&gt;note&lt;/b&gt;.&lt;/p&gt;
 </rdf:value></bib:Memo>
<z:Attachment rdf:about="#item_2"><rdf:resource rdf:resource="files/2/nets.pdf"/></z:Attachment>
<z:Collection rdf:about="#collection_1"><dc:title>Vision</dc:title>
 <dcterms:hasPart rdf:resource="https://doi.org/10.1038/nature14539"/></z:Collection>
</rdf:RDF>
"""


def read(text: str, name: str = "export") -> Bibliography:
    found = read_bibliography_file(text.encode(), name)
    assert found is not None
    return found


def test_nbib_keeps_names_dates_identifiers_and_key_words() -> None:
    deep, wide = read(NBIB, "export.nbib").entries

    assert deep.title == "Deep learning of nets that go on for two lines"
    assert deep.authors == ("Ann Example", "Bo Other")
    assert (deep.year, deep.published, deep.venue) == (2015, "2015-05", "Nature")
    assert deep.identifiers == ("doi:10.1038/nature14539", "pmid:26017442")
    assert (deep.tags, deep.state) == (("nets", "to-read"), "queued")
    assert (deep.line, wide.line, wide.authors) == (4, 17, ("C Third",))


def test_endnote_keeps_styled_titles_files_and_notes_and_tells_empty_records() -> None:
    found = read(ENDNOTE)
    (entry,) = found.entries

    assert (entry.title, entry.line) == ("Deep wide nets", 6)
    assert (entry.authors, entry.published) == (("Ann Example", "Bo Other"), "2015-05")
    assert entry.identifiers == ("arxiv:1512.03385", "doi:10.1038/nature14539")
    assert (entry.tags, entry.venue) == (("vision", "nets"), "Journal of Nets")
    assert (entry.files, entry.note) == (("internal-pdf://nets.pdf",), "Read this one again.")
    assert [str(damage) for damage in found.damages] == [
        "line 14: the record has neither title nor identifier"
    ]


def test_zotero_rdf_keeps_collections_notes_and_attachments() -> None:
    (entry,) = read(ZOTERO).entries

    assert (entry.title, entry.authors) == ("Deep nets of Zotero", ("Ann Example",))
    assert (entry.year, entry.venue) == (2015, "Nature")
    assert entry.identifiers == ("doi:10.1038/nature14539",)
    assert (entry.tags, entry.state) == (("nets", "to-read", "Vision"), "queued")
    assert (entry.note, entry.files) == ("My own note .", ("files/2/nets.pdf",))


@pytest.mark.parametrize(
    ("text", "form"), [(NBIB, "nbib"), (ENDNOTE, "endnote-xml"), (ZOTERO, "zotero-rdf")]
)
def test_they_can_be_ingested_as_writing_too(text: str, form: str) -> None:
    review = read_review(text.encode(), "export")

    assert review.format == form
    assert {mention.role for mention in review.mentions} == {"listed"}


@pytest.mark.parametrize("text", [ENDNOTE, ZOTERO])
def test_a_file_cut_off_tells_where_and_keeps_what_was_before(text: str) -> None:
    found = read(text[: text.index("10.1038/nature14539") + 8 if "RDF" not in text else -30])

    assert any("breaks off" in str(damage) for damage in found.damages)


def test_xml_that_declares_entities_is_refused() -> None:
    bomb = f'<!DOCTYPE rdf [<!ENTITY a "aaaa">]>\n{ZOTERO}'

    with pytest.raises(ReadingError, match="declares a document type in line 1"):
        read_bibliography_file(bomb.encode(), "export.rdf")
