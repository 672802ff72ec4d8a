"""Measures of poverty, inequality and deprivation for any table of people (贫困与不平等测度).

    table   -> columns     cells to numbers, each refusal with file, column and row
            -> sample      rows that can be measured, and how many could not
            -> ordered     rows by welfare, with ranks, quantiles and densities
            -> poverty, inequality, quantile_shares     sums, values, influences of each index
            -> design      standard errors under strata, clusters and weights
            -> indices     all of it, for the whole and for each group

`multidimensional` counts deprivations, `lorenz`, `growth` and `change` compare distributions, `comparisons`
growth rates. Everything is columns of Polars; a table of one group and one of thousands take the same way.
"""
