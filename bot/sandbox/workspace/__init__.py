"""The state of the workspace: who is there, what was said, which views are open. Plain synchronous code."""
