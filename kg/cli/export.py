"""``kg export``: a graph as files."""

from __future__ import annotations

import click

from kg.cli.common import graph_argument, open_given, say

__all__ = ["export_cli"]


@click.command("export")
@graph_argument
@click.option("-o", "--out", required=True, metavar="FILE", help="File to write, or a folder if it ends in /.")
@click.option("--excel", is_flag=True, help="Tables that Excel opens right: with a byte order mark, formulas defused.")
def export_cli(graph: str, out: str, excel: bool) -> None:
    """A graph as files for people and programs.

    The ending of FILE says what is written:

    \b
    .html                 the picture: one file, opens with no network
    .ttl .nq .nt .trig .jsonld .rdf    RDF; .nq, .trig and .jsonld keep the named graph of each document
    .graphml .gexf        for Gephi, Cytoscape, networkx
    .csv                  all facts with their quotes, one row a quote
    a folder ending in /  tables: facts, nodes, edges, and every query of the library

    \b
    Example:
      kg export out -o graph.gexf
      kg export out -o tables/ --excel
    """
    from kg.export.files import export_files

    opened = open_given(graph)
    export_files(opened.store, out, base=opened.base, excel=excel)
    say(f"kg: wrote {out}")
