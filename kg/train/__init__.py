"""Corpora to models: the word segmentation and the names of the shipped pipeline, made again by ``python -m kg.train``.

`corpus` reads, `segment` and `ner` train, `silver` and `invent` make labels, `gold` holds what people marked,
`evaluate` measures, `steps` puts them in order. Imports `kg.pipeline`, never the reverse. The texts are not in the
repository.
"""
