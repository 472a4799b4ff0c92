"""The command line: arguments in, text and an exit status out."""
