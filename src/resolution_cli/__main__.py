"""`python -m resolution_cli`."""

import sys

from resolution_cli.cli import main

sys.exit(main())
