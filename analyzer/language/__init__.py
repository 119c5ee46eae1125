"""Russian: tokens and lemmas, patterns, word vectors, names."""
