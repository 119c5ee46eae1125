"""The law as data: checklists, the registry of acts, services. Nothing here knows a requirement by name."""

# Checklists that apply always, as a test asks: to read all of them at every start takes time.
USUAL = ("pp-1678",)
