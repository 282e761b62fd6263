"""What is shown, in words: a report becomes one document of blocks, which every format draws."""
