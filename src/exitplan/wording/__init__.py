"""Codes and values in, sentences in the reader's language out."""

from exitplan.wording.codes import LANGUAGES
from exitplan.wording.sentences import Wording

__all__ = ["LANGUAGES", "Wording"]
