"""Question in, answer out, over a library that `index` made."""
