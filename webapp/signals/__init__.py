"""What young people looked for and nobody offers: signals without a person, counted together for the youth service."""
