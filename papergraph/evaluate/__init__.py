"""The verb evaluate: what papergraph answers, scored on anybody's own gold file."""

from papergraph.evaluate.measuring import Figure
from papergraph.evaluate.running import Answers, Evaluation, evaluate_gold

__all__ = ["Answers", "Evaluation", "Figure", "evaluate_gold"]
