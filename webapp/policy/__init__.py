"""Who may do what: permissions, rules and roles. No database, no HTTP."""
