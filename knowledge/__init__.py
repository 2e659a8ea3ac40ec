"""What the team knows: documents, registers, records, and the answers made of them."""
