"""What the workspace shows to one person: values made of its records, for the templates to draw."""
