"""The local library: SQLite rows, vector slots, FAISS, tantivy, and generations over the three."""
