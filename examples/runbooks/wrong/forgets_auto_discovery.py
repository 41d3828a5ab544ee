"""Wrong: the new connector lists one org, and does not discover the others."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
import recover  # noqa: E402


class Recovery(recover.Recovery):
    @property
    def discovery(self):
        return {"autoDiscovery": "Disabled", "topLevelInventoryList": [f"{self.old}-01"]}


recover.main(Recovery)
