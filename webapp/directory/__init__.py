"""What young people can choose from: organisations and their offers, and how sure we are of each."""
