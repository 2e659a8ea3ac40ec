"""The index: chunks in Chroma, sentence vectors in SQL, and the snapshot that readers map."""
