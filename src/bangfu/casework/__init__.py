"""Says how a household is helped (怎么扶): plans, measures, the assistance ledger and points.

Lists of what a household still lacks are made here, from its plan and its recorded facts.
"""
