"""What the desk is made of, one file per view."""
