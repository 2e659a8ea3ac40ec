"""Block Kit as HTML: pure functions, one file a family. Text becomes markup in `html.py` alone, escaped."""
