"""Parts that know nothing of customer development."""
