//! Nothing: the examples of this package are the cases.
