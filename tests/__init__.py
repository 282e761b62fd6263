"""The tests: each command through `main`, each rule by its values."""
