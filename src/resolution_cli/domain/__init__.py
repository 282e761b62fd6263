"""The rules of a resolution and of its history: pure, without a clock, a disk or a screen."""
