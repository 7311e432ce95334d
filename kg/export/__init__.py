"""Files for people and programs, made from a graph: each module writes one family of formats."""
