"""Questions answered from the registers: which part of them a question is about, and sentences to quote."""
