"""What the app is told: events, interactions and commands, over signed HTTP or Socket Mode."""
