"""What a rule has to say wherever it is explained: in the terminal and in docs."""

from analyzer.law.rules import Rule


def rule_words(rule: Rule) -> tuple[str, ...]:
    return (rule.title, rule.finds, rule.why, rule.limits, rule.fix, rule.example_good, rule.example_bad)
