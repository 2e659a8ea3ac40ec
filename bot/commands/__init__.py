"""The commands of the terminal, one a file.

What is heavy is imported inside the functions: `muster --help` must answer at once.
"""
