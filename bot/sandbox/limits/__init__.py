"""What Slack refuses: types, lengths, counts and uniqueness of Block Kit, messages, views and metadata.

The rules are values: `rules.py` says what a rule can be; `composition.py`, `elements.py` and `blocks.py` list
them; `whole.py` has what concerns a payload as a whole. Sources: docs.slack.dev/reference/block-kit and
docs.slack.dev/reference/methods. Each finding has the JSON pointer of the place, as Slack's own answers have.
"""
