"""Words that areas share, as codes with a label: no database, no HTTP.

Every module has an enum of machine codes and tables named after it: `…_TRAITS` where a code has several
properties, `…_LABELS` and `…_ICONS` for what people see. Labels are English; the web layer translates them.
"""
