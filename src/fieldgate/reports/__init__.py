"""What is given to others: minutes, logs, one-page summaries and the report, made from records that are read whole."""
