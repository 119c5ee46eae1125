"""The web page of an inspector: one file a page, everything on this computer."""
