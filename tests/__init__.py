"""Tests: flat, a file a module; `shared.py`, `fake_*.py` and `small_library.py` are what they share."""
