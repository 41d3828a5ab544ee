"""Wrong: the ticket names the new connector twice, and the old one not at all."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
import recover  # noqa: E402


class Recovery(recover.Recovery):
    def ids(self):
        return self.new_id, self.new_id


recover.main(Recovery)
