"""The law as data: checklists, the registry of acts, services. Nothing here knows a requirement by name."""
