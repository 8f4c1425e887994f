"""Lessons: where each applies, and why it is offered there."""
