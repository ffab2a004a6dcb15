"""Measurements, side by side in one run; each prints a table and writes JSON to `benchmarks/results/`."""
