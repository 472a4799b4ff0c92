"""The one way in for the screen and the command line."""
