"""Who owns what: free words -> the rows of the register that they mean.

`Lexicon` is a team as words, built once a generation; `find_owners` ranks its rows for a question; what it
returns (`Owners`) carries everything that a listener, a command or an answer shows.
"""
