"""Places (区划): the dated tree of divisions, from province to village."""
