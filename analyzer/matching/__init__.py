"""Which requirement does a clause regulate: features, classifier, training, evaluation."""
