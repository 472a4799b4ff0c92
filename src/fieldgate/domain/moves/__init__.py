"""What can be done with a record: which moves are legal, what each lacks, which changes it makes."""
