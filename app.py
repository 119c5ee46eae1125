"""``streamlit run app.py``: the same page as ``lna serve``."""

from analyzer.ui.app import main

main()
