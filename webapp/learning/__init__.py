"""Learning sessions: prepared, held and closed by a facilitator, with people on their phones and one large screen."""
