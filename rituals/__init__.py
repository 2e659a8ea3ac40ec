"""What happens on a rhythm: standups, digests, alerts, status updates."""
