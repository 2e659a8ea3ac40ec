"""The team as code: `team.yaml` read with the line of each mistake, compared, applied, and written back."""
