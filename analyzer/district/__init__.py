"""All acts of a district in one go: sources, runs that survive, one summary, papers, the journal."""
