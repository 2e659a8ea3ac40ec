"""Documents: sources, chunks, embeddings, the index and retrieval."""
