"""The figures of each thing that is shown, complete: what draws them computes nothing. Pure."""
