"""Benchmarks: ``python -m bench`` measures what the pipeline costs beside what others would take."""
