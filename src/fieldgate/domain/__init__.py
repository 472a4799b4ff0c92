"""What is true of customer development: records and rules. No files, no clock, no screen."""
