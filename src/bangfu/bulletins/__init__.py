"""Makes periodic reports, forms and rosters (简报与报表) in which every number names its run.

It only reads: a bulletin that needs a new figure gets it from an indicator of a run.
"""
