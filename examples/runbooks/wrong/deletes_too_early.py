"""Wrong: the old connector is deleted before its orgs are released. Deletion is no release."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
import recover  # noqa: E402


class Recovery(recover.Recovery):
    def ask_for_release(self):
        recover.until(self.is_back, f"{self.old} to be back")
        self.delete_old()
        super().ask_for_release()


recover.main(Recovery)
