"""What developers turn: faults, rate limits, the clock; and the journal of what went over the wire."""
