"""Work (工作): what waits for a person."""
