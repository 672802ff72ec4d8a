"""The command line (命令行): one of the three doors; each command calls a verb or a query and prints its result."""
