"""The detail: any record to read, with everything linked to it. One module for each kind of record."""
