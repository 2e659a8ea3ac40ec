"""What people do in the workspace: say, press, submit, read. Served as JSON below `/sandbox/people/`."""
