"""The registers: people, roles, initiatives, models, responsibilities and decisions, with their rules.

What is in them is a `Team`, an immutable value of one generation. `Reader` gives the newest one, `Registrar`
is the one gate through which it changes, `Registers` answers questions from it with passages to cite.
"""
