"""Track the tasks of a resolution over its term: facts in one TOML file, verdicts and reports derived.

Where things live, from the door to the foundation (imports point down only, `make layers` holds them to it):

- `cli`: the commands and `main()`; the only place that prints, exits and reads the clock
- `render`: one output format a file; returns text, bytes or what a screen shows
- `storage`: the one data file: found, decoded, edited in place, locked, replaced
- `report`: the figures of a day, computed once for every format
- `verdict`, `change`: how an item stands on a day; what an update does to it
- `history`: the diary read item by item
- `model`: the resolution as typed, frozen values
- `errors`, `matching`: what can go wrong; how typed words meet known ones
- `i18n`: the language of what a person reads
"""

__version__ = "0.1.0"
