"""Track the tasks of a resolution over its term: facts in one TOML file, verdicts and reports derived.

Where things live, from the door to the foundation (imports point down only, `make layers` holds them to it):

- `cli`: the commands and `main()`; the only place that prints, exits and reads the clock
- `render`: one output format a file; returns text, bytes, or blocks that are drawn
- `storage`: the one data file: found, decoded, edited in place, locked, replaced; and the files that are handed over
- `report`, `check`: the figures of a day and of a period, once for every format; what must be mended before
- `events`, `verdict`, `pace`, `change`, `selection`: what happened; how an item stands and where that leads; what an
  update does to it; which items are asked for
- `history`, `period`: the diary read item by item; stretches of days
- `model`: the resolution as typed, frozen values
- `errors`, `matching`, `shell`: what can go wrong; how typed words meet known ones; command lines to paste
- `i18n`: the language of what a person reads
"""

__version__ = "0.1.0"
