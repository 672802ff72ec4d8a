"""The REST API (接口) under /api/v1: what the pages read, for programs that act for one person with a token."""
