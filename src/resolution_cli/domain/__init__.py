"""What a resolution is, and what its history makes of it: pure, frozen, without a clock, a disk or a screen."""
