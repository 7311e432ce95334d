"""``kg export``: a graph as files."""

from __future__ import annotations

import click

from kg.cli.common import asof_option, graph_argument, open_given, say

__all__ = ["export_cli"]


@click.command("export")
@graph_argument
@click.option("-o", "--out", required=True, metavar="FILE", help="File to write, or a folder if it ends in /.")
@click.option("--excel", is_flag=True, help="CSV that Excel opens right: with a byte order mark, formulas defused.")
@asof_option
@click.option("--all-terms", is_flag=True, help="Calendar: the end of every term, not only of what is in force.")
def export_cli(graph: str, out: str, excel: bool, asof: str | None, all_terms: bool) -> None:
    """A graph as files for people and programs.

    The ending of FILE says what is written:

    \b
    .html                 the picture: one file, opens with no network
    .ttl .nq .nt .trig .jsonld .rdf    RDF; .nq, .trig and .jsonld keep the named graph of each document
    .graphml .gexf        for Gephi, Cytoscape, networkx; .gexf with a time line
    .csv                  all facts with their quotes, one row a quote
    .parquet              the same with typed columns (needs the extra [parquet])
    a folder ending in /  tables: facts, nodes, edges, and every query of the library;
                          in .parquet/ as Parquet, else as CSV
    .ics                  ends of mandates as a calendar, reminders 60 and 14 days before
    .bib                  documents with their quotes, for BibTeX, biblatex, Zotero
    .footnotes.txt        a footnote for each fact: document (GB/T 7714), page, quote

    \b
    Example:
      kg export out -o graph.gexf
      kg export out -o tables/ --excel
      kg export out -o mandates.ics --asof 2020-06-01
      kg export out -o evidence.footnotes.txt
    """
    from kg.export.files import export_files

    opened = open_given(graph)
    export_files(
        opened.store,
        out,
        base=opened.base,
        excel=excel,
        asof=asof,
        all_terms=all_terms,
        remark=lambda line: say(f"kg: {line}"),
    )
    say(f"kg: wrote {out}")
