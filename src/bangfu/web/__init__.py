"""Pages (网页): server-rendered, Chinese first, complete in English; every number and reason comes from queries."""
