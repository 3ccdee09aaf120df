"""How fast Brug is, beside a bare baseline: the same libraries doing the least that such a page can do.

Figures are ratios of processor time, measured in turns (A B A B) in one run, since machines differ and are shared.
"""
