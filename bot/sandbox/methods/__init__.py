"""The Web API: one handler a method. `table.py` is the list of all that the sandbox serves."""
