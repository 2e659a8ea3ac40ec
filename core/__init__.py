"""The bottom layer: settings, clock, database, model client, logs. Knows no feature."""
