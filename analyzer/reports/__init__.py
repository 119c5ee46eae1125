"""An audit for people and for machines: one file a format, one model behind all of them."""
