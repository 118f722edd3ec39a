"""What pages share: the question card, charts, components, state keys and the shell round a page."""
