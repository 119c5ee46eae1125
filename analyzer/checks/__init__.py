"""Is the act in order? One file a family of checks, each a pure function of the act and the law as data."""
