"""Setting a site up from the command line: options, questions, and what is done with answers."""
