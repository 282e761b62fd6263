"""The tests: each command through its front door, each rule by its values."""
