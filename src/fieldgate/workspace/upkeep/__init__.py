"""Looking after a workspace: is it sound, and what to say of the machine it runs on."""
