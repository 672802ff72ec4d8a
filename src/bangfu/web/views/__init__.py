"""Views: one module for each thing that people look at."""
