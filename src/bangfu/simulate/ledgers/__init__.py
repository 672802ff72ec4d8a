"""The ledgers of the county, each in a layout that real offices use."""
