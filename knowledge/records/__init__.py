"""What happened: questions asked, and later standup entries, incidents, measurements."""
