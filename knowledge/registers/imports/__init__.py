"""Rows of the register from other people's files: each a pure parser, text -> proposed rows and problems."""
