"""The top layer: Slack, the command line and the process."""
