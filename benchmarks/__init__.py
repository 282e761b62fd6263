"""What the figures in README come from: `make bench`. Only ratios within one run mean anything."""
