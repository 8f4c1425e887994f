"""Chances of things that happen or do not: a shrunken logistic regression, and how good such chances were."""
